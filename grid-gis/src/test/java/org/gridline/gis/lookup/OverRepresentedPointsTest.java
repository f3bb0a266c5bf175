package org.gridline.gis.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.gridline.gis.Boston;
import org.gridline.gis.lookup.OverRepresentedPoints.Point;
import org.junit.jupiter.api.Test;

class OverRepresentedPointsTest {
  @Test
  void bostonYieldsCityHallAndNothingElse() throws IOException {
    OverRepresentedPoints points = new OverRepresentedPoints();
    for (Boston.Request request : Boston.requests()) {
      points.add(Double.parseDouble(request.lon()), Double.parseDouble(request.lat()));
    }
    assertThat(points.rows()).isEqualTo(121_145);
    assertThat(points.list())
        .containsExactly(new Point(-71.0587, 42.3594, 17_070, 17_070 / 121_145.0));
  }

  @Test
  void aHeavyPointIsFoundAmongMillionsInBoundedMemory() {
    OverRepresentedPoints points = new OverRepresentedPoints();
    Random random = new Random(3);
    for (int i = 0; i < 2_000_000; i++) {
      if (i % 50 == 7) {
        points.add(118.9, 32.1);
      } else {
        points.add(118 + random.nextDouble(), 32 + random.nextDouble());
      }
    }
    assertThat(points.list()).hasSize(1);
    assertThat(points.list().getFirst().rows()).isBetween(40_000L - 40, 40_000L);
  }

  @Test
  void busyStreetsAndSmallNumbersAreNotProposed() {
    OverRepresentedPoints few = new OverRepresentedPoints();
    for (int i = 0; i < 49; i++) few.add(1.5, 2.5);
    assertThat(few.list()).isEmpty();
    few.add(1.5, 2.5);
    assertThat(few.list()).hasSize(1);

    // A hundred doors of one street with as many rows each.
    OverRepresentedPoints street = new OverRepresentedPoints();
    for (int i = 0; i < 10_000; i++) street.add(118.9 + i % 100 * 1e-5, 32.1);
    assertThat(street.list()).isEmpty();
  }

  @Test
  void garbageIsOnlyCounted() {
    OverRepresentedPoints points = new OverRepresentedPoints();
    for (int i = 0; i < 1000; i++) {
      points.add(Double.NaN, 1);
      points.add(1, Double.POSITIVE_INFINITY);
      points.add(0.0, i % 2 == 0 ? 0.0 : -0.0);
    }
    assertThat(points.rows()).isEqualTo(3000);
    assertThat(points.list()).hasSize(1);
    assertThat(points.list().getFirst().rows()).isEqualTo(1000);
  }
}
