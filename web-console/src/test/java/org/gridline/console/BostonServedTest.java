package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.gridline.dispatch.store.Desk;
import org.gridline.dispatch.store.TestDatabase;
import org.gridline.gis.TestData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boston, whose layers are no ladder, through the front door. */
class BostonServedTest {
  private static Town town;

  @BeforeAll
  static void open() {
    for (String file : List.of("wards", "precincts", "police_districts", "neighborhoods"))
      TestData.get("boston2015/" + file + ".geojson.gz");
    town =
        Town.open(
            Desk.repository().resolve("config/cities/boston"), TestDatabase.fresh(), Town.folder());
  }

  @AfterAll
  static void close() {
    if (town != null) town.close();
  }

  @Test
  void the_city_speaks_english_and_its_layers_have_no_roles() {
    JsonNode city = Town.json(town.send(town.request("/api/v1/city")));
    assertThat(city.path("languages").get(0).asText()).isEqualTo("en-US");
    assertThat(city.path("name").path("zh").asText()).isEqualTo("Boston 311, 2015 (sample)");
    assertThat(city.path("layers").findValuesAsText("id"))
        .containsExactly("police", "neighborhood", "ward", "precinct");
    assertThat(city.path("layers")).allSatisfy(l -> assertThat(l.path("role").isNull()).isTrue());
    assertThat(city.path("signIns").findValuesAsText("name"))
        .allSatisfy(name -> assertThat(name).contains("(synthetic)"));
  }

  /** Rows of the published requests: what the city itself wrote beside the position. */
  @ParameterizedTest
  @CsvSource({
    "-71.0648, 42.3574, A1,  N30, 05, 0503",
    "-71.0944, 42.3474, D4,  N34, 05, 0502",
    "-71.1310, 42.3552, D14, N24, 21, 2104",
    "-71.1029, 42.3304, B2,  N13, 10, 1005",
    "-71.1090, 42.3124, E13, N11, 19, 1906",
  })
  void a_position_has_the_codes_that_the_city_gave_it(
      String lon, String lat, String police, String neighborhood, String ward, String precinct) {
    JsonNode located = locate(lon, lat);
    JsonNode areas = located.path("place").path("areas");
    assertThat(areas.path("police").asText()).isEqualTo(police);
    assertThat(areas.path("neighborhood").asText()).isEqualTo(neighborhood);
    assertThat(areas.path("ward").asText()).isEqualTo(ward);
    assertThat(areas.path("precinct").asText()).isEqualTo(precinct);
    assertThat(located.path("areas").findValuesAsText("layer"))
        .containsExactly("police", "neighborhood", "ward", "precinct");
    for (String level : List.of("grid", "community", "street", "district"))
      assertThat(located.path("place").path(level).isNull()).as(level).isTrue();
  }

  @Test
  void a_report_of_a_named_type_goes_to_the_queue_of_its_area() {
    ObjectNode report = report(-71.1029, 42.3304);
    report.putObject("category").put("kind", "311").put("code", type("Street Light Outages"));
    JsonNode ticket = Town.json(town.report("operator1", report.toString()));
    assertThat(ticket.path("state").asText()).isEqualTo("PENDING_SIGN");
    assertThat(ticket.path("owner").path("unit").asText()).isEqualTo("PWDX-STREET-LIGHT-OUTAGES");
    assertThat(ticket.path("owner").path("ground").path("basis").asText()).contains("January-June");
    assertThat(ticket.path("place").path("areas").path("ward").asText()).isEqualTo("10");
    assertThat(ticket.path("place").path("names").path("neighborhood").asText())
        .isEqualTo("Mission Hill");
    assertThat(ticket.path("caller").path("phone").asText()).doesNotContain("635");

    JsonNode again = Town.json(town.get("pwdx1", "/api/v1/tickets/" + ticket.path("id").asText()));
    assertThat(again.path("place").path("areas")).isEqualTo(ticket.path("place").path("areas"));
  }

  @Test
  void the_same_type_has_another_owner_in_another_neighborhood() {
    String type = type("Pothole Repair (Internal)");
    assertThat(List.of(owner(type, -71.1090, 42.3124), owner(type, -71.1029, 42.3304)))
        .containsExactly("PWDX-DISTRICT-02-JAMAICA-PLAIN", "PWDX-DISTRICT-10B-ROXBURY");
  }

  @Test
  void who_looks_at_a_ward_sees_that_ward_and_no_other() {
    JsonNode inside = Town.json(town.report("operator1", report(-71.0648, 42.3574).toString()));
    JsonNode outside = Town.json(town.report("operator1", report(-71.1310, 42.3552).toString()));
    assertThat(status("ward5", inside)).isEqualTo(200);
    assertThat(status("ward5", outside)).isEqualTo(404);
    JsonNode list = Town.json(town.get("operator1", "/api/v1/tickets?area=05"));
    assertThat(list.path("tickets").findValuesAsText("id"))
        .contains(inside.path("id").asText())
        .doesNotContain(outside.path("id").asText());
  }

  @Test
  void city_hall_is_where_requests_without_a_place_lie_so_a_person_decides() {
    assertThat(locate("-71.0587", "42.3594").path("place").path("flag").asText())
        .isEqualTo("suspect");
    ObjectNode report = report(-71.0587, 42.3594);
    report.putObject("category").put("kind", "311").put("code", type("Graffiti Removal"));
    JsonNode ticket = Town.json(town.report("operator1", report.toString()));
    assertThat(ticket.path("state").asText()).isEqualTo("REGISTERED");
    assertThat(ticket.path("owner").isNull()).isTrue();
    assertThat(ticket.path("candidates")).isNotEmpty();
  }

  private static String owner(String type, double lon, double lat) {
    ObjectNode report = report(lon, lat);
    report.putObject("category").put("kind", "311").put("code", type);
    return Town.json(town.report("operator1", report.toString()))
        .path("owner")
        .path("unit")
        .asText();
  }

  private static int status(String user, JsonNode ticket) {
    return town.get(user, "/api/v1/tickets/" + ticket.path("id").asText()).statusCode();
  }

  private static JsonNode locate(String lon, String lat) {
    return Town.json(
        town.get("operator1", "/api/v1/locate?lon=" + lon + "&lat=" + lat + "&crs=WGS84"));
  }

  private static String type(String name) {
    for (JsonNode category :
        Town.json(town.get("operator1", "/api/v1/categories")).path("categories"))
      if (category.path("nameEn").asText().equals(name)) return category.path("code").asText();
    throw new AssertionError("no type " + name);
  }

  private static ObjectNode report(double lon, double lat) {
    ObjectNode report = Said.report("something is broken here", lon, lat);
    // The number of Boston's own hotline, said the local way.
    report.putObject("caller").put("phone", "635-4500");
    return report;
  }
}
