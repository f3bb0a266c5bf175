package org.gridline.gis.boundary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.CoordinateSystem;

/**
 * A GeoJSON FeatureCollection (RFC 7946, or the older kind with a {@code crs} member), plain or
 * gzip. Members that nobody asked for are skipped.
 */
final class GeoJsonFeatures implements FeatureFile {
  private final Path file;

  GeoJsonFeatures(Path file) {
    this.file = file;
  }

  /** Wherever the member stands in the file, it speaks of every feature. */
  @Override
  public FileCrs crs() throws IOException {
    Optional<String> name;
    try {
      name = GeoJsonCrs.find(file, Limits.MAX_FILE_BYTES);
    } catch (IOException e) {
      throw told(e);
    }
    if (name.isEmpty()) {
      return new FileCrs.Unsaid();
    }
    Optional<CoordinateSystem> named = CoordinateSystem.find(name.get());
    if (named.isEmpty()) {
      throw new BadFile(
          Code.CRS_UNKNOWN,
          "its crs member names "
              + name.get()
              + ", which is not known here; if you know the system, name it: --crs EPSG:n");
    }
    return new FileCrs.Said(named.get());
  }

  @Override
  public void read(Wanted wanted, ShapeMaker shapes, Sink sink) throws IOException {
    try (InputStream in = BoundaryBytes.open(file, Limits.MAX_FILE_BYTES);
        JsonParser json = new JsonFactory().createParser(in)) {
      readCollection(json, new Reading(json, wanted, shapes, sink));
    } catch (IOException e) {
      throw told(e);
    }
  }

  private static void readCollection(JsonParser json, Reading reading) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new BadFile(Code.NOT_READABLE, "not a GeoJSON object");
    }
    boolean sawFeatures = false;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      JsonToken value = json.nextToken();
      if (member.equals("features") && value == JsonToken.START_ARRAY) {
        sawFeatures = true;
        if (!reading.features()) {
          return;
        }
      } else if (value == null) {
        break;
      } else {
        json.skipChildren();
      }
    }
    if (!sawFeatures) {
      throw new BadFile(Code.NOT_READABLE, "not a FeatureCollection: it has no features list");
    }
  }

  /** The part of a walk through the file that every method needs. */
  private record Reading(JsonParser json, Wanted wanted, ShapeMaker shapes, Sink sink) {
    /** False when reading on is pointless. */
    boolean features() throws IOException {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        boolean goOn;
        if (json.currentToken() != JsonToken.START_OBJECT) {
          json.skipChildren();
          goOn = sink.takeNothing("not an object");
        } else {
          goOn = feature();
        }
        if (!goOn) {
          return false;
        }
      }
      return true;
    }

    private boolean feature() throws IOException {
      Map<String, String> properties = new HashMap<>();
      GeoJsonShape shape = new GeoJsonShape(shapes);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String member = json.currentName();
        JsonToken value = json.nextToken();
        if (member.equals("properties") && value == JsonToken.START_OBJECT) {
          properties(properties);
        } else if (member.equals("geometry") && value == JsonToken.START_OBJECT) {
          shape.read(json);
        } else {
          json.skipChildren();
        }
      }
      return sink.take(properties, shape);
    }

    /** Keeps the wanted ones; a large number is kept as it is written. */
    private void properties(Map<String, String> into) throws IOException {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String member = json.currentName();
        JsonToken value = json.nextToken();
        if ((value == JsonToken.VALUE_STRING || value.isNumeric()) && wanted.test(member)) {
          into.put(member, json.getText());
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private static IOException told(IOException e) {
    return switch (e) {
      case JsonProcessingException broken ->
          new BadFile(Code.NOT_READABLE, "not JSON: " + oneLine(broken));
      case CharConversionException broken ->
          new BadFile(Code.NOT_READABLE, "not JSON: " + e.getMessage());
      case ZipException broken -> new BadFile(Code.NOT_READABLE, "damaged gzip: " + e.getMessage());
      case EOFException broken -> new BadFile(Code.NOT_READABLE, "damaged gzip: " + e.getMessage());
      default -> e;
    };
  }

  private static String oneLine(JsonProcessingException e) {
    var where = e.getLocation();
    return e.getOriginalMessage().lines().findFirst().orElse("")
        + (where == null
            ? ""
            : " at line " + where.getLineNr() + ", column " + where.getColumnNr());
  }

  @Override
  public void close() {
    // Nothing stays open between the walks.
  }
}
