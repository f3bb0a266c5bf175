package org.gridline.gis.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
  private static final String TWO =
      """
      {"type":"FeatureCollection","features":[
       {"type":"Feature","properties":{"OBJECTID":1,"名称":"一","size":1.5,"编码":"320113001"},
        "geometry":{"type":"Polygon","coordinates":[[[118,32],[118.1,32],[118.1,32.1],[118,32.1],[118,32]]]}},
       {"type":"Feature","properties":{"OBJECTID":2,"名称":"二\\u001b[31m","size":2.5,"编码":"320113002"},
        "geometry":{"type":"Polygon","coordinates":[[[118.099999,32],[118.2,32],[118.2,32.1],[118.099999,32.1],[118.099999,32]]]}}
      ]}""";

  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  CheckTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aUsableFileIsToldWithItsFindingsAndItsGuessedCode() throws IOException {
    Path file = Files.writeString(folder.resolve("two.geojson"), TWO);
    Path report = folder.resolve("findings.geojson");
    assertThat(run(file.toString(), "--layer", "street", "--report", report.toString())).isZero();
    assertThat(text(out))
        .contains("暂按 编码")
        .contains("2 个区域 areas")
        .contains("street 320113001 / 320113002")
        .contains("大块重叠 overlap_large")
        .contains("归代码较小者")
        .contains("可用 · usable: 拒收 refused 0, 已修复 repaired 0, 请查看 to look at 1")
        .doesNotContain("\u001b");
    JsonNode found = new ObjectMapper().readTree(report.toFile()).get("features");
    assertThat(found).hasSize(1);
    assertThat(found.get(0).at("/properties/code").asText()).isEqualTo("overlap_large");
    assertThat(found.get(0).at("/geometry/type").asText()).isEqualTo("MultiPolygon");
    double west = found.get(0).at("/geometry/coordinates/0/0/0/0").asDouble();
    assertThat(west).isBetween(118.09, 118.11);
  }

  @Test
  void aRefusedFileIsToldWithEveryReason() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bad.geojson"),
            TWO.replace("320113002", "320113001").replace("[118,32]]]", "[118.05,32]]]"));
    Path report = folder.resolve("findings.geojson");
    assertThat(run(file.toString(), "--code=编码", "--report=" + report)).isEqualTo(1);
    assertThat(text(out))
        .contains("环未闭合 not_closed: feature 1 (320113001): a ring is not closed near 118.05")
        .contains("代码重复 code_duplicate: feature 2 (320113001)")
        .contains("不可用 · refused: 拒收 refused 2");
    JsonNode found = new ObjectMapper().readTree(report.toFile()).get("features");
    assertThat(found.get(0).at("/geometry/type").asText()).isEqualTo("Point");
    assertThat(found.get(1).get("geometry").isNull()).isTrue();
  }

  @Test
  void layersAreCheckedAgainstEachOther() {
    assertThat(
            run(
                TestData.get("boston2015/wards.geojson.gz").toString(),
                TestData.get("boston2015/precincts.geojson.gz").toString(),
                "--layer",
                "ward",
                "--layer",
                "precinct",
                "--code",
                "WARD",
                "--code",
                "WARD_PRECINCT"))
        .isZero();
    assertThat(text(out)).contains("22 个区域").contains("255 个区域").contains("outside_parent");
    assertThat(text(out)).contains("it falls back to ward");
  }

  @Test
  void wrongArgumentsAreToldWithTheUsage() {
    for (List<String> arguments :
        List.of(
            List.<String>of(),
            List.of("a", "--colour", "red"),
            List.of("a", "--code"),
            List.of("a", "--crs", "EPSG:x"),
            List.of("a", "b", "--layer", "x"),
            List.of("a", "b", "--layer", "x", "--layer", "x"),
            List.of("a", "b", "c", "--code", "x", "--code", "y"))) {
      err.reset();
      assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
      assertThat(text(err)).contains("usage · 用法: boundaries check FILE");
    }
  }

  @Test
  void aMissingFileAndOneWithoutACodeAreRefused() throws IOException {
    assertThat(run(folder.resolve("none.geojson").toString(), "--code", "x")).isEqualTo(1);
    assertThat(text(err)).contains("none.geojson");
    Path same =
        Files.writeString(
            folder.resolve("same.geojson"),
            TWO.replace("320113002", "320113001")
                .replace("\"OBJECTID\":2", "\"OBJECTID\":1")
                .replace("二\\u001b[31m", "一")
                .replace("2.5", "1.5"));
    assertThat(run(same.toString())).isEqualTo(1);
    assertThat(text(out)).contains("code_missing").contains("--code FIELD");
  }

  private int run(String... arguments) {
    return Check.run(
        new ArrayList<>(List.of(arguments)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
