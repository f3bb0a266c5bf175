package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What people say, ask for and are called never reaches the log. */
class QuietLogTest {
  private static final List<String> SECRETS =
      List.of("13800009999", "孙某某", "12幢502室", "秘密的话", "secretplace", "wrong-password-1");

  @Test
  void neither_good_nor_bad_requests_leave_personal_data_in_the_log() {
    Town town = Town.shared();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    try {
      ObjectNode report = Said.lamp().put("words", "路灯不亮,秘密的话").put("address", "12幢502室");
      report.putObject("caller").put("phone", "13800009999").put("name", "孙某某");
      assertThat(town.report("operator1", report.toString()).statusCode()).isEqualTo(201);
      report.withObject("/caller").put("phone", "138000099991");
      assertThat(town.report("operator1", report.toString()).statusCode()).isEqualTo(422);
      assertThat(town.report("operator1", report + "秘密的话").statusCode()).isEqualTo(400);
      town.get("operator1", "/api/v1/addresses?q=secretplace");
      town.get("operator1", "/api/v1/tickets?cursor=secretplace");
      town.send(
          town.request("/api/v1/sessions")
              .header("Content-Type", "application/json")
              .POST(
                  java.net.http.HttpRequest.BodyPublishers.ofString(
                      "{\"user\":\"孙某某\",\"password\":\"wrong-password-1\"}")));
    } finally {
      root.detachAppender(log);
    }
    for (ILoggingEvent event : log.list) {
      for (String secret : SECRETS) assertThat(event.getFormattedMessage()).doesNotContain(secret);
    }
  }
}
