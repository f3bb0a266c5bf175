package org.gridline.gis.boundary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.gis.boundary.UnusableBoundaries.Problem;
import org.gridline.gis.position.Crs;

/**
 * Reads a layer from a GeoJSON FeatureCollection (RFC 7946).
 *
 * <p>The file is read as a stream, one feature in memory beside the areas made so far; members that
 * nobody asked for are skipped. All bad features are found in one pass, so that a person can mend
 * them together.
 */
public final class GeoJsonBoundaries {
  /** Larger files are refused before they are opened: a district at full detail is under 10 MB. */
  public static final long MAX_FILE_BYTES = 256L << 20;

  /** More vertices than this in one file are refused (each costs some 30 bytes of memory). */
  public static final int MAX_VERTICES = 8_000_000;

  /** Reading stops after so many bad features. */
  public static final int MAX_PROBLEMS = 100;

  private final Layer layer;
  private final String codeField;
  private final String nameField;
  private final String parentField;
  private final Crs crs;
  private final List<Area> areas = new ArrayList<>();
  private final Set<String> codes = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private int features;
  private int vertices;

  private GeoJsonBoundaries(
      Layer layer, String codeField, String nameField, String parentField, Crs crs) {
    this.layer = layer;
    this.codeField = codeField;
    this.nameField = nameField;
    this.parentField = parentField;
    this.crs = crs;
  }

  /** As the longer form, for files in WGS 84 (which RFC 7946 asks for) or CGCS2000. */
  public static List<Area> read(
      Path file, Layer layer, String codeField, String nameField, String parentField) {
    return read(file, layer, codeField, nameField, parentField, Crs.WGS84);
  }

  /**
   * Reads all areas of a file.
   *
   * @param codeField the property that holds the code; text or number
   * @param nameField the property that holds the name; blank when there is none, then the code
   *     serves as name
   * @param parentField the property that holds the parent's code; blank when there is none
   * @param crs the system the coordinates are in; they are turned into WGS 84
   * @return the areas in the file's order, at least one
   * @throws UnusableBoundaries when the file is too big, is not such GeoJSON, is empty, or a
   *     feature has no code, the code of another, or no valid polygon
   * @throws UncheckedIOException when the file can't be read
   */
  public static List<Area> read(
      Path file, Layer layer, String codeField, String nameField, String parentField, Crs crs) {
    GeoJsonBoundaries reading =
        new GeoJsonBoundaries(layer, codeField, nameField, parentField, crs);
    try {
      reading.readFile(file);
    } catch (JsonProcessingException e) {
      reading.problems.add(new Problem("the file", "not JSON: " + oneLine(e)));
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file.getFileName() + ": " + e, e);
    }
    if (!reading.problems.isEmpty()) {
      throw new UnusableBoundaries(String.valueOf(file.getFileName()), reading.problems);
    }
    return List.copyOf(reading.areas);
  }

  private void readFile(Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes > MAX_FILE_BYTES) {
      problems.add(
          new Problem(
              "the file", bytes + " bytes are more than the " + MAX_FILE_BYTES + " allowed"));
      return;
    }
    try (var in = Files.newInputStream(file);
        JsonParser json = new JsonFactory().createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        problems.add(new Problem("the file", "not a GeoJSON object"));
        return;
      }
      boolean sawFeatures = false;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String member = json.currentName();
        JsonToken value = json.nextToken();
        if (member.equals("features") && value == JsonToken.START_ARRAY) {
          sawFeatures = true;
          if (!readFeatures(json)) {
            return;
          }
        } else if (value == null) {
          break;
        } else {
          json.skipChildren();
        }
      }
      if (!sawFeatures) {
        problems.add(new Problem("the file", "not a FeatureCollection: it has no features list"));
      } else if (features == 0) {
        problems.add(new Problem("the file", "it has no feature"));
      }
    }
  }

  /** False when reading on is pointless. */
  private boolean readFeatures(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      features++;
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        problems.add(new Problem("feature " + features, "not an object"));
      } else {
        readFeature(json);
      }
      if (problems.size() >= MAX_PROBLEMS) {
        return false;
      }
      if (vertices > MAX_VERTICES) {
        problems.add(new Problem("feature " + features, "more vertices than " + MAX_VERTICES));
        return false;
      }
    }
    return true;
  }

  private void readFeature(JsonParser json) throws IOException {
    Map<String, String> properties = new HashMap<>();
    GeoJsonShape shape = new GeoJsonShape(crs, MAX_VERTICES - vertices);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      JsonToken value = json.nextToken();
      if (member.equals("properties") && value == JsonToken.START_OBJECT) {
        readProperties(json, properties);
      } else if (member.equals("geometry") && value == JsonToken.START_OBJECT) {
        shape.read(json);
      } else {
        json.skipChildren();
      }
    }
    vertices += shape.vertices();
    String code = properties.getOrDefault(codeField, "").strip();
    String label = "feature " + features + (code.isEmpty() ? "" : " (" + code + ")");
    if (code.isEmpty()) {
      problems.add(new Problem(label, "property " + codeField + " is missing or empty"));
    } else if (!codes.add(code)) {
      problems.add(new Problem(label, "code " + code + " is already taken in this file"));
    }
    try {
      String name = nameField.isBlank() ? code : properties.getOrDefault(nameField, "").strip();
      Optional<String> parent =
          Optional.ofNullable(properties.get(parentField))
              .map(String::strip)
              .filter(text -> !text.isEmpty());
      var polygon = shape.polygons();
      if (!code.isEmpty()) {
        areas.add(new Area(layer.id(), code, name, parent, polygon));
      }
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(label, String.valueOf(e.getMessage())));
    }
  }

  /** Keeps the three wanted properties; a large number is kept as it is written. */
  private void readProperties(JsonParser json, Map<String, String> into) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      JsonToken value = json.nextToken();
      boolean wanted =
          member.equals(codeField) || member.equals(nameField) || member.equals(parentField);
      if (wanted && (value == JsonToken.VALUE_STRING || value.isNumeric())) {
        into.put(member, json.getText());
      } else {
        json.skipChildren();
      }
    }
  }

  private static String oneLine(JsonProcessingException e) {
    var where = e.getLocation();
    return e.getOriginalMessage().lines().findFirst().orElse("")
        + (where == null
            ? ""
            : " at line " + where.getLineNr() + ", column " + where.getColumnNr());
  }
}
