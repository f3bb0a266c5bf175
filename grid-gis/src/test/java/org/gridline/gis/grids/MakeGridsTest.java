package org.gridline.gis.grids;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MakeGridsTest {
  private static final String COMMUNITY =
      """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"code":"320113001001","name":"尧\\"化<社区"},"geometry":{"type":"Polygon",
      "coordinates":[[[118.9,32.1],[118.904,32.1],[118.904,32.103],[118.9,32.103],[118.9,32.1]]]}}]}
      """;

  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  MakeGridsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aFileIsWrittenAndTheSummaryTellsOfIt() throws IOException {
    Path grids = folder.resolve("grids.geojson.gz");
    assertThat(run(COMMUNITY, "--code", "code", "--name=name", "--out", grids.toString())).isZero();
    assertThat(said(out))
        .contains("单元网格 unit grids: ")
        .contains("合并碎块 scraps merged")
        .contains("EPSG:4549");
    assertThat(said(err)).contains("读入 read").contains("编码 numbered");
    JsonNode file;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(grids))) {
      file = new ObjectMapper().readTree(in);
    }
    assertThat(file.path("features").size()).isBetween(10, 16);
    JsonNode first = file.path("features").get(0).path("properties");
    assertThat(first.path("code").asText()).isEqualTo("320113001001001");
    assertThat(first.path("name").asText()).isEqualTo("尧\"化<社区第1单元网格");
    assertThat(first.path("parent").asText()).isEqualTo("320113001001");
    assertThat(first.path("area_m2").asLong()).isPositive();
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("communities.geojson", "grids.geojson.gz");
    }
  }

  @Test
  void withoutAFileStandardOutputIsTheGeoJsonAndTheSameEachTime() throws IOException {
    assertThat(run(COMMUNITY, "--code", "code", "--digits", "14")).isZero();
    String first = said(out);
    assertThat(new ObjectMapper().readTree(first).path("features").get(0).path("properties"))
        .anyMatch(value -> value.asText().equals("32011300100101"));
    assertThat(said(err)).contains("单元网格 unit grids: ");
    out.reset();
    assertThat(run(COMMUNITY, "--code", "code", "--digits", "14")).isZero();
    assertThat(said(out)).isEqualTo(first);
  }

  @Test
  void builtUpLandSaysUseAndGrade() throws IOException {
    Path land = folder.resolve("land.geojson");
    Files.writeString(
        land,
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"OBJECTID":1,"yongdi":"R2","dengji":2},"geometry":{"type":"Polygon",
        "coordinates":[[[118.899,32.099],[118.902,32.099],[118.902,32.102],[118.899,32.102],[118.899,32.099]]]}}]}
        """);
    int code =
        run(
            COMMUNITY,
            "--code=code",
            "--built-up=" + land,
            "--built-up-code=OBJECTID",
            "--land-use=yongdi",
            "--grade=dengji",
            "--plane=EPSG:32650");
    assertThat(said(err)).contains("EPSG:32650");
    assertThat(code).isZero();
    JsonNode features = new ObjectMapper().readTree(said(out)).path("features");
    assertThat(features.size()).isBetween(3, 8);
    for (JsonNode feature : features) {
      assertThat(feature.path("properties").path("land_use").asText()).isEqualTo("R2");
      assertThat(feature.path("properties").path("grade").asText()).isEqualTo("2");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--code=code --digits=16          | 2 | --segments",
        "--code=code --digits=15 --segments=6,3,3,3 | 2 | same thing",
        "--code=code --area=-5            | 2 | --area wants a number",
        "--code=code --area=1             | 2 | 100",
        "--code=code --scrap=0.95         | 2 | 0.9",
        "--code=code --plane=EPSG:4326    | 2 | no projection in metres",
        "--code=code --plane=EPSG:2249    | 2 | no projection in metres",
        "--code=code --plane=EPSG:999999  | 2 | not a system",
        "--code=code --crs=EPSG:999999    | 2 | not a system",
        "--code=code --crs=nonsense       | 2 | no such coordinate system",
        "--code=code --out                | 2 | wants a value",
        "--code=code --code=code          | 2 | said twice",
        "--code=code --kode=x             | 2 | no such argument",
        "--name=name                      | 2 | are needed",
        "--code=nothing                   | 1 | code_missing",
        "--code=name                      | 1 | 12 位数字",
        "--code=code --built-up=/nowhere.geojson | 1 | nowhere",
        "--code=code --out=/nowhere/x.geojson    | 1 | nowhere",
      })
  void whatIsWrongIsSaid(String arguments, int code, String message) throws IOException {
    assertThat(run(COMMUNITY, arguments.split(" +"))).isEqualTo(code);
    assertThat(said(err)).contains(message);
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                                 | not_readable",
        "[]                                                                | not_readable",
        "{\"type\":\"FeatureCollection\",\"features\":[]}                  | no_feature",
      })
  void filesThatAreNoneAreRefused(String text, String finding) throws IOException {
    assertThat(run(text, "--code=code")).isEqualTo(1);
    assertThat(said(err)).contains(finding);
  }

  private int run(String communities, String... arguments) throws IOException {
    Path file = folder.resolve("communities.geojson");
    Files.writeString(file, communities);
    List<String> all = new ArrayList<>(List.of("--communities", file.toString()));
    all.addAll(List.of(arguments));
    return MakeGrids.run(all, out, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String said(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
