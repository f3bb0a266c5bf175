package org.gridline.dispatch.indicator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Scope;

/**
 * Counts figures from the log, each time anew: nothing is kept that could differ from it. Reads in
 * pieces, so memory holds the tickets' ids and one piece. Thread-safe; call on virtual threads.
 */
public final class CountIndicators {
  private static final int PIECE = 2_000;

  /** A year of a district at five thousand tickets a month is far below. */
  private static final int MOST_TICKETS = 400_000;

  /** More at once would take the connections that calls need. */
  private static final int MOST_AT_ONCE = 2;

  private final Courses courses;
  private final AtomicInteger running = new AtomicInteger();

  public CountIndicators(Courses courses) {
    this.courses = courses;
  }

  /** All figures of each row, rows by their code; a row without anything is not there. */
  public record Sheet(Map<String, Map<Indicator, Figure>> rows, long tickets) {}

  /**
   * @throws Failure {@code invalid_request} when the period holds too much, {@code unavailable}
   *     when others are counting
   */
  public Sheet count(Question question, Scope scope) {
    Map<String, Map<Indicator, Figure>> rows = new TreeMap<>();
    long tickets =
        read(
            question,
            scope,
            course -> {
              for (Indicator indicator : Indicator.values()) {
                indicator.count(
                    course,
                    question.period(),
                    (part, unit, more) -> {
                      if (!question.coversUnit(unit)) return;
                      rows.computeIfAbsent(
                              question.group(course, unit), g -> new EnumMap<>(Indicator.class))
                          .merge(
                              indicator,
                              Figure.NOTHING.plus(part, more),
                              (figure, first) -> figure.plus(part, more));
                    });
              }
            });
    return new Sheet(rows, tickets);
  }

  /**
   * One ticket of a figure.
   *
   * @param times how often it counts there; thousandths in a numerator
   */
  public record Counted(long ticket, String number, long times) {}

  /**
   * The tickets that one side of a figure is made of, by id.
   *
   * @param group the row, absent for all
   * @param after only ids above this
   */
  public List<Counted> tickets(
      Question question,
      Indicator indicator,
      Tally.Part side,
      Optional<String> group,
      long after,
      int most,
      Scope scope) {
    Map<Long, Counted> found = new TreeMap<>();
    read(
        question,
        scope,
        course -> {
          if (course.ticket() <= after) return;
          indicator.count(
              course,
              question.period(),
              (part, unit, more) -> {
                if (part != side || more == 0 || !question.coversUnit(unit)) return;
                if (group.filter(g -> !g.equals(question.group(course, unit))).isPresent()) return;
                found.merge(
                    course.ticket(),
                    new Counted(course.ticket(), course.number(), more),
                    (a, b) -> new Counted(a.ticket(), a.number(), a.times() + b.times()));
              });
        });
    return found.values().stream().limit(most).toList();
  }

  private long read(Question question, Scope scope, Consumer<Course> each) {
    if (running.incrementAndGet() > MOST_AT_ONCE) {
      running.decrementAndGet();
      throw new Failure(
          FailureCode.UNAVAILABLE, "他人正在统计,请稍后 · others are counting, try again soon");
    }
    try {
      List<Long> tickets = courses.listTickets(question.period(), scope, MOST_TICKETS + 1);
      if (tickets.size() > MOST_TICKETS) {
        throw Failure.atField(FailureCode.INVALID_REQUEST, "to", "请缩短周期 · choose a shorter period");
      }
      long covered = 0;
      for (int from = 0; from < tickets.size(); from += PIECE) {
        List<Long> piece = tickets.subList(from, Math.min(from + PIECE, tickets.size()));
        for (Course course : courses.list(new ArrayList<>(piece), question.period().to())) {
          if (!question.covers(course)) continue;
          covered++;
          each.accept(course);
        }
      }
      return covered;
    } finally {
      running.decrementAndGet();
    }
  }
}
