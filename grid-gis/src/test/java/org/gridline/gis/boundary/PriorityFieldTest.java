package org.gridline.gis.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.gridline.gis.boundary.Finding.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The field that says who owns what areas share, and what one area may be at most. */
class PriorityFieldTest {
  private static final String SQUARE = "[[[118,32],[118.1,32],[118.1,32.1],[118,32.1],[118,32]]]";
  private final Path folder;

  PriorityFieldTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void numbers_and_texts_are_read_and_who_has_none_has_none() throws IOException {
    Map<String, OptionalInt> read =
        areas(
            feature("a", "1")
                + ","
                + feature("b", "\" -3 \"")
                + ","
                + feature("c", "2.0")
                + ","
                + feature("d", "null")
                + ","
                + feature("e", "\"\""),
            "p");
    assertThat(read)
        .containsEntry("a", OptionalInt.of(1))
        .containsEntry("b", OptionalInt.of(-3))
        .containsEntry("c", OptionalInt.of(2))
        .containsEntry("d", OptionalInt.empty())
        .containsEntry("e", OptionalInt.empty());
    assertThat(areas(feature("a", "\"first\""), "")).containsEntry("a", OptionalInt.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"first\"", "1.5", "99999999999", "1e30", "\"1;DROP\""})
  void what_is_no_whole_number_is_refused_with_its_feature(String priority) {
    assertThatThrownBy(() -> areas(feature("a", priority), "p"))
        .isInstanceOfSatisfying(
            UnusableBoundaries.class,
            e -> {
              assertThat(e.findings().getFirst().code()).isEqualTo(Code.TEXT_UNUSABLE);
              assertThat(e.findings().getFirst().feature()).contains("feature 1 (a)");
              assertThat(e.findings().getFirst().reason()).contains("优先级须为整数");
            });
  }

  @Test
  void an_area_of_too_many_vertices_is_refused_by_name() throws IOException {
    StringBuilder ring = new StringBuilder("[[[118,32]");
    int many = Limits.MAX_AREA_VERTICES;
    for (int i = 1; i < many; i++)
      ring.append(",[").append(118 + i * 1e-6).append(i % 2 == 0 ? ",32.1]" : ",32.10001]");
    ring.append(",[118,32]]]");
    Path file = folder.resolve("big.geojson");
    Files.writeString(file, collection(feature("a", "1").replace(SQUARE, ring)));
    assertThatThrownBy(() -> read(file, ""))
        .isInstanceOfSatisfying(
            UnusableBoundaries.class,
            e -> {
              assertThat(e.findings().getFirst().code()).isEqualTo(Code.TOO_BIG);
              assertThat(e.findings().getFirst().feature()).contains("(a)");
            });
  }

  private Map<String, OptionalInt> areas(String features, String field) throws IOException {
    Path file = folder.resolve("x.geojson");
    Files.writeString(file, collection(features));
    return read(file, field).areas().stream().collect(Collectors.toMap(Area::code, Area::priority));
  }

  private static BoundaryFile.Read read(Path file, String field) {
    return BoundaryFile.read(
        new LayerSource(file, new Layer("grid", "网格"), "c", "", "", field, new FileCrs.Unsaid()));
  }

  private static String feature(String code, String priority) {
    return "{\"type\":\"Feature\",\"properties\":{\"c\":\"%s\",\"p\":%s},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":%s}}"
        .formatted(code, priority, SQUARE);
  }

  private static String collection(String features) {
    return "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}";
  }
}
