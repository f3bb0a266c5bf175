package org.gridline.hotline.mail;

import java.net.URI;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.notice.Letter;

/**
 * A letter in words, Chinese first.
 *
 * @param publicUrl how people reach this house
 * @param note of the city, such as that its data is synthetic
 */
record LetterText(URI publicUrl, ZoneId zone, Names city, Optional<Names> note) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  String subject(Letter letter) {
    return "【%s】%s %s"
        .formatted(letter.occasion().label().zh(), letter.number(), remind(letter))
        .strip();
  }

  private static String remind(Letter letter) {
    return letter.reminders() > 0 ? "（第 %d 次提醒）".formatted(letter.reminders()) : "";
  }

  String body(Letter letter) {
    StringBuilder text = new StringBuilder();
    line(text, "事由 Occasion", both(letter.occasion().label()));
    line(text, "工单 Ticket", letter.number());
    letter.category().ifPresent(category -> line(text, "事项 Category", both(category)));
    letter.clock().map(Clock::label).ifPresent(clock -> line(text, "时钟 Clock", both(clock)));
    letter
        .dueAt()
        .ifPresent(
            at -> line(text, "时限 Due", TIME.format(at.atZone(zone)) + " (" + zone.getId() + ")"));
    if (letter.level() > 0) line(text, "级别 Level", Integer.toString(letter.level()));
    line(text, "查看 Open", publicUrl + "/tickets/" + letter.ticket());
    text.append('\n')
        .append("请登录后查看并确认；一人确认即不再提醒。\n")
        .append("Sign in to see it and to acknowledge it; one who does stops the reminders.\n")
        .append(both(city))
        .append('\n');
    note.ifPresent(said -> text.append(both(said)).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  private static String both(Names names) {
    return names.zh().equals(names.en()) ? names.zh() : names.zh() + " · " + names.en();
  }
}
