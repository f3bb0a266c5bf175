package org.gridline.console.components;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.gridline.console.csv.AtMost;
import org.gridline.console.csv.Unreadable;
import org.gridline.dispatch.component.FieldMap;
import org.gridline.dispatch.component.FileRow;
import org.gridline.gis.position.CoordinateSystem;

/**
 * A FeatureCollection of points, feature by feature. Of a feature only the fields that somebody
 * asked for are kept, so that the largest file needs no more memory than the largest of those.
 */
final class GeoJsonPoints implements ComponentFile.Source {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(60)
                  .maxStringLength(64 * 1024)
                  .maxNameLength(1_000)
                  .maxNumberLength(100)
                  .build())
          .build();

  private static final int MOST_NAME = 200;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final JsonParser parser;
  private final FieldMap fields;
  private final ComponentFile.Written written;
  private long number;

  private GeoJsonPoints(JsonParser parser, FieldMap fields, ComponentFile.Written written) {
    this.parser = parser;
    this.fields = fields;
    this.written = written;
  }

  /**
   * Walks through the file once before it reads rows: a {@code crs} member speaks of all of them
   * and may stand behind them, and a damaged file is known before anything of it is taken.
   */
  static GeoJsonPoints open(Path file, FieldMap fields) {
    try {
      ComponentFile.Written written = written(file);
      GeoJsonPoints points = new GeoJsonPoints(JSON.createParser(stream(file)), fields, written);
      try {
        points.enterFeatures();
        return points;
      } catch (IOException | RuntimeException e) {
        points.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static InputStream stream(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    raw.mark(2);
    int magic = raw.read() << 8 | raw.read();
    raw.reset();
    return magic == GZIP_MAGIC
        ? new AtMost(new GZIPInputStream(raw, 1 << 16), AtMost.USUAL_BYTES)
        : raw;
  }

  private static ComponentFile.Written written(Path file) throws IOException {
    ComponentFile.Written written = new ComponentFile.Written.Usual();
    try (JsonParser json = JSON.createParser(stream(file))) {
      if (json.nextToken() != JsonToken.START_OBJECT) throw noCollection();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean crs = json.currentName().equals("crs");
        if (json.nextToken() == JsonToken.START_OBJECT && crs) written = named(json);
        else json.skipChildren();
      }
      if (json.currentToken() != JsonToken.END_OBJECT) throw noCollection();
    }
    return written;
  }

  /** {@code {"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4549"}}}. */
  private static ComponentFile.Written named(JsonParser json) throws IOException {
    String name = "?";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean properties = json.currentName().equals("properties");
      if (json.nextToken() != JsonToken.START_OBJECT || !properties) {
        json.skipChildren();
        continue;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals("name");
        if (json.nextToken() == JsonToken.VALUE_STRING && wanted) name = json.getText();
        else json.skipChildren();
      }
    }
    String shown = name.substring(0, Math.min(MOST_NAME, name.length()));
    return CoordinateSystem.find(shown)
        .<ComponentFile.Written>map(ComponentFile.Written.In::new)
        .orElseGet(() -> new ComponentFile.Written.Unknown(shown));
  }

  @Override
  public ComponentFile.Written written() {
    return written;
  }

  private void enterFeatures() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) throw noCollection();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      JsonToken value = parser.nextToken();
      if (member.equals("features") && value == JsonToken.START_ARRAY) return;
      parser.skipChildren();
    }
    throw noCollection();
  }

  @Override
  public Optional<FileRow> find() {
    try {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.END_ARRAY) return Optional.empty();
      number++;
      if (token != JsonToken.START_OBJECT) {
        if (token == null) throw noCollection();
        parser.skipChildren();
        return Optional.of(FileRow.unreadable(number, "不是要素 · no feature"));
      }
      return Optional.of(feature());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private FileRow feature() throws IOException {
    Map<String, String> cells = new HashMap<>();
    boolean point = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      JsonToken value = parser.nextToken();
      if (member.equals("properties") && value == JsonToken.START_OBJECT) properties(cells);
      else if (member.equals("geometry") && value == JsonToken.START_OBJECT)
        point = geometry(cells);
      else parser.skipChildren();
    }
    return point
        ? new FileRow(number, cells, Optional.empty())
        : FileRow.unreadable(number, "不是点 · no point");
  }

  private void properties(Map<String, String> cells) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Optional<String> column = fields.ours(parser.currentName());
      JsonToken value = parser.nextToken();
      boolean wanted =
          column.filter(c -> !c.equals("lon") && !c.equals("lat")).isPresent()
              && value.isScalarValue()
              && value != JsonToken.VALUE_NULL;
      if (wanted) cells.putIfAbsent(column.get(), parser.getText());
      else parser.skipChildren();
    }
  }

  private boolean geometry(Map<String, String> cells) throws IOException {
    boolean point = false;
    boolean placed = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      JsonToken value = parser.nextToken();
      if (member.equals("type")) {
        point = value == JsonToken.VALUE_STRING && parser.getText().equals("Point");
      } else if (member.equals("coordinates") && value == JsonToken.START_ARRAY) {
        placed = coordinates(cells);
      } else {
        parser.skipChildren();
      }
    }
    return point && placed;
  }

  /** A height may follow, and is passed over. */
  private boolean coordinates(Map<String, String> cells) throws IOException {
    int numbers = 0;
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      if (t == null) throw noCollection();
      if (t.isNumeric() && numbers < 2) {
        cells.put(numbers == 0 ? "lon" : "lat", parser.getText());
      } else if (!t.isNumeric()) {
        parser.skipChildren();
        numbers = -1_000_000;
      }
      numbers++;
    }
    return numbers >= 2;
  }

  private static Unreadable noCollection() {
    return new Unreadable("不是 GeoJSON FeatureCollection · no FeatureCollection");
  }

  private static Unreadable unreadable(IOException e) {
    String where =
        e instanceof JsonProcessingException json && json.getLocation() != null
            ? " (line " + json.getLocation().getLineNr() + ")"
            : "";
    return new Unreadable("文件损坏或过深 · damaged, or not JSON" + where);
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
