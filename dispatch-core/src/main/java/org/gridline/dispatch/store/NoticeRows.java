package org.gridline.dispatch.store;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gridline.dispatch.notice.NewNotice;
import org.gridline.dispatch.notice.NoticeRule;
import org.gridline.dispatch.ticket.TicketNumbers;

/** New rows of the notice table, for the statements that write them beside their causes. */
final class NoticeRows {
  /** What {@link #SELECTED} gives, besides the columns that only the statement itself knows. */
  static final String COLUMNS =
      "id, rule, occasion, audience, shown_at, quiet, remind_at, repeat_seconds, most_reminders,"
          + " each_level, next_audience, means, send_at";

  /** From {@code n}, the unnest of {@link #arrays}. */
  static final String SELECTED =
      """
      n.id, n.rule, n.occasion, string_to_array(n.audience, ' '), n.shown_at, n.quiet,
      n.shown_at + make_interval(secs => n.repeat_seconds), n.repeat_seconds, n.most_reminders, n.most_reminders,
      string_to_array(n.next_audience, E'\\n'), string_to_array(n.means, ' '),
      CASE WHEN n.means <> '' THEN n.shown_at END
      """;

  private static final List<String> TYPES =
      List.of(
          "bigint",
          "bigint",
          "text",
          "text",
          "text",
          "timestamptz",
          "boolean",
          "int",
          "int",
          "text",
          "text");

  /** What {@link #arrays} are called. */
  static final String NAMES =
      "id, ticket, rule, occasion, audience, shown_at, quiet, repeat_seconds, most_reminders,"
          + " next_audience, means";

  private NoticeRows() {}

  /** Eleven arrays from {@code $first} on, for an unnest. */
  static String arrays(int first) {
    return IntStream.range(0, TYPES.size())
        .mapToObj(i -> "$" + (first + i) + "::" + TYPES.get(i) + "[]")
        .collect(Collectors.joining(", "));
  }

  /**
   * @param tickets whom each is of
   */
  static Bind bind(
      Bind values, List<Long> tickets, List<NewNotice> notices, TicketNumbers numbers) {
    return values
        .longs(notices.stream().map(n -> numbers.nextId()).toList())
        .longs(tickets)
        .add(texts(notices, NewNotice::rule))
        .add(texts(notices, n -> n.occasion().id()))
        .add(texts(notices, n -> String.join(" ", n.audience())))
        .instants(notices.stream().map(NewNotice::shownAt).toList())
        .add(notices.stream().map(n -> n.quiet() == NoticeRule.Quiet.WAITS).toArray(Boolean[]::new))
        .add(
            notices.stream()
                .map(n -> n.repeat().map(r -> (int) r.toSeconds()).orElse(null))
                .toArray(Integer[]::new))
        .add(notices.stream().map(NewNotice::mostReminders).toArray(Integer[]::new))
        .add(texts(notices, n -> String.join("\n", n.next())))
        .add(texts(notices, n -> String.join(" ", n.means())));
  }

  static <T> String[] texts(Collection<T> all, Function<T, String> text) {
    return all.stream().map(text).toArray(String[]::new);
  }
}
