package org.gridline.gis.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gridline.gis.position.CoordinateSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points with a table, as a survey delivers its components. */
class PointShapefileTest {
  private final Path folder;

  PointShapefileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private ShapefileKit kit() {
    return ShapefileKit.points("01", "雨水井盖", 118.9, 32.1).and("02", "路灯", new double[] {119, 32});
  }

  @Test
  void rows_come_in_the_files_order_in_the_tables_encoding() {
    Path zip = kit().in(Charset.forName("GBK")).zipped(folder.resolve("x.zip"));
    try (PointShapefile points = PointShapefile.open(zip)) {
      assertThat(points.system()).isEmpty();
      List<PointShapefile.Row> rows = rows(points);
      assertThat(rows).hasSize(2);
      assertThat(rows.getFirst().values()).containsEntry("c", "01").containsEntry("n", "雨水井盖");
      assertThat(rows.getFirst().place().orElseThrow()).containsExactly(118.9, 32.1);
      assertThat(rows.getLast().number()).isEqualTo(2);
    }
  }

  @Test
  void the_prj_names_the_system() {
    Path zip = kit().part(".prj", ShapefileKit.CGCS2000_PRJ).zipped(folder.resolve("x.zip"));
    try (PointShapefile points = PointShapefile.open(zip)) {
      Optional<CoordinateSystem> system = points.system();
      assertThat(system.orElseThrow().toWgs84(118.9, 32.1).lon())
          .isCloseTo(118.9, org.assertj.core.api.Assertions.within(1e-6));
    }
    Path odd = kit().part(".prj", "nonsense").zipped(folder.resolve("odd.zip"));
    try (PointShapefile points = PointShapefile.open(odd)) {
      assertThatThrownBy(points::system).isInstanceOf(UnusableBoundaries.class);
    }
  }

  @Test
  void polygons_are_no_points_and_rubbish_is_no_archive() throws IOException {
    Path polygons =
        ShapefileKit.with("1", "one", ShapefileKit.SQUARE).zipped(folder.resolve("p.zip"));
    assertThatThrownBy(() -> PointShapefile.open(polygons))
        .isInstanceOf(UnusableBoundaries.class)
        .hasMessageContaining("not points");
    Path rubbish = Files.writeString(folder.resolve("r.zip"), "PK\u0003\u0004 nothing");
    assertThatThrownBy(() -> PointShapefile.open(rubbish)).isInstanceOf(UnusableBoundaries.class);
  }

  @Test
  void damage_never_escapes_as_another_error() throws IOException {
    byte[] sound = Files.readAllBytes(kit().zipped(folder.resolve("s.zip")));
    for (int round = 0; round < 2_000; round++) {
      Random random = new Random(round);
      byte[] bytes = sound.clone();
      for (int blow = random.nextInt(6); blow >= 0; blow--)
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Path file = Files.write(folder.resolve("d.zip"), bytes);
      try (PointShapefile points = PointShapefile.open(file)) {
        points.system();
        rows(points);
      } catch (UnusableBoundaries expected) {
        assertThat(expected.findings()).isNotEmpty();
      }
    }
  }

  private static List<PointShapefile.Row> rows(PointShapefile points) {
    List<PointShapefile.Row> rows = new ArrayList<>();
    for (Optional<PointShapefile.Row> row = points.next(field -> true);
        row.isPresent();
        row = points.next(field -> true)) rows.add(row.get());
    return rows;
  }
}
