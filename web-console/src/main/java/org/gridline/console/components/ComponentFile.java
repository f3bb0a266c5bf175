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
import org.gridline.console.csv.AtMost;
import org.gridline.console.csv.CsvRows;
import org.gridline.console.csv.Unreadable;
import org.gridline.dispatch.component.FieldMap;
import org.gridline.dispatch.component.FileRow;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;

/** A file of components, row by row. Not thread-safe. */
public final class ComponentFile implements Iterator<FileRow>, AutoCloseable {
  private final Source source;
  private final CoordinateSystem system;
  private Optional<FileRow> next;

  /** Where rows come from; empty at the end. */
  interface Source extends AutoCloseable {
    Optional<FileRow> find();

    /** What the file itself says of its coordinates. */
    Written written();

    @Override
    void close();
  }

  /** What a file says of its coordinate system. */
  sealed interface Written {
    /** Degrees in WGS 84 where nobody says otherwise: a table, or GeoJSON as RFC 7946 has it. */
    record Usual() implements Written {}

    /** Nobody can know, and somebody has to say it. */
    record Nothing() implements Written {}

    record In(CoordinateSystem system) implements Written {}

    /** A name that nobody here knows. */
    record Unknown(String name) implements Written {}
  }

  /** What a file is written in. */
  public enum Format {
    CSV,
    GEOJSON,
    /** Zipped; points. */
    SHAPEFILE;

    public static Optional<Format> find(String id) {
      return switch (id.toLowerCase(Locale.ROOT)) {
        case "csv" -> Optional.of(CSV);
        case "geojson", "json" -> Optional.of(GEOJSON);
        case "shapefile" -> Optional.of(SHAPEFILE);
        default -> Optional.empty();
      };
    }
  }

  /**
   * How a file is read.
   *
   * @param charset of CSV; GeoJSON is always UTF-8, a shapefile says it itself
   * @param said the system of its coordinates; outranks what the file says
   */
  public record Reading(
      Format format, FieldMap fields, Charset charset, Optional<CoordinateSystem> said) {
    public static Reading usual() {
      return new Reading(
          Format.CSV, new FieldMap(Map.of()), StandardCharsets.UTF_8, Optional.empty());
    }
  }

  private ComponentFile(Source source, CoordinateSystem system) {
    this.source = source;
    this.system = system;
    this.next = source.find();
  }

  /**
   * @throws Unreadable when it is no such file, or has not the columns that are needed
   */
  public static ComponentFile open(Path file, Reading reading) {
    Source source =
        switch (reading.format()) {
          case CSV ->
              new Csv(CsvRows.open(file, reading.charset(), AtMost.USUAL_BYTES), reading.fields());
          case GEOJSON -> GeoJsonPoints.open(file, reading.fields());
          case SHAPEFILE -> ShapefilePoints.open(file, reading.fields());
        };
    try {
      return new ComponentFile(source, reading.said().orElseGet(() -> system(source.written())));
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static CoordinateSystem system(Written written) {
    return switch (written) {
      case Written.Usual usual -> Crs.WGS84;
      case Written.In(var system) -> checked(system);
      case Written.Unknown(var name) ->
          throw new Unreadable(
              "文件所写坐标系不认识,请用参数 crs 说明 · the file names a system that is not known, say it with the"
                  + " crs parameter: "
                  + name);
      case Written.Nothing nothing ->
          throw new Unreadable(
              "文件没有说明坐标系,请用参数 crs 说明 · the file does not say its coordinate system, say it with the"
                  + " crs parameter");
    };
  }

  private static CoordinateSystem checked(CoordinateSystem system) {
    try {
      system.check();
      return system;
    } catch (IllegalArgumentException unknown) {
      return system(new Written.Unknown(system.spelling()));
    }
  }

  /** The system of the rows' numbers: what was said, else what the file says. */
  public CoordinateSystem system() {
    return system;
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

    @Override
    public Written written() {
      return new Written.Usual();
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
