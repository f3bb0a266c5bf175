package org.gridline.dispatch.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.event.Actor;
import org.junit.jupiter.api.Test;

/**
 * Random lives of tickets: whatever people do, only steps of the table happen, and no open ticket
 * is left without somebody responsible and a running clock (I3, I4 of the performance page). {@code
 * -Dgridline.walk.steps=1000000} walks longer.
 */
class RandomWalkTest {
  private static final int STEPS = Integer.getInteger("gridline.walk.steps", 100_000);
  private static final int ACTORS = 8;

  /** Seconds between two steps: mostly soon, sometimes days. */
  private static final List<Integer> PAUSES = List.of(60, 60, 60, 600, 600, 3_600, 86_400);

  private static final Instant BEGIN = Instant.parse("2026-03-02T01:00:00Z");

  /** States in which a queue of the centre has the ticket, and so no unit need own it. */
  private static final Set<TicketState> QUEUES =
      EnumSet.of(
          TicketState.REGISTERED,
          TicketState.VERIFYING,
          TicketState.PENDING_FILING,
          TicketState.PENDING_DISPATCH);

  private static final CityPack PACK =
      CityPackReader.read(Walker.repository().resolve("config/cities/qixia-sample"));

  @Test
  void whatever_happens_every_open_ticket_has_somebody_and_a_clock_and_its_events_make_it() {
    Walker walker = new Walker(PACK, 20261122);
    Map<TicketState, Integer> seen = new EnumMap<>(TicketState.class);
    Set<String> happened = new TreeSet<>();
    Ticket master = walker.fresh(BEGIN);
    Ticket ticket = walker.fresh(BEGIN);
    Ticket folded = ticket;
    Instant now = BEGIN;
    for (int i = 0; i < STEPS; i++) {
      now = walker.later(now);
      // Closed tickets are mostly left alone until they are archived.
      if (ticket.state() == TicketState.CLOSED && walker.pick(List.of(1, 2, 3)) == 1)
        now = now.plus(Duration.ofDays(8));
      Optional<Decision> step = rule(walker, ticket, now);
      if (step.isEmpty()) step = walker.step(ticket, master, now);
      if (step.isEmpty()) {
        if (walker.decide.legal(ticket, now).isEmpty()) {
          ticket = walker.fresh(now);
          folded = ticket;
        }
        continue;
      }
      Ticket before = ticket;
      ticket = step.get().after();
      folded = Fold.next(folded, step.get().event());
      holds(before, ticket, step.get());
      assertThat(folded.withDeadlines(ticket.deadlines())).isEqualTo(ticket);
      seen.merge(ticket.state(), 1, Integer::sum);
      happened.add(step.get().event().fact().kind());
      // Nobody walks one ticket for ever.
      if (ticket.version() > 400) {
        ticket = walker.fresh(now);
        folded = ticket;
      }
    }
    assertThat(seen.keySet()).as("every state is visited").hasSize(TicketState.values().length);
    Set<String> missing = new TreeSet<>();
    for (ActionKind kind : ActionKind.values()) missing.add(kind.event());
    missing.removeAll(happened);
    assertThat(missing).as("every kind of step is taken").isEmpty();
  }

  @Test
  void eight_people_at_once_lose_no_step_and_skip_none() throws Exception {
    AtomicReference<Ticket> stands = new AtomicReference<>(new Walker(PACK, 1).fresh(BEGIN));
    AtomicLong clock = new AtomicLong();
    LongAdder written = new LongAdder();
    LongAdder finished = new LongAdder();
    try (ExecutorService hands = Executors.newFixedThreadPool(ACTORS)) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int actor = 0; actor < ACTORS; actor++) {
        Walker walker = new Walker(PACK, 700 + actor);
        work.add(
            () -> {
              Ticket master = walker.fresh(BEGIN);
              for (int i = 0; i < STEPS / ACTORS; i++) {
                Ticket seen = Objects.requireNonNull(stands.get());
                Instant now = BEGIN.plusSeconds(clock.addAndGet(walker.pick(PAUSES)));
                Optional<Decision> step = rule(walker, seen, now);
                if (step.isEmpty()) step = walker.step(seen, master, now);
                if (step.isPresent()) {
                  holds(seen, step.get().after(), step.get());
                  // As the database does it: who is slower wrote nothing.
                  if (stands.compareAndSet(seen, step.get().after())) written.increment();
                } else if (seen.version() > 400 || walker.decide.legal(seen, now).isEmpty()) {
                  if (stands.compareAndSet(seen, walker.fresh(now)))
                    finished.add(seen.version() - 1L);
                }
              }
              return null;
            });
      }
      for (Future<Void> done : hands.invokeAll(work)) done.get();
    }
    Ticket last = Objects.requireNonNull(stands.get());
    assertThat(finished.sum() + last.version() - 1L).isEqualTo(written.sum());
    assertThat(written.sum()).isGreaterThan(STEPS / 4);
  }

  /** What the sweep of due clocks would do. */
  private static Optional<Decision> rule(Walker walker, Ticket ticket, Instant now) {
    return ticket.deadlines().stream()
        .filter(d -> !d.clock().limit() && d.pausedAt().isEmpty() && !now.isBefore(d.dueAt()))
        .findFirst()
        .map(
            d ->
                walker.decide.decideByRule(
                    ticket,
                    new Action.Plain(
                        d.clock() == Clock.RESUME ? ActionKind.RESUME : ActionKind.ARCHIVE, ""),
                    "due",
                    now));
  }

  private static void holds(Ticket before, Ticket after, Decision step) {
    String where = before.state() + " " + step.event().fact() + " " + after.state();
    assertThat(
            Lifecycle.rows().stream()
                .anyMatch(
                    r ->
                        r.from() == before.state()
                            && r.to() == after.state()
                            && r.event().equals(step.event().fact().kind())))
        .as(where)
        .isTrue();
    assertThat(after.version()).isEqualTo(before.version() + 1);
    if (after.state().open()) {
      assertThat(after.owner().isPresent() || QUEUES.contains(after.state())).as(where).isTrue();
      assertThat(after.deadlines()).as(where).anyMatch(d -> d.pausedAt().isEmpty());
    }
    if (after.state() == TicketState.ARCHIVED || after.state() == TicketState.REJECTED)
      assertThat(after.deadlines()).as(where).isEmpty();
    assertThat(after.deadlines().stream().map(d -> d.clock()).distinct().count())
        .as(where)
        .isEqualTo(after.deadlines().size());
    assertThat(after.state() == TicketState.CHECKING || after.progress().life().check().isEmpty())
        .as(where)
        .isTrue();
    independent(before, step, where);
  }

  private static void independent(Ticket before, Decision step, String where) {
    if (!(step.event().actor() instanceof Actor.Person person)) return;
    boolean checks =
        before.state() == TicketState.CHECKING
            && Set.of("ResultChecked", "TicketReworked").contains(step.event().fact().kind());
    Optional<Life.Check> drawn = before.progress().life().check();
    if (checks && drawn.isPresent())
      assertThat(person.user()).as(where).isEqualTo(drawn.get().checker());
    List<TicketState> judged = List.of(TicketState.CHECKING, TicketState.REVISITING);
    boolean judges =
        Set.of("ResultChecked", "CallerRevisited", "TicketReworked")
            .contains(step.event().fact().kind());
    if (!judges || !judged.contains(before.state())) return;
    assertThat(before.progress().handlers()).as(where).doesNotContain(person.user());
    if (before.state() == TicketState.REVISITING)
      assertThat(before.progress().checkers()).as(where).doesNotContain(person.user());
  }
}
