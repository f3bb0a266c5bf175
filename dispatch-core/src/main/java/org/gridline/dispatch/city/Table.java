package org.gridline.dispatch.city;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
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

/** Reads one CSV file of a pack; every complaint names file, line and column. */
final class Table {
  private static final long MOST_BYTES = 64L << 20;
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvParser.Feature.FAIL_ON_MISSING_HEADER_COLUMNS).build();

  private Table() {}

  /** A row with its line number. */
  record Row(Path file, int line, Map<String, String> cells) {
    /** The cell's text, without spaces around it; empty when blank. */
    String text(String column) {
      String value = cells.get(column);
      if (value == null) throw wrong(column, "the column is missing");
      return value.strip();
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

  static <T> List<T> read(Path file, Function<Row, T> reader) {
    List<T> rows = new ArrayList<>();
    try {
      if (!Files.isRegularFile(file)) throw new UnusablePack(file.getFileName() + " is missing");
      if (Files.size(file) > MOST_BYTES)
        throw new UnusablePack(file.getFileName() + " is over 64 MiB");
      try (MappingIterator<Map<String, String>> lines =
          CSV.readerForMapOf(String.class)
              .with(CsvSchema.emptySchema().withHeader())
              .readValues(file.toFile())) {
        for (int line = 2; lines.hasNext(); line++)
          rows.add(reader.apply(new Row(file, line, lines.next())));
      }
    } catch (IOException e) {
      throw new UnusablePack(file.getFileName() + ": " + e.getMessage());
    }
    return rows;
  }
}
