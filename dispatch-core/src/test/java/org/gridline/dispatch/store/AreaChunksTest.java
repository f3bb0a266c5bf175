package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Limits;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;

/** What one statement writes at most. */
class AreaChunksTest {
  @Test
  void each_piece_is_small_or_one_area_alone_and_nothing_is_lost() {
    List<Area> areas = new ArrayList<>();
    for (int i = 0; i < 600; i++) areas.add(area(i, 4));
    areas.add(area(600, 100_000)); // 1.6 MB, between small ones
    for (int i = 601; i < 640; i++) areas.add(area(i, 5_000)); // 80 KB each
    areas.add(area(640, 40_000));
    List<Area> written = new ArrayList<>();
    AreaChunks chunks = new AreaChunks(areas);
    while (chunks.hasNext()) {
      AreaChunks.Chunk chunk = chunks.next();
      written.addAll(chunk.areas());
      assertThat(chunk.areas()).isNotEmpty().hasSameSizeAs(chunk.shapes());
      assertThat(chunk.areas()).hasSizeLessThanOrEqualTo(AreaChunks.MOST_AREAS);
      int bytes = chunk.shapes().stream().mapToInt(Buffer::length).sum();
      if (chunk.areas().size() > 1) assertThat(bytes).isLessThanOrEqualTo(AreaChunks.MOST_BYTES);
    }
    assertThat(written).isEqualTo(areas);
  }

  @Test
  void the_largest_area_that_an_import_takes_is_the_largest_piece() {
    AreaChunks chunks = new AreaChunks(List.of(area(1, Limits.MAX_AREA_VERTICES - 1)));
    assertThat(chunks.next().shapes().getFirst().length()).isLessThan(8_100_000);
    assertThat(chunks.hasNext()).isFalse();
    assertThat(new AreaChunks(List.of()).hasNext()).isFalse();
  }

  static Area area(int code, int corners) {
    Coordinate[] ring = new Coordinate[corners + 1];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      ring[i] = new Coordinate(118 + Math.cos(angle), 32 + Math.sin(angle));
    }
    ring[corners] = ring[0];
    return new Area(
        "street",
        "C" + code,
        "C" + code,
        Optional.empty(),
        new GeometryFactory().createPolygon(ring));
  }
}
