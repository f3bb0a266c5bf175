package org.gridline.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.gridline.console.Town;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** One event, one line, whatever it holds. */
class LogLinesTest {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  @Test
  void json_has_the_fields_as_members() {
    LoggingEvent event = event("request");
    event.addKeyValuePair(new KeyValuePair("route", "/api/v1/tickets/:id"));
    event.addKeyValuePair(new KeyValuePair("status", 200));
    event.addKeyValuePair(new KeyValuePair("ms", 1.25));
    event.addKeyValuePair(new KeyValuePair("slow", true));
    event.addKeyValuePair(new KeyValuePair("nothing", null));
    JsonNode line = Town.json(json(event));
    assertThat(line.path("time").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}.+");
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("logger").asText()).isEqualTo("org.gridline.test");
    assertThat(line.path("message").asText()).isEqualTo("request");
    assertThat(line.path("status").asInt()).isEqualTo(200);
    assertThat(line.path("ms").asDouble()).isEqualTo(1.25);
    assertThat(line.path("slow").isBoolean()).isTrue();
    assertThat(line.path("nothing").isNull()).isTrue();
    assertThat(text(event)).contains("route=/api/v1/tickets/:id status=200 ms=1.25 slow=true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two\nlines",
        "two\r\nlines",
        "\u001b[31mred\u001b[0m",
        "\u0000\u0007\b\f\u007f\u0085",
        "\u2028\u2029\u202e\u2066",
        "\",\"level\":\"ERROR",
        "back\\slash",
        "half \ud83d pair",
        "whole \ud83d\ude00 pair",
        "中文 words"
      })
  void hostile_text_stays_in_its_line_and_in_its_field(String hostile) {
    LoggingEvent event = event(hostile);
    event.addKeyValuePair(new KeyValuePair("field", hostile));
    event.addKeyValuePair(new KeyValuePair(hostile, "x"));
    for (String line : new String[] {json(event), text(event)}) {
      assertThat(line.strip().lines()).hasSize(1);
      assertThat(line.chars().filter(c -> c < ' ' || (c >= 0x7f && c < 0xa0)).count()).isEqualTo(1);
      assertThat(line).doesNotContain("\u2028", "\u2029", "\u202e", "\u2066");
    }
    JsonNode read = Town.json(json(event));
    assertThat(read.path("message").asText()).isEqualTo(hostile);
    assertThat(read.path("field").asText()).isEqualTo(hostile);
    assertThat(read.path("level").asText()).isEqualTo("WARN");
  }

  @Test
  void an_exception_tells_where_and_never_what() {
    LoggingEvent event =
        new LoggingEvent(
            "test",
            context.getLogger("org.gridline.test"),
            Level.ERROR,
            "unhandled",
            new IllegalStateException("13800001234", new RuntimeException("王某某")),
            new Object[0]);
    for (String line : new String[] {json(event), text(event)}) {
      assertThat(line)
          .contains("java.lang.IllegalStateException", "caused by", "LogLinesTest.java")
          .doesNotContain("13800001234", "王某某");
    }
  }

  @Test
  void a_huge_message_is_cut() {
    assertThat(json(event("长".repeat(1 << 20))).length()).isLessThan(5_000);
  }

  private LoggingEvent event(String message) {
    return new LoggingEvent(
        "test", context.getLogger("org.gridline.test"), Level.WARN, message, null, new Object[0]);
  }

  private static String json(LoggingEvent event) {
    return encode("json", event);
  }

  private static String text(LoggingEvent event) {
    return encode("text", event);
  }

  private static String encode(String form, LoggingEvent event) {
    LogLines lines = new LogLines();
    lines.setForm(form);
    return new String(lines.encode(event), StandardCharsets.UTF_8);
  }
}
