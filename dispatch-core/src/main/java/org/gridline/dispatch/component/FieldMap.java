package org.gridline.dispatch.component;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which field of a file is which of ours. Immutable.
 *
 * @param own our name to the file's, as somebody said it; what is not said goes by its usual names
 */
public record FieldMap(Map<String, String> own) {
  private static final Map<String, String> USUAL = usual();

  public FieldMap {
    own = Map.copyOf(own);
    for (String column : own.keySet())
      if (!RowReader.COLUMNS.containsKey(column))
        throw new IllegalArgumentException("没有此列 · no such column: " + RowReader.shortened(column));
  }

  /**
   * Reads {@code code:BSM,name:MC}.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  public static FieldMap parse(String text) {
    Map<String, String> own = new LinkedHashMap<>();
    for (String pair : text.isBlank() ? List.<String>of() : List.of(text.split(",", -1))) {
      int colon = pair.indexOf(':');
      if (colon < 1 || colon == pair.length() - 1)
        throw new IllegalArgumentException("code:FIELD,name:FIELD,…");
      own.put(pair.substring(0, colon).strip(), pair.substring(colon + 1).strip());
    }
    return new FieldMap(own);
  }

  /** Our name of a field of the file; empty for one that nobody asked for. */
  public Optional<String> ours(String field) {
    for (Map.Entry<String, String> said : own.entrySet())
      if (said.getValue().equals(field)) return Optional.of(said.getKey());
    return Optional.ofNullable(USUAL.get(field.strip().toLowerCase(Locale.ROOT)))
        .filter(column -> !own.containsKey(column));
  }

  /** Our names, for whoever explains them. */
  public static Map<String, List<String>> columns() {
    return RowReader.COLUMNS;
  }

  private static Map<String, String> usual() {
    Map<String, String> usual = new HashMap<>();
    RowReader.COLUMNS.forEach(
        (column, names) -> {
          usual.put(column, column);
          for (String name : names) usual.put(name.toLowerCase(Locale.ROOT), column);
        });
    return usual;
  }
}
