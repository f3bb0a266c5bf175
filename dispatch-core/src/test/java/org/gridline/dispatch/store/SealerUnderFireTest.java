package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.gridline.dispatch.event.EventLog.Sealed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many writers with transactions of random length, rollbacks and killed backends, two sealers and a
 * reader that follows: every committed event gets exactly one position, in an order that never
 * changes.
 */
@Tag("torture")
@Timeout(300)
class SealerUnderFireTest {
  private static final int GOAL = 500_000;
  private static final int WRITERS = 10;
  private static final String INSERT =
      "INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, state_after, data, prev_hash, hash)"
          + " SELECT ?, v, ? + v, 'TicketRegistered', now(), 1, 'REGISTERED', '{}', '', sha256(?::text::bytea)"
          + " FROM generate_series(?, ?) v";

  @Test
  void every_committed_event_gets_exactly_one_position_and_keeps_it() throws Exception {
    String url = TestDatabase.fresh();
    Vertx vertx = Vertx.vertx();
    Database database =
        Database.open(
            vertx,
            url,
            Files.createTempDirectory("gridline-data").resolve("secrets"),
            Desk.packForTests());
    database.loops().startSealer(() -> {});
    database.loops().startSealer(() -> {});

    Set<String> committed = ConcurrentHashMap.newKeySet();
    AtomicLong count = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    List<Sealed> followed = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        long seed = w;
        writers.add(threads.submit(() -> write(url, new Random(seed), seed, committed, count)));
      }
      Future<?> killer = threads.submit(() -> kill(url, done));
      Future<?> reader = threads.submit(() -> follow(database, done, committed, followed));
      try {
        for (Future<?> writer : writers) writer.get();
      } finally {
        done.set(true);
      }
      killer.get();
      reader.get();
    }

    assertThat(committed).hasSizeGreaterThanOrEqualTo(GOAL);
    assertThat(followed).hasSize(committed.size());
    Set<String> placed = new HashSet<>();
    for (int i = 0; i < followed.size(); i++) {
      Sealed event = followed.get(i);
      assertThat(event.seq()).isEqualTo(i + 1L);
      assertThat(placed.add(event.ticket() + "/" + event.version())).isTrue();
    }
    assertThat(placed).isEqualTo(committed);
    // The order that the reader saw while it was made is the order that stands.
    assertThat(readAll(database)).isEqualTo(followed);
    database.close().await();
    vertx.close().await();
  }

  private static void write(
      String url, Random random, long writer, Set<String> committed, AtomicLong count) {
    long ticket = writer << 40;
    while (count.get() < GOAL) {
      try (Connection c = TestDatabase.connectTo(url)) {
        c.setAutoCommit(false);
        try (PreparedStatement insert = c.prepareStatement(INSERT)) {
          while (count.get() < GOAL) {
            List<String> mine = new ArrayList<>();
            int statements = 1 + random.nextInt(4);
            for (int s = 0; s < statements; s++) {
              ticket++;
              int versions = 1 + random.nextInt(120);
              insert.setLong(1, ticket);
              insert.setLong(2, (ticket << 8));
              insert.setString(3, "" + ticket);
              insert.setInt(4, 1);
              insert.setInt(5, versions);
              insert.execute();
              for (int v = 1; v <= versions; v++) mine.add(ticket + "/" + v);
              if (random.nextInt(20) == 0) {
                try (Statement pause = c.createStatement()) {
                  pause.execute("SELECT pg_sleep(" + random.nextDouble(0.15) + ")");
                }
              }
            }
            if (random.nextInt(6) == 0) {
              c.rollback();
            } else {
              c.commit();
              committed.addAll(mine);
              count.addAndGet(mine.size());
            }
          }
        }
      } catch (SQLException killed) {
        // A backend that dies at the commit leaves its fate open, so the database itself is asked.
        settle(url, ticket - 8, ticket, committed, count);
      }
    }
  }

  /** Asks until an answer comes: whoever asks may be shot as well. */
  private static void settle(
      String url, long from, long to, Set<String> committed, AtomicLong count) {
    while (true) {
      try (Connection c = TestDatabase.connectTo(url);
          PreparedStatement look =
              c.prepareStatement(
                  "SELECT ticket_id, version FROM ticket_event WHERE ticket_id BETWEEN ? AND ?")) {
        look.setLong(1, from);
        look.setLong(2, to);
        try (ResultSet rows = look.executeQuery()) {
          while (rows.next()) {
            if (committed.add(rows.getLong(1) + "/" + rows.getInt(2))) count.incrementAndGet();
          }
        }
        return;
      } catch (SQLException shot) {
        Thread.onSpinWait();
      }
    }
  }

  private static Void kill(String url, AtomicBoolean done) throws Exception {
    Random random = new Random(7);
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      while (!done.get()) {
        // Also hits the sealers' own connections now and then.
        s.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1");
        s.execute("SELECT pg_sleep(" + (0.1 + random.nextDouble(0.4)) + ")");
      }
    }
    return null;
  }

  private static void follow(
      Database database, AtomicBoolean done, Set<String> committed, List<Sealed> followed) {
    while (!done.get() || followed.size() < committed.size()) {
      long last = followed.isEmpty() ? 0 : followed.getLast().seq();
      try {
        followed.addAll(database.events().listAfter(last, 1_000));
      } catch (org.gridline.dispatch.Failure killed) {
        // Its connection was shot too; it asks again from where it stands.
        Thread.onSpinWait();
      }
    }
  }

  private static List<Sealed> readAll(Database database) {
    List<Sealed> all = new ArrayList<>();
    while (true) {
      List<Sealed> more =
          database.events().listAfter(all.isEmpty() ? 0 : all.getLast().seq(), 5_000);
      if (more.isEmpty()) return all;
      all.addAll(more);
    }
  }
}
