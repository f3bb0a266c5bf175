package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.ground.BoundaryImport;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersion.Origin;
import org.gridline.dispatch.ground.BoundaryVersion.State;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.ground.BoundaryVersions.Activation;
import org.gridline.dispatch.ground.BoundaryVersions.Deed;
import org.gridline.dispatch.ground.BoundaryVersions.Lineage;
import org.gridline.dispatch.ground.BoundaryVersions.Staging;
import org.gridline.dispatch.ground.Heritage;
import org.gridline.gis.boundary.Boundaries;
import org.junit.jupiter.api.Test;

/** The chain of versions on a real database. */
class BoundaryVersionsTest {
  private static final Deed DEED = new Deed(Optional.empty(), Instant.EPOCH, "");

  private static final Lineage NOTHING = new Lineage(List.of(), Set.of());

  private interface Work {
    void on(Database database, String url) throws Exception;
  }

  private static void open(CityPack pack, String url, Work work) {
    Vertx vertx = Vertx.vertx();
    try {
      Path secrets = Files.createTempDirectory("gridline-versions").resolve("secrets");
      Database database = Database.open(vertx, url, secrets, pack);
      try {
        work.on(database, url);
      } finally {
        database.close().await();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      vertx.close().await();
    }
  }

  private static CityPack pack() {
    return Desk.packForTests();
  }

  /** The same city with other files. */
  private static CityPack changed(String hash) {
    CityPack p = pack();
    Boundaries all = p.boundaries();
    Boundaries fewer =
        new Boundaries(
            all.layers(), all.areas().stream().filter(a -> !a.layer().equals("grid")).toList());
    return new CityPack(
        p.city(),
        p.policy(),
        p.duties(),
        p.certainScore(),
        p.dispatching(),
        p.roles(),
        p.vocabulary(),
        p.gazetteer(),
        fewer,
        hash,
        p.people());
  }

  private static String stage(BoundaryVersions versions, String version) {
    BoundaryVersion tip = versions.findTip().orElseThrow();
    Heritage heritage = new Heritage("street", "320113001", "S" + version, 1, 1, false);
    versions.stage(
        new Staging(
            version,
            Origin.IMPORT,
            Optional.empty(),
            Optional.of(tip.version()),
            "a note",
            tip.layers()),
        pack().boundaries(),
        new Lineage(List.of(heritage), Set.of(heritage.newCode())),
        percent -> {});
    return version;
  }

  private static boolean activate(BoundaryVersions versions, String version, Instant from) {
    return versions.activate(
        new Activation(
            version, from, Optional.of(7L), new Deed(Optional.of(1L), Instant.now(), "why")));
  }

  @Test
  void the_packs_own_is_the_first_and_is_read_back_as_it_was() {
    open(
        pack(),
        TestDatabase.fresh(),
        (database, url) -> {
          BoundaryVersions versions = database.boundaries();
          BoundaryVersion first = versions.findTip().orElseThrow();
          assertThat(first.version()).isEqualTo(pack().boundaryVersion());
          assertThat(first.state()).isEqualTo(State.ACTIVE);
          assertThat(first.layers())
              .extracting(l -> l.id())
              .containsExactlyElementsOf(
                  pack().boundaries().layers().stream().map(l -> l.id()).toList());
          assertThat(first.layers()).allSatisfy(l -> assertThat(l.sha256()).hasSize(64));
          Boundaries read = versions.load(first);
          assertThat(read.layers().stream().map(l -> l.id()).toList())
              .containsExactlyElementsOf(
                  pack().boundaries().layers().stream().map(l -> l.id()).toList());
          assertThat(read.areas()).hasSameSizeAs(pack().boundaries().areas());
          assertThat(read.list("street"))
              .allSatisfy(
                  a ->
                      assertThat(
                              pack().boundaries().list("street").stream()
                                  .filter(b -> b.code().equals(a.code()))
                                  .findFirst()
                                  .orElseThrow()
                                  .shape()
                                  .equalsExact(a.shape()))
                          .isTrue());
        });
  }

  @Test
  void a_staged_version_is_seen_by_nobody_until_it_is_switched_to() {
    open(
        pack(),
        TestDatabase.fresh(),
        (database, url) -> {
          BoundaryVersions versions = database.boundaries();
          String first = pack().boundaryVersion();
          String second = stage(versions, "second");
          assertThat(versions.findValidAt(Instant.now())).contains(first);
          assertThat(versions.succession(Instant.now()).follow(List.of("320113001")))
              .containsExactly("320113001");
          Instant before = Instant.now();
          assertThat(activate(versions, second, Instant.now())).isTrue();
          Instant after = versions.find(second).orElseThrow().validFrom().orElseThrow();
          assertThat(versions.findValidAt(after)).contains(second);
          assertThat(versions.findValidAt(before.minusMillis(50))).contains(first);
          assertThat(versions.succession(after).follow(List.of("320113001")))
              .containsExactly("320113001", "Ssecond");
          assertThat(versions.withdraw(first, DEED)).as("not the end of the chain").isFalse();
          assertThat(
                  versions.withdraw(second, new Deed(Optional.of(1L), Instant.now(), "a mistake")))
              .isTrue();
          assertThat(versions.findValidAt(Instant.now().plusSeconds(1))).contains(first);
          assertThat(versions.findValidAt(after)).as("what held then held then").contains(second);
          assertThat(versions.withdraw(second, DEED)).as("only once").isFalse();
          assertThat(activate(versions, second, Instant.now())).as("nor again").isFalse();
          assertThat(versions.listLog(10))
              .extracting(BoundaryVersions.Logged::kind)
              .containsExactly("WITHDRAWN", "ACTIVATED", "PACK_ACTIVATED");
        });
  }

  @Test
  void of_two_who_decide_at_once_one_wins() {
    open(
        pack(),
        TestDatabase.fresh(),
        (database, url) -> {
          BoundaryVersions versions = database.boundaries();
          List<String> staged = new ArrayList<>();
          for (int i = 0; i < 4; i++) staged.add(stage(versions, "rival" + i));
          try (ExecutorService people = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> all =
                staged.stream()
                    .<Callable<Boolean>>map(v -> () -> activate(versions, v, Instant.now()))
                    .toList();
            int won = 0;
            for (Future<Boolean> one : people.invokeAll(all)) if (one.get()) won++;
            assertThat(won).isEqualTo(1);
          }
          assertThat(versions.list()).filteredOn(v -> v.state() == State.ACTIVE).hasSize(2);
        });
  }

  @Test
  void a_plan_holds_from_its_day_and_nothing_comes_under_it() {
    open(
        pack(),
        TestDatabase.fresh(),
        (database, url) -> {
          BoundaryVersions versions = database.boundaries();
          String first = pack().boundaryVersion();
          Instant soon = Instant.now().plus(Duration.ofDays(3));
          assertThat(activate(versions, stage(versions, "plan"), soon)).isTrue();
          assertThat(versions.findValidAt(Instant.now())).contains(first);
          assertThat(versions.findValidAt(soon.plusSeconds(1))).contains("plan");
          assertThat(versions.succession(Instant.now()).follow(List.of("320113001"))).hasSize(1);
          assertThat(activate(versions, stage(versions, "under"), Instant.now())).isFalse();
          assertThat(activate(versions, "under", soon.plus(Duration.ofDays(1)))).isTrue();
        });
  }

  @Test
  void an_interrupted_staging_is_completed_or_dropped() {
    open(
        pack(),
        TestDatabase.fresh(),
        (database, url) -> {
          BoundaryVersions versions = database.boundaries();
          BoundaryVersion tip = versions.findTip().orElseThrow();
          Staging half =
              new Staging(
                  "half",
                  Origin.IMPORT,
                  Optional.empty(),
                  Optional.of(tip.version()),
                  "",
                  tip.layers());
          assertThatThrownBy(
                  () ->
                      versions.stage(
                          half,
                          pack().boundaries(),
                          NOTHING,
                          percent -> {
                            throw new IllegalStateException("the power fails");
                          }))
              .hasMessage("the power fails");
          assertThat(versions.find("half").orElseThrow().state()).isEqualTo(State.STAGING);
          assertThat(activate(versions, "half", Instant.now())).isFalse();
          versions.stage(half, pack().boundaries(), NOTHING, percent -> {});
          assertThat(versions.find("half").orElseThrow().state()).isEqualTo(State.STAGED);
          assertThat(versions.load(versions.find("half").orElseThrow()).areas())
              .hasSameSizeAs(pack().boundaries().areas());
          versions.drop("half");
          assertThat(versions.find("half")).isEmpty();
          assertThat(count(url, "boundary_area WHERE version = 'half'")).isZero();
          versions.drop(tip.version());
          assertThat(versions.load(tip).areas()).hasSameSizeAs(pack().boundaries().areas());
        });
  }

  @Test
  void files_of_a_pack_that_change_are_a_new_version_and_so_when_they_change_back() {
    String url = TestDatabase.fresh();
    String first = pack().boundaryVersion();
    open(pack(), url, (database, u) -> stageAndHold(database.boundaries(), "imported"));
    open(
        pack(),
        url,
        (database, u) ->
            assertThat(database.boundaries().findValidAt(Instant.now().plusSeconds(1)))
                .as("a pack that is known says nothing")
                .contains("imported"));
    open(
        changed("aaaa"),
        url,
        (database, u) -> {
          BoundaryVersions versions = database.boundaries();
          assertThat(versions.findValidAt(Instant.now().plusSeconds(1))).contains("aaaa");
          assertThat(versions.findTip().orElseThrow().base()).contains("imported");
          assertThat(activate(versions, stage(versions, "plan"), Instant.now().plusSeconds(86_400)))
              .isTrue();
        });
    open(
        pack(),
        url,
        (database, u) -> {
          BoundaryVersions versions = database.boundaries();
          assertThat(versions.findValidAt(Instant.now().plusSeconds(1))).contains(first + "-2");
          assertThat(versions.find("plan").orElseThrow().state())
              .as("a plan that would undo the change")
              .isEqualTo(State.WITHDRAWN);
        });
  }

  private static void stageAndHold(BoundaryVersions versions, String version) {
    assertThat(activate(versions, stage(versions, version), Instant.now())).isTrue();
  }

  @Test
  void two_servers_that_start_at_once_take_the_pack_once() throws Exception {
    String url = TestDatabase.fresh();
    open(pack(), url, (database, u) -> {});
    try (ExecutorService servers = Executors.newFixedThreadPool(2)) {
      Callable<Void> start =
          () -> {
            open(changed("bbbb"), url, (database, u) -> {});
            return null;
          };
      for (Future<Void> one : servers.invokeAll(List.of(start, start))) one.get();
    }
    assertThat(count(url, "boundary_version")).isEqualTo(2);
    assertThat(count(url, "boundary_event WHERE kind = 'PACK_ACTIVATED'")).isEqualTo(2);
  }

  @Test
  void a_database_of_before_is_taken_along_with_what_it_holds() throws SQLException {
    String url = TestDatabase.empty();
    String name = url.substring(url.lastIndexOf('/') + 1);
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      Flyway.configure()
          .dataSource(c.getMetaData().getURL(), "gridline", "test")
          .locations("classpath:org/gridline/dispatch/store/migration")
          .table("schema_history")
          .target("003")
          .load()
          .migrate();
      s.execute(
          "INSERT INTO boundary_version VALUES ('old1', '2026-01-01'), ('old2', '2026-03-01')");
      s.execute(
          "INSERT INTO boundary_area SELECT v, 'street', 'S1', 'one', NULL,"
              + " ST_GeomFromText('POLYGON((118 32,118.1 32,118.1 32.1,118 32.1,118 32))', 4326)"
              + " FROM unnest(ARRAY['old1','old2']) v");
      assertThat(name).isNotEmpty();
    }
    open(
        pack(),
        url,
        (database, u) -> {
          BoundaryVersions versions = database.boundaries();
          assertThat(versions.list())
              .extracting(BoundaryVersion::version)
              .containsExactly(pack().boundaryVersion(), "old2", "old1");
          assertThat(versions.findTip().orElseThrow().base()).contains("old2");
          assertThat(versions.findValidAt(Instant.parse("2026-02-01T00:00:00Z"))).contains("old1");
          BoundaryVersion old = versions.find("old1").orElseThrow();
          assertThat(versions.load(old).areas()).hasSize(1);
          assertThat(versions.load(old).layers()).hasSize(1);
          assertThat(count(url, "area_begun WHERE code = 'S1' AND version = 'old1'"))
              .as("a code begins where it was first")
              .isEqualTo(1);
          assertThat(count(url, "area_begun WHERE version = 'old2'")).isZero();
        });
  }

  @Test
  void what_held_and_what_was_done_does_not_change() {
    open(
        pack(),
        TestDatabase.fresh(),
        (database, url) -> {
          stageAndHold(database.boundaries(), "second");
          for (String sql :
              List.of(
                  "UPDATE boundary_event SET note = 'x'",
                  "DELETE FROM boundary_event",
                  "TRUNCATE boundary_event",
                  "UPDATE boundary_area SET name = 'x'",
                  "DELETE FROM boundary_area",
                  "TRUNCATE boundary_area",
                  "UPDATE boundary_version SET valid_from = now()",
                  "DELETE FROM boundary_version"))
            try (Connection c = TestDatabase.connectTo(url);
                Statement s = c.createStatement()) {
              assertThatThrownBy(() -> s.execute(sql)).as(sql).isInstanceOf(SQLException.class);
            }
        });
  }

  @Test
  void an_import_is_told_until_it_ends_and_ends_once() {
    open(
        pack(),
        TestDatabase.fresh(),
        (database, url) -> {
          var imports = database.boundaryImports();
          Instant now = Instant.now();
          imports.begin(upload(5, now));
          imports.tell(5, BoundaryImport.State.CHECKING, 40, now);
          assertThat(imports.listSilent(now.minusSeconds(60))).isEmpty();
          assertThat(imports.listSilent(now.plusSeconds(60))).hasSize(1);
          assertThat(imports.end(5, BoundaryImport.State.FAILED, "p", Optional.empty(), now))
              .isTrue();
          assertThat(imports.end(5, BoundaryImport.State.DISCARDED, "", Optional.of(1L), now))
              .isFalse();
          imports.tell(5, BoundaryImport.State.CHECKING, 50, now);
          assertThat(imports.find(5).orElseThrow().state()).isEqualTo(BoundaryImport.State.FAILED);
          assertThat(imports.find(5).orElseThrow().problem()).contains("p");
          assertThat(database.boundaries().listLog(2))
              .extracting(BoundaryVersions.Logged::kind)
              .containsExactly("FAILED", "UPLOADED");
        });
  }

  private static BoundaryImport upload(long id, Instant now) {
    return new BoundaryImport(
        id,
        BoundaryImport.State.RECEIVED,
        0,
        "street",
        "{}",
        "x.json",
        3,
        "",
        1,
        now,
        Optional.empty(),
        Optional.empty(),
        "[]",
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void what_was_discarded_is_not_activated_and_the_other_way_round() {
    open(
        pack(),
        TestDatabase.fresh(),
        (database, url) -> {
          BoundaryVersions versions = database.boundaries();
          var imports = database.boundaryImports();
          Instant now = Instant.now();
          Deed deed = new Deed(Optional.of(1L), now, "");
          for (long id : List.of(8L, 9L)) {
            imports.begin(upload(id, now));
            imports.staging(id, stage(versions, "v" + id));
            imports.ready(id, "{}", now);
            assertThat(imports.find(id).orElseThrow().state())
                .isEqualTo(BoundaryImport.State.READY);
          }
          assertThat(imports.end(8, BoundaryImport.State.DISCARDED, "", deed.user(), now)).isTrue();
          assertThat(versions.activate(new Activation("v8", now, Optional.of(8L), deed)))
              .as("its version is still staged")
              .isFalse();
          assertThat(imports.find(8).orElseThrow().state())
              .isEqualTo(BoundaryImport.State.DISCARDED);
          assertThat(versions.activate(new Activation("v9", now, Optional.of(9L), deed))).isTrue();
          assertThat(imports.end(9, BoundaryImport.State.DISCARDED, "", deed.user(), now))
              .isFalse();
          assertThat(versions.findTip().orElseThrow().version()).isEqualTo("v9");
        });
  }

  @Test
  void an_import_whose_base_has_moved_is_marked_with_what_to_do_and_cleaned_up() {
    open(
        pack(),
        TestDatabase.fresh(),
        (database, url) -> {
          BoundaryVersions versions = database.boundaries();
          var imports = database.boundaryImports();
          Instant now = Instant.now();
          for (long id : List.of(8L, 9L)) {
            imports.begin(upload(id, now));
            imports.staging(id, stage(versions, "v" + id));
            imports.ready(id, "{}", now);
          }
          imports.markStale(now);
          assertThat(imports.find(9).orElseThrow().state())
              .as("both still stand on the end of the chain")
              .isEqualTo(BoundaryImport.State.READY);
          assertThat(versions.activate(new Activation("v8", now, Optional.of(8L), DEED))).isTrue();
          imports.markStale(now);
          imports.markStale(now);
          BoundaryImport stale = imports.find(9).orElseThrow();
          assertThat(stale.state()).isEqualTo(BoundaryImport.State.STALE);
          assertThat(stale.problem().orElseThrow()).contains("重新导入", "import the same file again");
          assertThat(imports.find(8).orElseThrow().state())
              .isEqualTo(BoundaryImport.State.ACTIVATED);
          assertThat(versions.listLog(9))
              .extracting(BoundaryVersions.Logged::kind)
              .containsOnlyOnce("STALE");
          assertThat(versions.activate(new Activation("v9", now, Optional.of(9L), DEED))).isFalse();
          assertThat(imports.listLeftVersions()).containsExactly("v9");
          imports.listLeftVersions().forEach(versions::drop);
          assertThat(versions.find("v9")).isEmpty();
          assertThat(count(url, "boundary_area WHERE version = 'v9'")).isZero();
        });
  }

  @Test
  void two_servers_on_one_import_leave_nothing_behind() {
    open(
        pack(),
        TestDatabase.fresh(),
        (database, url) -> {
          BoundaryVersions versions = database.boundaries();
          BoundaryVersion tip = versions.findTip().orElseThrow();
          Staging shared =
              new Staging(
                  "shared",
                  Origin.IMPORT,
                  Optional.empty(),
                  Optional.of(tip.version()),
                  "",
                  tip.layers());
          // The other one takes this one for dead and cleans up, while it still writes.
          assertThat(
                  versions.stage(
                      shared,
                      pack().boundaries(),
                      NOTHING,
                      percent -> {
                        if (percent < 50) versions.drop("shared");
                      }))
              .as("told so, and not written on")
              .isFalse();
          assertThat(versions.find("shared")).isEmpty();
          assertThat(count(url, "boundary_area WHERE version = 'shared'")).isZero();
          // Rows without a version, as an earlier release could leave them.
          try (Connection c = TestDatabase.connectTo(url);
              Statement s = c.createStatement()) {
            s.execute(
                "INSERT INTO boundary_area SELECT 'orphan', layer, code, name, parent, shape"
                    + " FROM boundary_area WHERE layer = 'grid' LIMIT 600");
          }
          versions.dropOrphans();
          assertThat(count(url, "boundary_area WHERE version = 'orphan'")).isZero();
          assertThat(versions.load(tip).areas()).hasSameSizeAs(pack().boundaries().areas());
        });
  }

  private static long count(String url, String what) {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery("SELECT count(*) FROM " + what)) {
      r.next();
      return r.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
