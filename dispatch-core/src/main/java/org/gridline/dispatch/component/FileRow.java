package org.gridline.dispatch.component;

import java.util.Map;
import java.util.Optional;

/**
 * A row of a file.
 *
 * @param line where it stands: a line of a CSV file, the number of a feature in any other
 * @param cells texts by our own names of the columns
 * @param problem why it can't be read; empty when it can
 */
public record FileRow(long line, Map<String, String> cells, Optional<String> problem) {
  public FileRow {
    cells = Map.copyOf(cells);
  }

  public static FileRow unreadable(long line, String problem) {
    return new FileRow(line, Map.of(), Optional.of(problem));
  }

  /** Without spaces around it; empty when it is not there. */
  public String text(String column) {
    return cells.getOrDefault(column, "").strip();
  }

  public Optional<String> find(String column) {
    return Optional.of(text(column)).filter(t -> !t.isEmpty());
  }
}
