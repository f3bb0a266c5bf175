package org.gridline.dispatch.ticket;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.ticket.Policy.Choice;

/** What somebody filled in, by field name; every complaint names its field. */
record Answers(Map<String, Object> values) {
  /** Goes into the event, so it must not be able to hold a name or a phone number's spelling. */
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,40}");

  String optionalText(String field) {
    Object value = values.getOrDefault(field, "");
    if (!(value instanceof String text)) throw wrong(field, "需要文字 · a text is needed");
    if (text.length() > ActionForm.MOST_TEXT)
      throw wrong(
          field,
          "最多 " + ActionForm.MOST_TEXT + " 字 · at most " + ActionForm.MOST_TEXT + " characters");
    return text.strip();
  }

  String text(String field) {
    String text = optionalText(field);
    if (text.isEmpty()) throw wrong(field, "必填 · needed");
    return text;
  }

  /** An id of something else, empty when not given. */
  String code(String field) {
    String code = optionalText(field);
    if (code.isEmpty() || CODE.matcher(code).matches()) return code;
    throw wrong(field, "只能是编号 · only an id: letters, digits, - and _");
  }

  String neededCode(String field) {
    text(field);
    return code(field);
  }

  String chosen(String field, List<Choice> from) {
    String id = text(field);
    if (from.stream().noneMatch(c -> c.id().equals(id))) {
      throw wrong(field, "可选值 · one of " + from.stream().map(Choice::id).toList());
    }
    return id;
  }

  /** Empty when nothing was chosen. */
  String chosenIfAny(String field, List<Choice> from) {
    return optionalText(field).isEmpty() ? "" : chosen(field, from);
  }

  boolean yes(String field) {
    if (values.get(field) instanceof Boolean yes) return yes;
    throw wrong(field, "需要 true 或 false · true or false is needed");
  }

  LocalDate day(String field) {
    try {
      return LocalDate.parse(text(field));
    } catch (DateTimeException e) {
      throw wrong(field, "需要日期，如 2026-12-31 · a day like 2026-12-31 is needed");
    }
  }

  Instant moment(String field) {
    try {
      return OffsetDateTime.parse(text(field)).toInstant();
    } catch (DateTimeException e) {
      throw wrong(field, "需要时间，如 2026-12-31T17:00:00+08:00 · a time with its offset is needed");
    }
  }

  boolean given(String field) {
    return values.containsKey(field);
  }

  CategoryKey category(String field) {
    if (values.get(field) instanceof Map<?, ?> map
        && map.get("kind") instanceof String kind
        && map.get("code") instanceof String code
        && !kind.isBlank()
        && !code.isBlank()) {
      return new CategoryKey(kind, code);
    }
    throw wrong(field, "需要 {kind, code} · kind and code are needed");
  }

  static Failure wrong(String field, String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, field, detail);
  }
}
