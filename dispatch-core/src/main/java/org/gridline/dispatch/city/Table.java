package org.gridline.dispatch.city;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.gridline.dispatch.Names;

/** Reads one CSV file of a pack; every complaint names file, line and column. */
final class Table {
  private static final long MOST_BYTES = 64L << 20;
  private static final CsvMapper CSV = CsvMapper.builder().build();

  private Table() {}

  /**
   * The columns of a table. Others are refused: a misspelt column would silently mean "any".
   *
   * @param optional may be left out of the file, which is the same as empty in every row
   */
  record Columns(List<String> needed, List<String> optional) {
    static Columns of(String needed, String optional) {
      return new Columns(words(needed), words(optional));
    }

    private static List<String> words(String text) {
      return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
  }

  /** A row with its line number. */
  record Row(Path file, int line, Map<String, String> cells) {
    /** The cell's text, without spaces around it; empty when blank or in no column. */
    String text(String column) {
      String value = cells.get(column);
      return value == null ? "" : value.strip();
    }

    /** The cell's text, which must not be blank. */
    String needed(String column) {
      return find(column).orElseThrow(() -> wrong(column, "must not be empty"));
    }

    Optional<String> find(String column) {
      return Optional.of(text(column)).filter(t -> !t.isEmpty());
    }

    /** The parts of a cell between {@code |}. */
    List<String> list(String column) {
      return Arrays.stream(text(column).split("\\|"))
          .map(String::strip)
          .filter(p -> !p.isEmpty())
          .toList();
    }

    /** {@code name_zh} and {@code name_en}; one of them is enough. */
    Names names() {
      return read("name_zh", zh -> new Names(zh, text("name_en")));
    }

    <T> T read(String column, Function<String, T> reader) {
      try {
        return reader.apply(text(column));
      } catch (RuntimeException e) {
        if (e instanceof UnusablePack) throw e;
        throw wrong(column, String.valueOf(e.getMessage()));
      }
    }

    UnusablePack wrong(String column, String reason) {
      return new UnusablePack(
          file.getFileName() + ", line " + line + ", column " + column + ": " + reason);
    }
  }

  static <T> List<T> read(Path file, Columns columns, Function<Row, T> reader) {
    List<T> rows = new ArrayList<>();
    try {
      if (Files.size(file) > MOST_BYTES)
        throw new UnusablePack(file.getFileName() + " is over 64 MiB");
      try (MappingIterator<Map<String, String>> lines =
          CSV.readerForMapOf(String.class)
              .with(CsvSchema.emptySchema().withHeader())
              .readValues(file.toFile())) {
        for (int line = 2; lines.hasNext(); line++) {
          Row row = new Row(file, line, lines.next());
          if (line == 2) check(row, (CsvSchema) lines.getParserSchema(), columns);
          rows.add(reader.apply(row));
        }
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof UnusablePack wrong) throw wrong;
      throw new UnusablePack(file.getFileName() + ": " + e.getMessage());
    }
    return rows;
  }

  private static void check(Row row, CsvSchema header, Columns columns) {
    List<String> named = header.getColumnNames();
    for (String column : columns.needed())
      if (!named.contains(column)) throw row.wrong(column, "the column is missing");
    for (String column : named)
      if (!columns.needed().contains(column) && !columns.optional().contains(column))
        throw row.wrong(column, "no such column in this table");
  }
}
