package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.city.NoticeFile;
import org.gridline.dispatch.deadline.ClockStep;
import org.gridline.dispatch.deadline.DeadlineSweep;
import org.gridline.dispatch.deadline.DeadlineSweep.Round;
import org.gridline.dispatch.event.EventLog.Entry;
import org.gridline.dispatch.event.EventLog.Sealed;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActOnTicket;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.Ticket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several sweeps and people at the same tickets at once: everything once, in order, provable. */
@Timeout(400)
class TimersUnderFireTest {
  private static final int TICKETS = 250;
  private static final int SWEEPS = 4;
  private static final Scope ALL = new Scope.District();

  @Test
  void every_clock_fires_once_whoever_sweeps_and_whoever_acts() throws Exception {
    String url = TestDatabase.fresh();
    try (Desk desk = Desk.open(url);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Ticket> tickets = new ArrayList<>();
      for (int i = 0; i < TICKETS; i++) {
        tickets.add(desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket());
      }
      Instant now = desk.database().clock().instant().plus(Duration.ofDays(100));
      ConcurrentLinkedQueue<String> fired = new ConcurrentLinkedQueue<>();
      AtomicBoolean acting = new AtomicBoolean(true);
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < SWEEPS; i++) {
        work.add(threads.submit(sweeping(desk, now, acting, fired)));
      }
      CountDownLatch actors = new CountDownLatch(2);
      for (int i = 0; i < 2; i++) {
        int seed = i;
        work.add(
            threads.submit(
                () -> {
                  sign(desk, tickets, new Random(seed));
                  actors.countDown();
                  return null;
                }));
      }
      actors.await();
      acting.set(false);
      for (Future<?> w : work) w.get();

      Set<String> once = new HashSet<>(fired);
      assertThat(fired).hasSameSizeAs(once);
      Set<String> written = new HashSet<>();
      int clockEvents = 0;
      for (Ticket ticket : tickets) {
        for (Entry e : desk.database().events().history(ticket.id(), ALL)) {
          if (!e.kind().startsWith("Clock")) continue;
          clockEvents++;
          assertThat(written.add(ticket.id() + e.kind() + e.data())).isTrue();
        }
      }
      assertThat(clockEvents).isEqualTo(once.size());
      assertThat(count(url, "deadline WHERE next_at <= '%s'".formatted(now))).isZero();
      assertThat(
              count(
                  url,
                  "(SELECT FROM notice GROUP BY ticket_id, version, rule HAVING count(*) > 1) x"))
          .isZero();
      inOrder(desk, tickets);
      assertThat(desk.database().verifier().verify().broken()).isEmpty();
    }
  }

  private static Callable<Void> sweeping(
      Desk desk, Instant now, AtomicBoolean acting, ConcurrentLinkedQueue<String> fired) {
    NoticeRules rules =
        NoticeFile.read(
            Desk.repository().resolve("config/cities/qixia-sample"), Desk.packForTests());
    DeadlineSweep sweep =
        new DeadlineSweep(desk.database().dueClocks(), rules, desk.database().tickets(), Map.of());
    return () -> {
      while (true) {
        boolean last = !acting.get();
        Round round = sweep.round(now, Duration.ZERO);
        round
            .fired()
            .forEach(
                d ->
                    fired.add(
                        d.ticket() + " " + d.clock() + d.step() + d.level() + " " + d.moment()));
        if (last && !round.left() && round.fired().isEmpty()) return null;
      }
    };
  }

  /** Each ticket is signed for by whoever gets there, however often the sweeps are faster. */
  private static void sign(Desk desk, List<Ticket> tickets, Random random) {
    List<Ticket> mine = new ArrayList<>(tickets);
    java.util.Collections.shuffle(mine, random);
    for (Ticket ticket : mine) {
      User handler = desk.handlerOf(ticket.owner().orElseThrow().unit());
      int version = ticket.version();
      while (true) {
        try {
          if (desk.acting().act(ticket.id(), version, new Action.Sign(), handler)
              instanceof ActOnTicket.Outcome.Conflict(var current)) {
            version = current.version();
            continue;
          }
        } catch (Failure signedByTheOther) {
          // Both go through all of them.
        }
        break;
      }
    }
  }

  /** A ticket's versions rise with the positions, without gaps. */
  private static void inOrder(Desk desk, List<Ticket> tickets) {
    Map<Long, Integer> last = new HashMap<>();
    long seq = 0;
    long all = 0;
    for (Ticket ticket : tickets) all += desk.database().tickets().get(ticket.id(), ALL).version();
    long read = 0;
    while (read < all) {
      for (Sealed event : desk.database().events().listAfter(seq, 1_000)) {
        assertThat(event.version()).isEqualTo(last.getOrDefault(event.ticket(), 0) + 1);
        last.put(event.ticket(), event.version());
        seq = event.seq();
        read++;
      }
    }
  }

  @Test
  void two_nodes_fire_in_time_by_themselves() throws Exception {
    String url = TestDatabase.fresh();
    Vertx second = Vertx.vertx();
    try (Desk desk = Desk.open(url)) {
      for (int i = 0; i < 40; i++) {
        desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12);
      }
      NoticeRules rules =
          NoticeFile.read(
              Desk.repository().resolve("config/cities/qixia-sample"), Desk.packForTests());
      Database other =
          Database.open(
              second,
              url,
              Files.createTempDirectory("gridline-other").resolve("secrets"),
              Desk.packForTests());
      Lags lags = new Lags(40);
      desk.database().loops().startTimers(rules, Map.of(), lags);
      other.loops().startTimers(rules, Map.of(), lags);
      try (Connection c = TestDatabase.connectTo(url);
          Statement s = c.createStatement()) {
        s.execute(
            "UPDATE deadline SET warn_at = clock_timestamp() + ticket_id % 10 * interval '100 ms' + interval '300 ms'"
                + " WHERE clock = 'sign'");
      }
      assertThat(lags.all.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(lags.early).hasValue(0);
      assertThat(lags.late).hasValue(0);
      other.close().await();
      assertThat(count(url, "ticket_event WHERE kind = 'ClockWarned'")).isEqualTo(40);
      // The database's own clock was past the moment when the row was written.
      assertThat(
              count(
                  url,
                  "ticket_event e JOIN deadline d ON d.ticket_id = e.ticket_id AND d.clock = 'sign'"
                      + " WHERE e.kind = 'ClockWarned' AND e.at < d.warn_at"))
          .isZero();
    } finally {
      second.close().await();
    }
  }

  /** Lags of what fired; ten times the goal counts as late. */
  private static final class Lags implements TimersWatch {
    private final CountDownLatch all;
    private final AtomicInteger early = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();

    Lags(int expected) {
      all = new CountDownLatch(expected);
    }

    @Override
    public void fired(ClockStep step, Duration lag) {
      if (lag.isNegative()) early.incrementAndGet();
      if (lag.compareTo(Duration.ofSeconds(10)) > 0) late.incrementAndGet();
      all.countDown();
    }

    @Override
    public void stands(Duration held, int aside) {}

    @Override
    public void pending(long clocks) {}
  }

  private static long count(String url, String from) throws Exception {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement();
        var rows = s.executeQuery("SELECT count(*) FROM " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
