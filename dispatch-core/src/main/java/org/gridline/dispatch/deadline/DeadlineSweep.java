package org.gridline.dispatch.deadline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.notice.Happening;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires what is due: every clock turns yellow and red once, and escalates level by level. Any
 * number of nodes may sweep at once: a firing is one statement that finds ticket and clock as they
 * were read, or does nothing. Nothing fires before {@code now}, which the caller takes from the
 * database's clock.
 */
public final class DeadlineSweep {
  /** The actor of its events. */
  public static final String RULE = "deadline-sweep";

  /**
   * One statement's most: its own costs are spread over so many, and it holds its tickets for some
   * 50 ms.
   */
  private static final int BATCH = 512;

  /** One round's most: beyond it the caller looks again whether time may pass at all. */
  private static final int MOST_BATCHES = 8;

  /** Where others sweep too, they are left the first ones and up to so many batches after them. */
  private static final int MOST_APART = 4;

  /** A clock that can't be fired is left alone so long, or it would be tried without end. */
  private static final Duration SET_ASIDE = Duration.ofMinutes(10);

  private static final Set<FailureCode> PASSING =
      Set.of(FailureCode.UNAVAILABLE, FailureCode.OUTCOME_UNKNOWN);

  private static final Logger LOG = LoggerFactory.getLogger(DeadlineSweep.class);

  private final DueClocks clocks;
  private final NoticeRules rules;
  private final TicketStore tickets;
  private final Map<Clock, DueAct> acts;
  private final Map<Key, Instant> aside = new HashMap<>();

  private final Random random = new Random();

  /** So many of those that are due soonest are left to another sweep. */
  private int skip;

  private record Key(long ticket, Clock clock, Instant moment) {}

  /**
   * @param acts what runs out is acted on instead of told, by clock; most clocks only tell
   */
  public DeadlineSweep(
      DueClocks clocks, NoticeRules rules, TicketStore tickets, Map<Clock, DueAct> acts) {
    this.clocks = clocks;
    this.rules = rules;
    this.tickets = tickets;
    this.acts = acts.isEmpty() ? Map.of() : new EnumMap<>(acts);
  }

  /**
   * What one round did.
   *
   * @param fired what this round fired
   * @param left whether more was due than this round took
   * @param next the next moment that was seen ahead
   */
  public record Round(List<DueClock> fired, boolean left, Optional<Instant> next) {
    public Round {
      fired = List.copyOf(fired);
    }
  }

  /** The same at one moment, telling only at its end. */
  public Round round(Instant now, Duration ahead) {
    return round(() -> now, ahead, fired -> {});
  }

  /**
   * Fires what is due now, or the part of it that fits a round. Not for two threads at once; other
   * sweeps may run beside it. While one batch is being committed the next is decided, and the one
   * after it is read.
   *
   * @param time asked for each batch after it was read, so that no event is older than what its
   *     ticket did before
   * @param ahead how far to look for the next moment
   * @param onFired told of each batch once it is committed
   */
  public Round round(Supplier<Instant> time, Duration ahead, Consumer<List<DueClock>> onFired) {
    aside.values().removeIf(time.get()::isAfter);
    List<DueClock> all = new ArrayList<>();
    List<DueClock> fired = new ArrayList<>();
    Sent before = Sent.nothing();
    Reading reading = ask(time.get().plus(ahead), List.of());
    for (int batch = 1; ; batch++) {
      List<DueClock> read = reading.clocks().get();
      Instant now = time.get();
      Due due = due(read, read.size() >= reading.most(), now);
      all.addAll(due.clocks());
      boolean last = !due.more() || batch == MOST_BATCHES;
      if (!last) reading = ask(now.plus(ahead), tickets(before.clocks(), due.clocks()));
      List<DueClock> acted = new ArrayList<>();
      Sent sent = send(decide(due.clocks(), now, acted), now);
      for (List<DueClock> done : List.of(acted, told(before, now))) {
        fired.addAll(done);
        if (!done.isEmpty()) onFired.accept(done);
      }
      before = sent;
      if (!last) continue;
      List<DueClock> done = told(sent, now);
      fired.addAll(done);
      if (!done.isEmpty()) onFired.accept(done);
      // Those that were left to others are looked at again before anybody rests.
      boolean left = due.more() || due.again() || skip > 0 || fired.size() < all.size();
      if (!due.more()) skip = 0;
      return new Round(fired, left, due.next());
    }
  }

  private record Reading(int most, Supplier<List<DueClock>> clocks) {}

  private Reading ask(Instant upTo, Collection<Long> except) {
    int most = BATCH + aside.size();
    return new Reading(most, clocks.ask(upTo, most, skip, except));
  }

  private static List<Long> tickets(List<DueClock> some, List<DueClock> others) {
    return Stream.concat(some.stream(), others.stream()).map(DueClock::ticket).toList();
  }

  /**
   * What of a reading can be fired in one statement.
   *
   * @param more whether more was due than was read
   * @param again whether a ticket has a second clock, which finds another version after this
   */
  private record Due(List<DueClock> clocks, boolean more, boolean again, Optional<Instant> next) {}

  private Due due(List<DueClock> read, boolean more, Instant now) {
    Map<Long, DueClock> due = new LinkedHashMap<>();
    boolean again = false;
    for (DueClock clock : read) {
      if (clock.moment().isAfter(now)) {
        return new Due(List.copyOf(due.values()), false, again, Optional.of(clock.moment()));
      }
      if (aside.containsKey(key(clock))) continue;
      if (due.putIfAbsent(clock.ticket(), clock) != null) again = true;
    }
    return new Due(List.copyOf(due.values()), more, again, Optional.empty());
  }

  /** What is to be written; clocks that act have done so then. */
  private List<Firing> decide(List<DueClock> due, Instant now, List<DueClock> acted) {
    List<Firing> firings = new ArrayList<>();
    for (DueClock clock : due) {
      if (!(acts(clock) && acted(clock, now, acted))) firings.add(firing(clock, now));
    }
    return firings;
  }

  /**
   * @param outcome the tickets whose clocks fired, or why none did
   */
  private record Sent(List<Firing> firings, Supplier<Set<Long>> outcome) {
    static Sent nothing() {
      return new Sent(List.of(), Set::of);
    }

    List<DueClock> clocks() {
      return firings.stream().map(Firing::due).toList();
    }
  }

  private Sent send(List<Firing> firings, Instant now) {
    if (firings.isEmpty()) return Sent.nothing();
    try {
      return new Sent(firings, clocks.fire(firings, now));
    } catch (RuntimeException cannotBeSaid) {
      return new Sent(
          firings,
          () -> {
            throw cannotBeSaid;
          });
    }
  }

  private boolean acts(DueClock clock) {
    return clock.step() == ClockStep.DUE && acts.containsKey(clock.clock());
  }

  /** When all can't be in one statement, one by one, so that only the broken one is left. */
  private List<DueClock> told(Sent sent, Instant now) {
    List<Firing> firings = sent.firings();
    try {
      Set<Long> done = sent.outcome().get();
      // Who meets another sweep goes on where that one is not.
      if (firings.size() >= BATCH / 2 && done.size() < firings.size() * 3 / 4)
        skip = BATCH * (1 + random.nextInt(MOST_APART));
      return firings.stream().map(Firing::due).filter(d -> done.contains(d.ticket())).toList();
    } catch (Failure passing) {
      throw passing;
    } catch (RuntimeException broken) {
      if (firings.size() == 1) {
        DueClock clock = firings.getFirst().due();
        aside.put(key(clock), now.plus(SET_ASIDE));
        LOG.error(
            "clock {} of ticket id={} can't be fired, {}",
            clock.clock().id(),
            clock.ticket(),
            broken.getClass().getSimpleName());
        return List.of();
      }
      int half = firings.size() / 2;
      List<DueClock> done = new ArrayList<>(told(send(firings.subList(0, half), now), now));
      done.addAll(told(send(firings.subList(half, firings.size()), now), now));
      return done;
    }
  }

  /** False when the ticket allows no such step any more. */
  private boolean acted(DueClock clock, Instant now, List<DueClock> fired) {
    DueAct act = Objects.requireNonNull(acts.get(clock.clock()));
    for (Ticket ticket : tickets.listById(List.of(clock.ticket()))) {
      // Whoever was faster has moved the clock as well.
      if (ticket.version() != clock.version()) return true;
      try {
        if (tickets.write(act.decide(ticket, now)).isEmpty()) fired.add(clock);
      } catch (Failure refused) {
        if (PASSING.contains(refused.code())) throw refused;
        LOG.warn(
            "clock {} of ticket id={} can't act, code={}",
            clock.clock().id(),
            clock.ticket(),
            refused.code().id());
        return false;
      }
    }
    return true;
  }

  /** What a clock's moment does; pure. */
  Firing firing(DueClock due, Instant now) {
    String dueAt = due.dueAt().toString();
    String clock = due.clock().id();
    int level =
        switch (due.step()) {
          case WARN -> due.level();
          case DUE -> 0;
          case ESCALATE -> due.level() + 1;
        };
    Fact fact =
        switch (due.step()) {
          case WARN -> new Fact.ClockWarned(clock, dueAt);
          case DUE -> new Fact.ClockOverdue(clock, dueAt);
          case ESCALATE -> new Fact.ClockEscalated(clock, level, dueAt);
        };
    // Nobody is called out of bed for what was over before anybody knew of it.
    Optional<Instant> escalateAt =
        due.step() == ClockStep.WARN || due.pastWhenTaken()
            ? Optional.empty()
            : rules.escalation(due.clock(), level + 1).map(due.dueAt()::plus);
    return new Firing(
        due,
        fact,
        level,
        escalateAt,
        due.pastWhenTaken() ? List.of() : rules.tell(Happening.of(due, level), now));
  }

  private static Key key(DueClock clock) {
    return new Key(clock.ticket(), clock.clock(), clock.moment());
  }

  /** How many clocks were set aside because they can't be fired. */
  public int countAside() {
    return aside.size();
  }
}
