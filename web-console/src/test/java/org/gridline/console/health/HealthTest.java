package org.gridline.console.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.gridline.console.health.Finding.State;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.store.Vitals;
import org.gridline.dispatch.store.Vitals.Archiving;
import org.junit.jupiter.api.Test;

/** What makes a node unready, what is only told, and since when. */
class HealthTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final AtomicReference<Vitals> vitals = new AtomicReference<>(well());
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

  private final DatabaseHealth database =
      new DatabaseHealth(
          () -> Optional.ofNullable(vitals.get()).orElseThrow(IllegalStateException::new),
          () -> 0,
          8,
          now::get);
  private final Health health = new Health(List.of(database), now::get);

  @Test
  void all_is_well() {
    assertThat(health.look().causes()).isEmpty();
    assertThat(health.look().details())
        .allSatisfy(d -> assertThat(d.finding().state()).isEqualTo(State.WELL));
  }

  @Test
  void a_held_horizon_or_a_silent_sealer_makes_the_node_unready() {
    vitals.set(with(6, 0, 0, Duration.ZERO, "001"));
    assertThat(health.look().causes()).containsExactly("horizon-age");
    vitals.set(with(0, 6, 0, Duration.ZERO, "001"));
    assertThat(health.look().causes()).containsExactly("sealer-lag");
  }

  @Test
  void old_anchors_a_wrong_clock_and_another_schema_are_told_and_nothing_more() {
    vitals.set(with(0, 0, 3_600, Duration.ofSeconds(-90), "002"));
    Health.Report report = health.look();
    assertThat(report.causes()).isEmpty();
    assertThat(report.details())
        .filteredOn(d -> d.finding().state() == State.DEGRADED)
        .extracting(d -> d.finding().name())
        .containsExactlyInAnyOrder("anchors-age", "clock", "migration");
  }

  @Test
  void an_archive_that_fails_is_told_and_the_node_stays_ready() {
    Vitals v = well();
    vitals.set(
        new Vitals(
            v.at(),
            0,
            0,
            0,
            v.position(),
            v.blocks(),
            0,
            v.anchoredPosition(),
            0,
            0,
            v.databaseBytes(),
            "001",
            "001",
            Duration.ZERO,
            Optional.empty(),
            Archiving.FAILS));
    Health.Report report = health.look();
    assertThat(report.causes()).isEmpty();
    assertThat(report.details())
        .filteredOn(d -> d.finding().state() == State.DEGRADED)
        .extracting(d -> d.finding().name())
        .containsExactly("archive");
  }

  @Test
  void however_many_ask_within_a_second_the_database_is_asked_once() {
    AtomicLong asked = new AtomicLong();
    HealthCheck counted =
        new HealthCheck() {
          @Override
          public String name() {
            return "counted";
          }

          @Override
          public List<Finding> look() {
            asked.incrementAndGet();
            return List.of(new Finding("counted", State.WELL, "", "", new Names("无", "none")));
          }
        };
    Health glanced = new Health(List.of(counted), now::get);
    long begun = System.nanoTime();
    for (int i = 0; i < 1_000; i++) assertThat(glanced.glance().details()).hasSize(1);
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(asked.get()).isBetween(1L, 1 + (long) seconds);
    long before = asked.get();
    glanced.look();
    assertThat(asked.get()).as("whoever looks, looks").isEqualTo(before + 1);
  }

  @Test
  void without_the_database_it_is_the_cause_and_since_when_is_kept() {
    health.look();
    now.set(NOON.plusSeconds(10));
    vitals.set(null);
    assertThat(health.look().causes()).containsExactly("database");
    now.set(NOON.plusSeconds(20));
    assertThat(health.look().details().getFirst().since()).isEqualTo(NOON.plusSeconds(10));
    assertThat(health.state("database")).isEqualTo(2);
    assertThat(database.last()).isEmpty();
    vitals.set(well());
    assertThat(health.look().causes()).isEmpty();
    assertThat(health.state("database")).isZero();
  }

  @Test
  void a_check_that_breaks_is_trouble_of_its_own_and_hides_no_other() {
    HealthCheck broken =
        new HealthCheck() {
          @Override
          public String name() {
            return "search-index";
          }

          @Override
          public List<Finding> look() {
            throw new IllegalStateException("13800001234");
          }
        };
    Health.Report report = new Health(List.of(broken, database), now::get).look();
    assertThat(report.causes()).isEmpty();
    assertThat(report.details().getFirst().finding().name()).isEqualTo("search-index");
    assertThat(report.details().getFirst().finding().state()).isEqualTo(State.DEGRADED);
    assertThat(report.toString()).doesNotContain("13800001234");
    assertThat(report.details()).hasSizeGreaterThan(5);
  }

  @Test
  void the_disk_is_told_before_it_is_full() throws Exception {
    var folder = java.nio.file.Files.createTempDirectory("gridline-disk");
    assertThat(new DiskHealth(folder, 1).look().getFirst().state()).isEqualTo(State.WELL);
    assertThat(new DiskHealth(folder, Long.MAX_VALUE).look().getFirst().state())
        .isEqualTo(State.DEGRADED);
    java.nio.file.Files.createDirectory(folder.resolve("postgres"));
    assertThat(new DiskHealth(folder, 1).look()).hasSize(2);
  }

  @Test
  void a_feed_that_follows_is_well() {
    AtomicLong position = new AtomicLong();
    FeedHealth feed = new FeedHealth(position::get, () -> Optional.of(well()));
    feed.look();
    position.set(100);
    assertThat(feed.look().getFirst().state()).isEqualTo(State.WELL);
  }

  @Test
  void a_finding_has_a_stable_name() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> new Finding("A name", State.WELL, "", "", new Names("无", "none"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Vitals well() {
    return with(0, 0, 0, Duration.ZERO, "001");
  }

  private static Vitals with(
      double horizon, double silence, double anchors, Duration offset, String migration) {
    return new Vitals(
        NOON,
        horizon,
        silence,
        0,
        100,
        10,
        anchors,
        100,
        0,
        0,
        1 << 20,
        migration,
        "001",
        offset,
        Optional.empty(),
        Archiving.OFF);
  }
}
