package org.gridline.dispatch.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.deadline.TimeLimit;
import org.gridline.dispatch.deadline.TimeLimit.LimitUnit;
import org.gridline.dispatch.ticket.Life.Request;

/** What a step does to a ticket's clocks; a clock without a limit in the pack does not run. */
final class Clocks {
  /** As the store reads them. */
  private static final Comparator<Deadline> ORDER =
      Comparator.comparing(Deadline::dueAt).thenComparing(d -> d.clock().id());

  private final Policy policy;

  Clocks(Policy policy) {
    this.policy = policy;
  }

  /**
   * The clocks that run after the effects.
   *
   * @param before with the clocks and the request that the step found
   * @param after what the event made of it; limits are looked up for this one
   */
  List<Deadline> after(Ticket before, Ticket after, List<ClockEffect> effects, Instant now) {
    List<Deadline> running = new ArrayList<>(before.deadlines());
    for (ClockEffect effect : effects) {
      switch (effect) {
        case ClockEffect.StopAll() -> running.clear();
        // What is due to the platform above stays due there, whatever waits here.
        case ClockEffect.PauseAll() ->
            running.replaceAll(d -> d.clock() == Clock.PARENT ? d : d.pause(now));
        case ClockEffect.ResumeAll() -> running.replaceAll(d -> policy.calendar().resume(d, now));
        case ClockEffect.Stop(var clock) -> running.removeIf(d -> d.clock() == clock);
        case ClockEffect.Pause(var clock) ->
            running.replaceAll(d -> d.clock() == clock ? d.pause(now) : d);
        case ClockEffect.Resume(var clock) ->
            running.replaceAll(d -> d.clock() == clock ? policy.calendar().resume(d, now) : d);
        case ClockEffect.Start(var clock) -> start(running, clock, after, now);
        case ClockEffect.StartOnce(var clock) -> {
          if (running.stream().noneMatch(d -> d.clock() == clock))
            start(running, clock, after, now);
        }
        case ClockEffect.StartForCaller(var clock) -> {
          if (after.hasCaller()) start(running, clock, after, now);
        }
        case ClockEffect.Extend() -> extend(running, before);
        case ClockEffect.Recount() -> running.replaceAll(d -> recounted(d, before, after));
        case ClockEffect.ScheduleResume() ->
            after
                .progress()
                .life()
                .resumeOn()
                .ifPresent(
                    day ->
                        schedule(running, Clock.RESUME, policy.calendar().beginOf(day, now), now));
        case ClockEffect.ScheduleArchive() -> archive(running, after, now);
        case ClockEffect.ScheduleParent() -> parent(running, after);
      }
    }
    running.sort(ORDER);
    return running;
  }

  private void start(List<Deadline> running, Clock clock, Ticket ticket, Instant now) {
    running.removeIf(d -> d.clock() == clock);
    limit(clock, ticket).ifPresent(limit -> running.add(policy.calendar().start(limit, now)));
  }

  private Optional<TimeLimit> limit(Clock clock, Ticket ticket) {
    return policy
        .limits()
        .find(
            clock,
            ticket.matter().type().id(),
            ticket.matter().category(),
            ticket.matter().urgency().id());
  }

  /** The whole gets as much more as the unit's own clock, so that it is not overdue instead. */
  private void extend(List<Deadline> running, Ticket ticket) {
    double share =
        ticket
            .progress()
            .life()
            .request()
            .map(Request::what)
            .flatMap(Share::find)
            .map(Share::factor)
            .orElse(0.0);
    for (Clock clock : List.of(Clock.HANDLE, Clock.REWORK)) {
      if (running.stream().noneMatch(d -> d.clock() == clock)) continue;
      limit(clock, ticket)
          .ifPresent(
              limit ->
                  running.replaceAll(
                      d ->
                          d.clock() == clock || d.clock() == Clock.TOTAL
                              ? policy.calendar().extend(d, limit, share)
                              : d));
    }
  }

  private Deadline recounted(Deadline clock, Ticket before, Ticket after) {
    Optional<TimeLimit> was = limit(clock.clock(), before);
    Optional<TimeLimit> is = limit(clock.clock(), after);
    // A day in the calendar or of a platform above has no limit of ours to change.
    if (was.isEmpty() || is.isEmpty() || was.equals(is)) return clock;
    return policy.calendar().recount(clock, was.get(), is.get());
  }

  /** Yellow at four fifths, as limits of our own are. */
  private static void parent(List<Deadline> running, Ticket ticket) {
    ticket
        .progress()
        .life()
        .parent()
        .ifPresent(
            parent -> {
              running.removeIf(d -> d.clock() == Clock.PARENT);
              Instant due = parent.dueAt();
              Instant from = parent.linkedAt().isBefore(due) ? parent.linkedAt() : due;
              Instant warn = from.plus(Duration.between(from, due).multipliedBy(4).dividedBy(5));
              running.add(Deadline.running(Clock.PARENT, LimitUnit.UD, from, warn, due));
            });
  }

  private void archive(List<Deadline> running, Ticket ticket, Instant now) {
    Life life = ticket.progress().life();
    if (ticket.progress().is(Flag.OBJECTED)) return;
    if (life.appeal().pending()) {
      if (running.stream().noneMatch(d -> d.clock() == Clock.APPEAL))
        start(running, Clock.APPEAL, ticket, now);
      return;
    }
    Instant end = life.closedAt().orElse(now).plus(Duration.ofDays(policy.rules().appealDays()));
    schedule(running, Clock.ARCHIVE, end.isAfter(now) ? end : now, now);
  }

  private static void schedule(List<Deadline> running, Clock clock, Instant at, Instant now) {
    running.removeIf(d -> d.clock() == clock);
    running.add(Deadline.running(clock, LimitUnit.UD, now, at, at));
  }
}
