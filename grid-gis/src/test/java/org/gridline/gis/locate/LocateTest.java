package org.gridline.gis.locate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gridline.gis.Boston;
import org.gridline.gis.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocateTest {
  /** Two squares of a tenth of a degree, a west of b. */
  private static final String SQUARES =
      """
      {"type":"FeatureCollection","features":[
       {"properties":{"c":"a"},"geometry":{"type":"Polygon","coordinates":
        [[[118.1,32.0],[118.2,32.0],[118.2,32.1],[118.1,32.1],[118.1,32.0]]]}},
       {"properties":{"c":"b,\\"2\\""},"geometry":{"type":"Polygon","coordinates":
        [[[118.2,32.0],[118.3,32.0],[118.3,32.1],[118.2,32.1],[118.2,32.0]]]}}]}""";

  private final Path folder;

  LocateTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private record Run(int code, String out, String err) {
    List<String> rows() {
      return out.lines().toList();
    }
  }

  @Test
  void everyRowIsAnsweredInItsOrder() {
    Run run =
        locate(
            """
            id,lon,lat
            1,118.15,32.05
            "x, \"\"y\"\"\",118.25,32.05
            3,118.2,32.05
            4,118.5,32.5
            5,0,0
            6,118,32
            7,32.05,118.15
            8,32.05,118.15,more,columns
            """);
    assertThat(run.code).isZero();
    assertThat(run.rows())
        .containsExactly(
            "id,code,flag",
            "1,a,ok",
            "\"x, \"\"y\"\"\",\"b,\"\"2\"\"\",ok",
            "3,a,edge",
            "4,,outside",
            "5,,suspect",
            "6,,suspect",
            "7,,suspect",
            "8,,suspect");
    assertThat(run.err)
        .contains("8 rows, ok 2, edge 1, outside 1, suspect 4, unreadable 0; 2 areas, 0 repaired");
  }

  @Test
  void aHeaderMayOrderTheColumnsAndMayBeMissing() {
    assertThat(locate("\uFEFFLat,key,Lng\r\n32.05,k,118.15\r\n").rows())
        .containsExactly("id,code,flag", "k,a,ok");
    assertThat(locate("k,118.15,32.05").rows()).containsExactly("k,a,ok");
    assertThat(locate("").rows()).isEmpty();
    assertThat(locate("\n\n\r\n").rows()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7,NaN,32               | 7,,suspect
          7,Infinity,1           | 7,,suspect
          7,1e999,1              | 7,,suspect
          7,0x1p3,1d             | 7,,suspect
          7,,                    | 7,,suspect
          7                      | 7,,suspect
          ,,                     | ,,suspect
          7,118.15,95            | 7,,suspect
          7,1e9,1e9              | 7,,suspect
          7,118;15,32;05         | 7,,suspect
          "7,118.15,32.05        | ,,suspect
          7,--118,32             | 7,,suspect
          7,1.2.3,32             | 7,,suspect
          """)
  void badRowsAreAnsweredNamedAndNeverEndTheRun(String row, String answer) {
    Run run = locate("id,lon,lat\n" + row + "\n8,118.15,32.05\n");
    assertThat(run.code).isZero();
    assertThat(run.rows()).containsExactly("id,code,flag", answer, "8,a,ok");
    assertThat(run.err).contains("line 2").contains("unreadable 1;");
  }

  @Test
  void hugeRowsAndGarbageCostOnlyThemselves() {
    String huge = "9".repeat(5_000_000);
    Run run = locate("1," + huge + ",3\n" + huge + "\n2,118.15,32.05\n");
    assertThat(run.rows()).containsExactly(",,suspect", ",,suspect", "2,a,ok");
    byte[] garbage = new byte[300_000];
    new Random(7).nextBytes(garbage);
    Run noise = locate(new ByteArrayInputStream(garbage), "--boundaries", file(), "--code", "c");
    assertThat(noise.code).isZero();
    assertThat(noise.err.lines().count()).isLessThan(1100);
  }

  @Test
  void rowsMayComeInPieces() {
    byte[] all = "id,lon,lat\n1,118.15,32.05\n2,118.25,32.05\n".getBytes(StandardCharsets.UTF_8);
    InputStream dribble =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            return at < all.length ? all[at++] : -1;
          }

          @Override
          public int read(byte[] into, int from, int length) {
            if (at == all.length) {
              return -1;
            }
            into[from] = all[at++];
            return 1;
          }
        };
    assertThat(locate(dribble, "--boundaries", file(), "--code=c").rows()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                            | 2 | are needed
          --boundaries FILE                             | 2 | are needed
          --boundaries FILE --code                      | 2 | wants a value
          --boundaries FILE --code c --what 1           | 2 | no such argument
          --boundaries FILE --code c --crs moon         | 2 | no such coordinate system
          --boundaries FILE --code c --points-crs EPSG:999999 | 2 | EPSG:999999
          --boundaries FILE --code c --suspect 1        | 2 | LON,LAT
          --boundaries FILE --code c --suspect 1,x      | 2 | LON,LAT
          --boundaries FILE --code d                    | 1 | property d is missing
          --boundaries FILE --code c --crs EPSG:999999  | 1 | EPSG:999999
          --boundaries none --code c                    | 1 | none
          """)
  void wrongArgumentsAndUnusableBoundariesSayWhy(String arguments, int code, String reason) {
    List<String> words =
        arguments.isEmpty()
            ? List.of()
            : List.of(arguments.strip().replace("FILE", file()).split(" +"));
    Run run = locate(new ByteArrayInputStream("1,2,3\n".getBytes(StandardCharsets.UTF_8)), words);
    assertThat(run.code).isEqualTo(code);
    assertThat(run.out).isEmpty();
    assertThat(run.err).contains(reason);
  }

  @Test
  void pointsMayBeOfAnotherSystem() {
    Run run =
        locate(
            in("1,400888,3553424\n2,118.15,32.05\n3,1e300,5\n"),
            "--boundaries",
            file(),
            "--code",
            "c",
            "--points-crs",
            "EPSG:4549");
    assertThat(run.rows()).containsExactly("1,,outside", "2,,outside", "3,,suspect");
    Run shifted =
        locate(
            in("1,118.1001,32.05\n"),
            "--boundaries",
            file(),
            "--code",
            "c",
            "--points-crs",
            "GCJ-02");
    // As GCJ-02 some 500 m west of what the numbers are in WGS 84.
    assertThat(shifted.rows()).containsExactly("1,,suspect");
  }

  /**
   * The known answer of the test data: 54 stations name their district. Taken as they are 42 fall
   * into it, one of them only because 白下区 counts as 秦淮区; the data's own page counts 41.
   */
  @ParameterizedTest
  @CsvSource({"GCJ-02, BD-09, 54", "WGS84, WGS84, 42"})
  void nanjingMetroStationsFallIntoTheirDistricts(String crs, String pointsCrs, int right)
      throws IOException {
    List<String> named = new ArrayList<>();
    StringBuilder csv = new StringBuilder();
    for (JsonNode station :
        new ObjectMapper().readTree(TestData.get("address/nanjing_metro_poi_bd09.json").toFile())) {
      for (String word : station.path("poi_street_address").asText().split(",", -1)) {
        if (word.endsWith("区")) {
          // Merged in 2013, after the stations were collected.
          named.add(word.equals("白下区") ? "秦淮区" : word);
          csv.append(named.size()).append(',');
          csv.append(station.path("point").path("lng").asText()).append(',');
          csv.append(station.path("point").path("lat").asText()).append('\n');
          break;
        }
      }
    }
    Run run =
        locate(
            in(csv.toString()),
            "--boundaries",
            TestData.get("china/datav_nanjing_districts.geojson").toString(),
            "--code",
            "name",
            "--crs",
            crs,
            "--points-crs",
            pointsCrs);
    assertThat(named).hasSize(54);
    int found = 0;
    for (int i = 0; i < named.size(); i++) {
      found += run.rows().get(i).startsWith((i + 1) + "," + named.get(i) + ",") ? 1 : 0;
    }
    assertThat(found).isEqualTo(right);
  }

  @Test
  void bostonsCityHallIsProposed() throws IOException {
    StringBuilder csv = new StringBuilder("id,lon,lat\n");
    Boston.requests().forEach(r -> csv.append(r.id() + "," + r.lon() + "," + r.lat() + "\n"));
    Run run =
        locate(
            in(csv.toString()),
            "--boundaries",
            TestData.get("boston2015/wards.geojson.gz").toString(),
            "--code",
            "WARD");
    assertThat(run.code).isZero();
    assertThat(run.rows()).hasSize(121_146);
    assertThat(run.err)
        .contains("-71.0587,42.3594 has 17070 of 121145 rows")
        .contains("22 areas, 3 repaired");
    assertThat(run.err.lines().filter(line -> line.startsWith("over-represented"))).hasSize(1);
  }

  private Run locate(String csv) {
    return locate(in(csv), "--boundaries", file(), "--code", "c");
  }

  private static InputStream in(String csv) {
    return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
  }

  private static Run locate(InputStream in, String... arguments) {
    return locate(in, List.of(arguments));
  }

  private static Run locate(InputStream in, List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Locate.run(arguments, in, out, new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private String file() {
    try {
      return Files.writeString(folder.resolve("squares.geojson"), SQUARES).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
