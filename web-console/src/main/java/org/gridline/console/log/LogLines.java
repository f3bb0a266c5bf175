package org.gridline.console.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes each event as exactly one line: as text for people (the usual way) or as a JSON object
 * ({@code GRIDLINE_LOG=json}). Both hold the same: time, level, logger, message, the event's fields
 * and, for an exception, its classes and lines. Thread-safe.
 *
 * <p>Neither of logback's own encoders would do: they write exceptions with their messages, and a
 * message may quote what it choked on.
 */
public final class LogLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = new byte[0];
  private static final int MOST_CHARACTERS = 4_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

  private boolean json;

  /** Called by logback with the value of {@code form} in its configuration. */
  public void setForm(String form) {
    json = form.strip().equalsIgnoreCase("json");
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(256);
    String time =
        TIME.format(
            event.getInstant().truncatedTo(ChronoUnit.MILLIS).atZone(ZoneId.systemDefault()));
    String message = cut(String.valueOf(event.getFormattedMessage()));
    if (json) {
      line.append("{\"time\":\"").append(time).append("\",\"level\":\"").append(event.getLevel());
      line.append("\",\"logger\":");
      Quoted.json(line, event.getLoggerName());
      line.append(",\"thread\":");
      Quoted.json(line, String.valueOf(event.getThreadName()));
      line.append(",\"message\":");
      Quoted.json(line, message);
      fields(event).forEach((name, value) -> jsonField(line, name, value));
      line.append('}');
    } else {
      line.append(time).append(' ');
      line.append(
          event.getLevel().toString().length() < 5 ? event.getLevel() + " " : event.getLevel());
      line.append(' ').append(brief(event.getLoggerName())).append(' ');
      Quoted.plain(line, message);
      fields(event).forEach((name, value) -> textField(line, name, value));
    }
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The context first, then what the event itself says, which counts when both name the same. */
  private static Map<String, Object> fields(ILoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>(event.getMDCPropertyMap());
    List<KeyValuePair> own = event.getKeyValuePairs();
    if (own != null)
      for (KeyValuePair pair : own)
        fields.put(pair.key, String.valueOf(pair.value).isEmpty() ? "" : pair.value);
    if (event.getThrowableProxy() != null) fields.put("trace", Trace.of(event.getThrowableProxy()));
    return fields;
  }

  private static void jsonField(StringBuilder line, String name, @Nullable Object value) {
    line.append(',');
    Quoted.json(line, name);
    line.append(':');
    switch (value) {
      case Long n -> line.append(n.longValue());
      case Integer n -> line.append(n.intValue());
      case Boolean b -> line.append(b.booleanValue());
      case Double d when Double.isFinite(d) -> line.append(d.doubleValue());
      case null -> line.append("null");
      default -> Quoted.json(line, cut(value.toString()));
    }
  }

  private static void textField(StringBuilder line, String name, @Nullable Object value) {
    String text = cut(String.valueOf(value));
    line.append(' ');
    Quoted.plain(line, name);
    line.append('=');
    boolean bare = !text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=');
    if (bare) Quoted.plain(line, text);
    else Quoted.json(line, text);
  }

  private static String brief(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }
}
