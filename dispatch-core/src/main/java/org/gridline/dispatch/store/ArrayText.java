package org.gridline.dispatch.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Arrays as PostgreSQL spells them, for statements that take many rows with an array in each: there
 * is no array of arrays of different lengths, so each travels as a text and is cast.
 */
final class ArrayText {
  private ArrayText() {}

  static String numbers(Collection<Long> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  static <T> String texts(Collection<T> values, Function<T, String> text) {
    return values.stream()
        .map(v -> quoted(text.apply(v)))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** To the microsecond, as the database keeps them. */
  static <T> String instants(Collection<T> values, Function<T, Optional<Instant>> at) {
    return values.stream()
        .map(v -> at.apply(v).map(i -> quoted(i.truncatedTo(ChronoUnit.MICROS).toString())))
        .map(text -> text.orElse("NULL"))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
