package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.gridline.dispatch.store.TestDatabase;
import org.gridline.gis.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A city that nobody prepared anything for: a folder written here, and it takes reports. */
class ThirdCityTest {
  private static final String CITY =
      """
      name: New York
      sample: true
      numberPrefix: NYC
      languages: [en]
      timeZone: America/New_York
      regionCode: US
      layers:
        - {id: borough, role: district, name: Borough, file: boroughs.geojson.gz, code: BoroCode, nameField: BoroName, codes: [{match: '(.)', as: B$1}]}
        - {id: board, name: Community district, file: community_districts.geojson.gz, code: BoroCD}
        - {id: police, name: Police precinct, file: police_precincts.geojson.gz, code: Precinct, codes: [{match: '(.*)', as: P$1}]}
      """;

  private static final String CATEGORIES =
      """
      kind,code,parent,name_en,synonyms
      nyc,1,,Noise,
      nyc,11,1,Noise - Residential,loud music
      nyc,12,1,Noise - Street/Sidewalk,
      nyc,2,,Housing,
      nyc,21,2,HEAT/HOT WATER,no heat
      """;

  private static final String DUTIES =
      """
      id,unit,kind,category,area,basis_en
      D1,@police,nyc,1,,the precinct that holds the place
      D2,HPD,nyc,2,,housing everywhere
      D3,HPD-BX,nyc,2,B2,housing in the Bronx
      """;

  private static final String LIMITS =
      """
      clock,amount,unit
      accept,1,UH
      file,1,UH
      dispatch,1,UH
      sign,8,UH
      returnReview,8,WH
      handle,10,WD
      feedbackReview,8,WH
      check,1,WD
      revisit,1,WD
      close,8,WH
      total,20,WD
      """;

  private static final String ROLES =
      """
      - {id: desk, name: Desk, scope: district, permissions: [takeReport, accept, file, dispatch, approveReturn, denyReturn, pass, check, revisit, rework, close]}
      - {id: board, name: Community board, scope: area, permissions: [takeReport]}
      - {id: officer, name: Officer, scope: unit, permissions: [sign, return, feedback]}
      """;

  private static final String PEOPLE =
      """
      user,name_en,roles,unit,areas,password
      desk1,Desk (synthetic),desk,,,Gridline-sample-1
      board4,Board 4 (synthetic),board,,204,Gridline-sample-1
      board3,Board 3 (synthetic),board,,203,Gridline-sample-1
      officer44,Officer (synthetic),officer,NYPD-44,,Gridline-sample-1
      """;

  @Test
  void a_city_is_a_folder_and_its_first_report_finds_its_unit(@TempDir Path folder)
      throws IOException {
    Path pack = Files.createDirectories(folder.resolve("newyork"));
    write(pack);
    Map<String, String> row = firstRequest("Noise - Residential");
    try (Town town = Town.open(pack, TestDatabase.fresh(), folder.resolve("data"))) {
      JsonNode ticket = Town.json(town.report("desk1", report(row, "11").toString()));
      assertThat(ticket.path("state").asText()).isEqualTo("PENDING_SIGN");
      assertThat(ticket.path("owner").path("unit").asText()).isEqualTo("NYPD-44");
      assertThat(ticket.path("owner").path("ground").path("areas"))
          .extracting(JsonNode::asText)
          .containsExactly("B2", "204", "P44");
      JsonNode place = ticket.path("place");
      // The city's own column says 04 BRONX; its layer with a role fills that key as well.
      assertThat(row.get("Community Board")).isEqualTo("04 BRONX");
      assertThat(place.path("areas").path("board").asText()).isEqualTo("204");
      assertThat(place.path("areas").path("borough").asText()).isEqualTo("B2");
      assertThat(place.path("district").asText()).isEqualTo("B2");
      assertThat(place.path("names").path("district").asText()).isEqualTo("Bronx");
      assertThat(ticket.path("registeredAt").asText()).containsPattern("-0[45]:00$");

      String path = "/api/v1/tickets/" + ticket.path("id").asText();
      assertThat(town.get("officer44", path).statusCode()).isEqualTo(200);
      assertThat(town.get("board4", path).statusCode()).isEqualTo(200);
      assertThat(town.get("board3", path).statusCode()).isEqualTo(404);

      JsonNode heat = Town.json(town.report("desk1", report(row, "21").toString()));
      assertThat(heat.path("owner").path("unit").asText())
          .as("a rule for the borough goes before one for everywhere")
          .isEqualTo("HPD-BX");
    }
  }

  private static ObjectNode report(Map<String, String> row, String category) {
    ObjectNode report =
        Said.report(
            row.get("Complaint Type") + ", " + row.get("Descriptor"),
            Double.parseDouble(row.get("Longitude")),
            Double.parseDouble(row.get("Latitude")));
    report.putObject("caller").put("phone", "(212) 639-9675");
    report.putObject("category").put("kind", "nyc").put("code", category);
    return report;
  }

  private static void write(Path pack) throws IOException {
    for (String layer : List.of("boroughs", "community_districts", "police_precincts"))
      Files.copy(TestData.get("nyc/" + layer + ".geojson.gz"), pack.resolve(layer + ".geojson.gz"));
    Files.writeString(pack.resolve("city.yaml"), CITY);
    Files.writeString(pack.resolve("categories.csv"), CATEGORIES);
    Files.writeString(pack.resolve("duties.csv"), DUTIES);
    Files.writeString(pack.resolve("limits.csv"), LIMITS);
    Files.writeString(pack.resolve("roles.yaml"), ROLES);
    Files.writeString(pack.resolve("people.csv"), PEOPLE);
    StringBuilder units =
        new StringBuilder("code,parent,name_en,area\nHPD,,Housing,\nHPD-BX,HPD,Housing Bronx,B2\n");
    units.append("NYPD,,Police,\n");
    try (Reader precincts = open(TestData.get("nyc/police_precincts.geojson.gz"))) {
      for (JsonNode feature : new ObjectMapper().readTree(precincts).path("features")) {
        String number = feature.path("properties").path("Precinct").asText();
        units.append("NYPD-%1$s,NYPD,Precinct %1$s,P%1$s\n".formatted(number));
      }
    }
    Files.writeString(pack.resolve("units.csv"), units);
  }

  private static Map<String, String> firstRequest(String type) throws IOException {
    try (Reader in = open(TestData.get("nyc/nyc_311_2022-05-01_sample.csv.gz"));
        MappingIterator<Map<String, String>> rows =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(in)) {
      while (rows.hasNext()) {
        Map<String, String> row = rows.next();
        if (type.equals(row.get("Complaint Type"))) return row;
      }
    }
    throw new AssertionError("no request of type " + type);
  }

  private static Reader open(Path gzip) throws IOException {
    return new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(gzip)), StandardCharsets.UTF_8);
  }
}
