package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.city.NoticeFile;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.deadline.DeadlineSweep;
import org.gridline.dispatch.event.EventLog.Entry;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActOnTicket;
import org.gridline.dispatch.ticket.ActOnTicket.Outcome;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 表单不因时钟失效: somebody fills in a form while the ticket's clock turns yellow and red. The step goes
 * through; a colleague's step in between still does not let it.
 */
@Timeout(180)
class S38_AClockSpoilsNoFormTest {
  private static final Scope ALL = new Scope.District();
  private static final int ACTORS = 8;
  private static final int STEPS = 60;
  private static final List<String> WHO_URGE =
      List.of("operator1", "operator2", "chief1", "dispatcher1", "inspector1");

  private Desk desk;
  private NoticeRules rules;

  @BeforeEach
  void open() {
    desk = Desk.open(TestDatabase.fresh());
    rules =
        NoticeFile.read(
            Desk.repository().resolve("config/cities/qixia-sample"), Desk.packForTests());
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void a_form_survives_yellow_red_and_escalation() {
    Ticket opened = dispatched();
    int fired = fireAll(sign(opened).dueAt().plus(Duration.ofHours(3)));
    assertThat(fired).isEqualTo(4);
    Ticket done = desk.act(opened, handler(opened), ActionKind.SIGN, Map.of());
    assertThat(done.state()).isEqualTo(TicketState.HANDLING);
    assertThat(done.version()).isEqualTo(opened.version() + fired + 1);
    assertThat(versions(done)).isEqualTo(done.version());
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  @Test
  void a_colleague_s_step_between_two_clocks_is_not_overlooked() {
    Ticket opened = dispatched();
    Instant warn = sign(opened).warnAt();
    assertThat(fireAll(warn)).isEqualTo(1);
    desk.act(get(opened), desk.person("chief1"), ActionKind.URGE, Map.of("words", "请抓紧"));
    assertThat(fireAll(sign(opened).dueAt())).isEqualTo(1);

    Outcome late = act(opened.id(), opened.version(), new Action.Sign(), handler(opened));
    assertThat(late).isEqualTo(new Outcome.Conflict(get(opened)));
    // Whoever saw the urging has missed only a clock.
    assertThat(act(opened.id(), get(opened).version() - 1, new Action.Sign(), handler(opened)))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void the_same_form_sent_twice_counts_once_however_many_clocks_fire() {
    Ticket opened = dispatched();
    fireAll(sign(opened).warnAt());
    assertThat(act(opened.id(), opened.version(), urge(), desk.person("chief1")))
        .isInstanceOf(Outcome.Done.class);
    fireAll(sign(opened).dueAt());
    assertThat(act(opened.id(), opened.version(), urge(), desk.person("chief1")))
        .isInstanceOf(Outcome.Conflict.class);
    assertThat(get(opened).progress().life().urges()).isEqualTo(1);
  }

  @Test
  void a_step_that_a_clock_itself_took_is_a_step() {
    Ticket opened = dispatched();
    assertThatThrownBy(() -> act(opened.id(), opened.version() + 1, urge(), desk.person("chief1")))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.INVALID_REQUEST));
    assertThat(act(opened.id(), -7, urge(), desk.person("chief1")))
        .isInstanceOf(Outcome.Conflict.class);
  }

  @Test
  void eight_at_a_time_beside_firing_clocks_lose_no_update() throws Exception {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 5; i++) tickets.add(dispatched());
    Instant now = desk.database().clock().instant().plus(Duration.ofDays(100));
    ConcurrentLinkedQueue<long[]> done = new ConcurrentLinkedQueue<>();
    CountDownLatch working = new CountDownLatch(ACTORS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      for (int actor = 0; actor < ACTORS; actor++) {
        User by = desk.person(WHO_URGE.get(actor % WHO_URGE.size()));
        Random random = new Random(actor);
        work.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < STEPS; i++) urge(tickets, by, random, done);
                  working.countDown();
                  return null;
                }));
      }
      work.add(
          threads.submit(
              () -> {
                DeadlineSweep sweep = sweep();
                while (working.getCount() > 0) {
                  // Locks the tickets first, as everything here does.
                  for (Ticket ticket : tickets)
                    sql(
                        """
                        WITH held AS MATERIALIZED (SELECT id FROM ticket WHERE id = %d FOR UPDATE)
                        UPDATE deadline d SET warned_for = NULL, overdue_for = NULL, level = 0
                          FROM held WHERE d.ticket_id = held.id
                        """
                            .formatted(ticket.id()));
                  sweep.round(now, Duration.ZERO);
                }
                return null;
              }));
      for (Future<?> w : work) w.get();
    }
    assertThat(done).hasSize(ACTORS * STEPS);
    int overlooked = 0;
    for (Ticket ticket : tickets) {
      List<Entry> history = desk.database().events().history(ticket.id(), ALL);
      long mine = done.stream().filter(d -> d[0] == ticket.id()).count();
      assertThat(get(ticket).progress().life().urges()).isEqualTo((int) mine);
      assertThat(history).filteredOn(e -> e.kind().equals("TicketUrged")).hasSize((int) mine);
      for (long[] step : done) {
        if (step[0] != ticket.id()) continue;
        for (Entry between : history.subList((int) step[1], (int) step[2] - 1)) {
          assertThat(between.kind()).startsWith("Clock");
          overlooked++;
        }
      }
    }
    assertThat(overlooked).as("clocks fired under forms").isPositive();
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  /** One step that goes through, after as many conflicts as it takes. */
  private void urge(
      List<Ticket> tickets, User by, Random random, ConcurrentLinkedQueue<long[]> done) {
    long id = tickets.get(random.nextInt(tickets.size())).id();
    int version = desk.database().tickets().get(id, ALL).version();
    while (true) {
      switch (act(id, version, urge(), by)) {
        case Outcome.Done(var after) -> {
          done.add(new long[] {id, version, after.version()});
          return;
        }
        case Outcome.Conflict(var current) -> version = current.version();
      }
    }
  }

  private static Action urge() {
    return new Action.Plain(ActionKind.URGE, "");
  }

  private Outcome act(long id, int version, Action action, User by) {
    ActOnTicket acting = desk.acting();
    return acting.act(id, version, action, by);
  }

  /** Fires the clocks that are due by then; how many. */
  private int fireAll(Instant now) {
    int fired = 0;
    int last;
    do {
      last = sweep().round(now, Duration.ZERO).fired().size();
      fired += last;
    } while (last > 0);
    return fired;
  }

  private DeadlineSweep sweep() {
    return new DeadlineSweep(
        desk.database().dueClocks(), rules, desk.database().tickets(), Map.of());
  }

  private int versions(Ticket ticket) {
    return desk.database().events().history(ticket.id(), ALL).size();
  }

  private Ticket dispatched() {
    return desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
  }

  private User handler(Ticket ticket) {
    return desk.handlerOf(ticket.owner().orElseThrow().unit());
  }

  private Ticket get(Ticket ticket) {
    return desk.database().tickets().get(ticket.id(), ALL);
  }

  private static Deadline sign(Ticket ticket) {
    return ticket.deadlines().stream()
        .filter(d -> d.clock() == Clock.SIGN)
        .findFirst()
        .orElseThrow();
  }

  private void sql(String statement) throws SQLException {
    try (Connection c = TestDatabase.connectTo(desk.url());
        Statement s = c.createStatement()) {
      s.execute(statement);
    }
  }
}
