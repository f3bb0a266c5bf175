package org.gridline.console.components;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.gridline.console.csv.CsvRows;
import org.gridline.console.csv.Unreadable;
import org.gridline.dispatch.component.FieldMap;
import org.gridline.dispatch.component.FileRow;

/** A file of components, row by row. Not thread-safe. */
public final class ComponentFile implements Iterator<FileRow>, AutoCloseable {
  private final Source source;
  private Optional<FileRow> next;

  /** Where rows come from; empty at the end. */
  interface Source extends AutoCloseable {
    Optional<FileRow> find();

    @Override
    void close();
  }

  /** What a file is written in. */
  public enum Format {
    CSV,
    GEOJSON;

    public static Optional<Format> find(String id) {
      return switch (id.toLowerCase(Locale.ROOT)) {
        case "csv" -> Optional.of(CSV);
        case "geojson", "json" -> Optional.of(GEOJSON);
        default -> Optional.empty();
      };
    }
  }

  /** How a file is read. {@code charset} is of CSV; GeoJSON is always UTF-8. */
  public record Reading(Format format, FieldMap fields, Charset charset) {
    public static Reading usual() {
      return new Reading(Format.CSV, new FieldMap(Map.of()), StandardCharsets.UTF_8);
    }
  }

  private ComponentFile(Source source) {
    this.source = source;
    this.next = source.find();
  }

  /**
   * @throws Unreadable when it is no such file, or has not the columns that are needed
   */
  public static ComponentFile open(Path file, Reading reading) {
    Source source =
        switch (reading.format()) {
          case CSV -> new Csv(CsvRows.open(file, reading.charset()), reading.fields());
          case GEOJSON -> GeoJsonPoints.open(file, reading.fields());
        };
    try {
      return new ComponentFile(source);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    return next.isPresent();
  }

  @Override
  public FileRow next() {
    FileRow row = next.orElseThrow(NoSuchElementException::new);
    next = source.find();
    return row;
  }

  @Override
  public void close() {
    source.close();
  }

  /** A table with a header line. */
  private static final class Csv implements Source {
    private final CsvRows rows;
    private final Map<String, String> fieldOfColumn = new LinkedHashMap<>();

    Csv(CsvRows rows, FieldMap fields) {
      this.rows = rows;
      for (String field : rows.names())
        fields.ours(field).ifPresent(column -> fieldOfColumn.putIfAbsent(column, field));
      List<String> missing =
          List.of("code", "lon", "lat").stream()
              .filter(column -> !fieldOfColumn.containsKey(column))
              .toList();
      if (!missing.isEmpty()) {
        rows.close();
        throw new Unreadable(
            "缺少列 · columns are missing: " + String.join(", ", missing) + "; map=code:FIELD,…");
      }
    }

    @Override
    public Optional<FileRow> find() {
      return rows.find().map(this::row);
    }

    private FileRow row(CsvRows.Row row) {
      if (row.problem().isPresent()) return FileRow.unreadable(row.line(), row.problem().get());
      Map<String, String> cells = new HashMap<>();
      fieldOfColumn.forEach((column, field) -> cells.put(column, row.text(field)));
      return new FileRow(row.line(), cells, Optional.empty());
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
