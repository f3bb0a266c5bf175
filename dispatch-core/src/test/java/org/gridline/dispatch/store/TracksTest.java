package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.track.Fix;
import org.gridline.dispatch.track.Tracks;
import org.gridline.dispatch.track.Tracks.Last;
import org.gridline.dispatch.track.Tracks.Worker;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tracks in the database: whole days go, the last position is one row, many share a statement. */
class TracksTest {
  private static final String URL = TestDatabase.fresh();
  private static Desk desk;
  private static Instant noon;
  private static Tracks tracks;

  @BeforeAll
  static void open() {
    desk = Desk.open(URL);
    tracks = desk.database().tracks();
    noon =
        desk.database().clock().instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(12));
    tracks.keepDays(noon.minus(Duration.ofDays(7)), noon.plus(Duration.ofDays(2)));
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @Test
  void what_is_over_its_time_goes_by_whole_days_and_the_rest_stays() throws SQLException {
    Worker worker = worker(11);
    for (int days = 0; days <= 7; days++)
      tracks.add(worker, List.of(fix(noon.minus(Duration.ofDays(days)), 118.84)), noon);
    assertThat(points(11)).isEqualTo(8);
    tracks.keepDays(noon.minus(Duration.ofDays(3)), noon.plus(Duration.ofDays(2)));
    assertThat(points(11)).isEqualTo(4);
    assertThat(
            list(
                "SELECT min(c.relname) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                    + " WHERE i.inhparent = 'worker_track'::regclass"))
        .containsExactly("worker_track_" + day(3).replace("-", ""));
    tracks.keepDays(noon.minus(Duration.ofDays(7)), noon.plus(Duration.ofDays(2)));
    assertThat(points(11)).as("room again, and nothing has come back").isEqualTo(4);
    assertThatThrownBy(() -> tracks.keepDays(noon, noon.plus(Duration.ofDays(900)))).isNotNull();
  }

  private static String day(int ago) {
    return noon.minus(Duration.ofDays(ago)).toString().substring(0, 10);
  }

  @Test
  void the_last_position_is_the_newest_whatever_comes_late_and_the_same_again_changes_nothing() {
    Worker worker = worker(12);
    tracks.add(worker, List.of(fix(noon, 118.84), fix(noon.plusSeconds(10), 118.85)), noon);
    tracks.add(worker, List.of(fix(noon.minusSeconds(60), 118.80)), noon);
    tracks.add(worker, List.of(fix(noon, 118.84)), noon);
    assertThat(points(12)).isEqualTo(3);
    assertThat(last(12).position().lon()).isEqualTo(118.85);
    assertThat(last(12).areas()).containsExactly("320113", "320113001");
    tracks.leave(List.of(12L));
    assertThat(tracks.listLast()).extracting(Last::worker).doesNotContain(12L);
    assertThat(points(12)).as("the track stays").isEqualTo(3);
  }

  @Test
  void a_round_of_1500_workers_is_written_by_few_statements_that_touch_no_ticket()
      throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    String touched =
        "SELECT COALESCE(sum(n_tup_ins + n_tup_upd + n_tup_del + n_dead_tup), 0)::text FROM pg_stat_user_tables"
            + " WHERE relname LIKE 'ticket%' AND relname NOT LIKE 'ticket_opened'";
    String before = list(touched).getFirst();
    Instant begin = Instant.now();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int w = 0; w < 1_500; w++) {
        Worker worker = worker(10_000 + w);
        all.add(threads.submit(() -> tracks.add(worker, List.of(fix(noon, 118.84)), noon)));
      }
      for (Future<?> one : all) one.get(2, TimeUnit.MINUTES);
    }
    // Ten seconds are a round's time; a machine that does much else meanwhile may take ten times
    // it.
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(100));
    assertThat(tracks.listLast().stream().filter(l -> l.worker() >= 10_000)).hasSize(1_500);
    assertThat(list(touched)).containsExactly(before);
  }

  @Test
  void looks_and_emergencies_stay_as_they_were_written() throws SQLException {
    Instant now = desk.database().clock().instant();
    desk.database().emergencies().declare(Set.of("320113"), "防汛", 1, now, now.plusSeconds(60));
    tracks.looked(1, 2, org.gridline.dispatch.track.Purpose.SAFETY, now, now, now);
    for (String table : List.of("emergency", "emergency_end", "track_look")) {
      if (!table.equals("emergency_end"))
        assertThat(list("SELECT count(*)::text FROM " + table)).containsExactly("1");
      assertThatThrownBy(() -> run("TRUNCATE " + table + " CASCADE"))
          .hasMessageContaining("history does not change");
    }
    assertThatThrownBy(() -> run("UPDATE emergency SET why = 'nichts'"))
        .hasMessageContaining("history does not change");
    assertThatThrownBy(() -> run("DELETE FROM track_look"))
        .hasMessageContaining("history does not change");
  }

  private static Worker worker(long id) {
    return new Worker(id, Optional.of("CM-320113001001"), Set.of("CM-320113001001"));
  }

  private static Fix fix(Instant at, double lon) {
    return new Fix(
        at,
        new Position(lon, 32.12),
        OptionalDouble.of(5),
        Place.Flag.OK,
        List.of("320113", "320113001"),
        new Fix.Ground.Task());
  }

  private static int points(long worker) {
    return tracks
        .list(worker, noon.minus(Duration.ofDays(30)), noon.plus(Duration.ofDays(2)), 1_000)
        .size();
  }

  private static Last last(long worker) {
    return tracks.listLast().stream().filter(l -> l.worker() == worker).findFirst().orElseThrow();
  }

  private static void run(String sql) throws SQLException {
    try (Connection c = TestDatabase.connectTo(URL);
        Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }

  private static List<String> list(String sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Connection c = TestDatabase.connectTo(URL);
        Statement s = c.createStatement();
        var rows = s.executeQuery(sql)) {
      while (rows.next()) all.add(rows.getString(1));
    }
    return all;
  }
}
