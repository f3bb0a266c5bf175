package org.gridline.gis.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;

/** Boundaries are replaced in a loop while several threads look up as fast as they can. */
class SwapUnderLoadTest {
  private static final int VERSIONS = 15;
  private static final int THREADS = 3;
  private static final int SIDE = 8;
  private static final double STEP = 0.01;
  private static final double WEST = 118.7;
  private static final double SOUTH = 31.9;
  private static final List<Layer> LAYERS =
      List.of(new Layer("street", "街道"), new Layer("community", "社区"), new Layer("grid", "单元网格"));

  private record Version(int number, GroundIndex index) {}

  /** The smallest holder there is. */
  private static final class Holder {
    volatile Version version;

    Holder(Version version) {
      this.version = version;
    }
  }

  @Test
  void every_answer_is_of_exactly_one_version() throws ExecutionException, InterruptedException {
    Holder current = new Holder(version(0));
    List<Long> answered = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Long>> runs = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int seed = thread;
        runs.add(threads.submit(() -> lookUp(current, new Random(seed))));
      }
      // The thread that looks up goes on until the last version is there, whatever the pace.
      for (int number = 1; number <= VERSIONS; number++) current.version = version(number);
      for (Future<Long> run : runs) answered.add(run.get());
    }
    assertThat(answered).allSatisfy(count -> assertThat(count).isPositive());
  }

  private static long lookUp(Holder current, Random random) {
    long answered = 0;
    int last = 0;
    while (last < VERSIONS) {
      Version version = current.version;
      assertThat(version.number).as("versions go forward").isGreaterThanOrEqualTo(last);
      last = version.number;
      for (int i = 0; i < 200; i++, answered++) {
        // On the corners of areas too, where several layers' edges meet.
        boolean corner = random.nextInt(4) == 0;
        double x = random.nextInt(SIDE) + (corner ? 0 : random.nextDouble());
        double y = random.nextInt(SIDE) + (corner ? 0 : random.nextDouble());
        Located located =
            version.index.locate(new Position(WEST + x * STEP, SOUTH + y * STEP), corner ? 30 : 0);
        assertThat(located.areas()).hasSize(LAYERS.size());
        for (AreaRef area : located.areas()) {
          assertThat(area.name()).isEqualTo("v" + version.number);
        }
        located.neighbour().ifPresent(n -> assertThat(n.name()).isEqualTo("v" + version.number));
        for (Candidate candidate : located.candidates()) {
          assertThat(candidate.area().name()).isEqualTo("v" + version.number);
        }
      }
    }
    return answered;
  }

  /** Squares whose sides move from version to version; their names tell the version. */
  private static Version version(int number) {
    List<Area> areas = new ArrayList<>();
    for (int layer = 0; layer < LAYERS.size(); layer++) {
      int parts = SIDE >> (LAYERS.size() - 1 - layer);
      double size = STEP * SIDE / parts;
      for (int i = 0; i < parts * parts; i++) {
        int row = i / parts;
        int column = i % parts;
        areas.add(
            new Area(
                LAYERS.get(layer).id(),
                String.format("%d%04d", layer, i),
                "v" + number,
                java.util.Optional.empty(),
                new GeometryFactory()
                    .toGeometry(
                        new Envelope(
                            side(column, parts, size, WEST, number),
                            side(column + 1, parts, size, WEST, number),
                            side(row, parts, size, SOUTH, number),
                            side(row + 1, parts, size, SOUTH, number)))));
      }
    }
    return new Version(number, GroundIndex.build(new Boundaries(LAYERS, areas)));
  }

  /** The outer sides stay. */
  private static double side(int index, int parts, double size, double from, int number) {
    double moved = index > 0 && index < parts ? Math.sin(number + index) * size * 0.2 : 0;
    return from + index * size + moved;
  }
}
