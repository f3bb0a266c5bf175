package org.gridline.dispatch.indicator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One ticket's steps up to the end of a period, and what it was about then.
 *
 * @param areas the area's code by layer, as the place lay under the boundaries of its own day
 * @param channel how it came, as {@code Channel.id()}
 * @param type as {@code ReportType.id()}
 * @param category {@code kind:code}, empty before anybody was sure
 * @param steps ascending, at least the first
 */
public record Course(
    long ticket,
    String number,
    Map<String, String> areas,
    String channel,
    String type,
    String category,
    List<Step> steps) {
  public Course {
    areas = Map.copyOf(areas);
    steps = List.copyOf(steps);
    if (steps.isEmpty()) throw new IllegalArgumentException("a ticket begins with a step");
  }

  public Stream<Step> of(String kind) {
    return steps.stream().filter(s -> s.is(kind));
  }

  public boolean has(String kind) {
    return of(kind).findAny().isPresent();
  }

  public Step registration() {
    return steps.getFirst();
  }

  public Step last() {
    return steps.getLast();
  }

  /** The next step of one of these kinds after a step. */
  public Optional<Step> after(Step step, Set<String> kinds) {
    return steps.stream()
        .filter(s -> s.version() > step.version() && kinds.contains(s.kind()))
        .findFirst();
  }

  /** The last step of one of these kinds before a step. */
  public Optional<Step> before(Step step, Set<String> kinds) {
    return steps.reversed().stream()
        .filter(s -> s.version() < step.version() && kinds.contains(s.kind()))
        .findFirst();
  }

  /** Whether a mark is set at the end of the steps. */
  public boolean marked(String mark) {
    return steps.reversed().stream()
        .filter(s -> s.is("TicketMarked") && s.datum("mark").equals(mark))
        .findFirst()
        .filter(s -> s.datum("change").equals("set"))
        .isPresent();
  }

  /** 超时申诉成立: lateness counts no more, the facts stay. */
  public boolean excused() {
    return of("AppealDecided").anyMatch(s -> s.datum("verdict").equals("support"));
  }
}
