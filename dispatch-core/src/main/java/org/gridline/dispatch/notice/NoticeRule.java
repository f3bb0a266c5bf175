package org.gridline.dispatch.notice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.gridline.dispatch.deadline.Clock;

/**
 * One rule of a pack: on what, who is told, and how long they are reminded.
 *
 * @param id stable within the pack; a step is told once by each rule
 * @param clocks of these clocks; empty means all
 * @param urgencies of tickets of these; empty means all
 * @param level of this level only, for an escalation
 * @param repeat until somebody acknowledges it, at most {@code mostReminders} times a level
 * @param then who is told as well once the reminders are used up, and so on level by level; each
 *     level has its own reminders
 * @param means ids of {@link NoticeMeans} beside the bell, which always shows it
 */
public record NoticeRule(
    String id,
    Occasion on,
    Set<Clock> clocks,
    Set<String> urgencies,
    OptionalInt level,
    List<Audience> to,
    Quiet quiet,
    Optional<Duration> repeat,
    int mostReminders,
    List<List<Audience>> then,
    Set<String> means) {
  /** Reminders without a stated end: until somebody acknowledges. */
  public static final int WITHOUT_END = 100_000;

  public NoticeRule {
    clocks = Set.copyOf(clocks);
    urgencies = Set.copyOf(urgencies);
    to = List.copyOf(to);
    then = then.stream().map(List::copyOf).toList();
    means = Set.copyOf(means);
    if (to.isEmpty()) throw new IllegalArgumentException("a rule tells somebody");
    if (mostReminders < 0 || mostReminders > WITHOUT_END)
      throw new IllegalArgumentException("reminders out of range: " + mostReminders);
    if (repeat.filter(r -> r.compareTo(Duration.ofMinutes(1)) < 0).isPresent())
      throw new IllegalArgumentException("reminders come a minute apart at least");
    if (!then.isEmpty() && repeat.isEmpty())
      throw new IllegalArgumentException("who is told next is told after reminders");
    if (!then.isEmpty() && mostReminders == WITHOUT_END)
      throw new IllegalArgumentException("who is told next needs an end of the reminders");
    if (!clocks.isEmpty() && !on.byClock())
      throw new IllegalArgumentException("only what a clock does has clocks");
    if (level.isPresent() && on != Occasion.CLOCK_ESCALATED)
      throw new IllegalArgumentException("only an escalation has a level");
  }

  /** What becomes of it in quiet hours. */
  public enum Quiet {
    /** It is shown when they end. */
    WAITS,
    /** It is shown at once. */
    PASSES
  }
}
