package org.gridline.dispatch.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A notice to be written in the commit of its cause.
 *
 * @param rule that made it
 * @param audience words of {@link Audience}
 * @param shownAt not before
 * @param mostReminders at each level, before the next one is told
 * @param next who is told as well once the reminders are used up, level by level; words between
 *     blanks
 * @param means ids of the ways beside the bell by which it goes out
 */
public record NewNotice(
    String rule,
    Occasion occasion,
    List<String> audience,
    Instant shownAt,
    NoticeRule.Quiet quiet,
    Optional<Duration> repeat,
    int mostReminders,
    List<String> next,
    List<String> means) {
  public NewNotice {
    audience = List.copyOf(audience);
    next = List.copyOf(next);
    means = List.copyOf(means);
  }
}
