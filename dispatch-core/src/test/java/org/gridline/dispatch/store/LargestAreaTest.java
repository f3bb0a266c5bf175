package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersion.Origin;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.ground.BoundaryVersions.Lineage;
import org.gridline.dispatch.ground.BoundaryVersions.Staging;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.Limits;
import org.junit.jupiter.api.Test;

/** The largest area that an import takes, and priorities, through a real database. */
class LargestAreaTest {
  @Test
  void it_is_written_within_the_time_of_a_statement_and_read_back() throws Exception {
    Vertx vertx = Vertx.vertx();
    Path secrets = Files.createTempDirectory("gridline-largest").resolve("secrets");
    Database database = Database.open(vertx, TestDatabase.fresh(), secrets, Desk.packForTests());
    try {
      BoundaryVersions versions = database.boundaries();
      BoundaryVersion tip = versions.findTip().orElseThrow();
      Boundaries pack = Desk.packForTests().boundaries();
      Area large = AreaChunksTest.area(7, Limits.MAX_AREA_VERTICES - 1);
      List<Area> areas = new ArrayList<>(pack.areas());
      areas.add(large);
      Area first = pack.list("street").getFirst();
      areas.add(
          new Area("street", "SECOND", "二", Optional.empty(), OptionalInt.of(-7), first.shape()));
      List<Integer> told = new ArrayList<>();
      versions.stage(
          new Staging(
              "large",
              Origin.IMPORT,
              Optional.empty(),
              Optional.of(tip.version()),
              "",
              tip.layers()),
          new Boundaries(pack.layers(), areas),
          new Lineage(List.of(), Set.of()),
          told::add);
      assertThat(told).isSorted().endsWith(100);
      Boundaries read = versions.load(versions.find("large").orElseThrow());
      assertThat(read.areas()).hasSize(areas.size());
      Area back =
          read.areas().stream().filter(a -> a.code().equals("C7")).findFirst().orElseThrow();
      assertThat(back.shape().equalsExact(large.shape())).isTrue();
      assertThat(read.areas().stream().filter(a -> a.priority().isPresent()).toList())
          .singleElement()
          .satisfies(a -> assertThat(a.priority()).hasValue(-7));
    } finally {
      database.close().await();
      vertx.close().await();
    }
  }
}
