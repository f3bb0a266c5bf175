package org.gridline.gis.boundary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Coordinate;

/**
 * Reads a layer from a GeoJSON FeatureCollection (RFC 7946), plain or gzip.
 *
 * <p>The file is read as a stream, one feature in memory beside the areas made so far; members that
 * nobody asked for are skipped. All bad features are found in one pass, so that a person can mend
 * them together. Broken polygons are mended by {@link PolygonRepair} or refused.
 */
public final class GeoJsonBoundaries {
  /** Larger content is refused, packed or not: a district at full detail is under 10 MB. */
  public static final long MAX_FILE_BYTES = 256L << 20;

  /** More vertices than this in one file are refused (each costs some 30 bytes of memory). */
  public static final int MAX_VERTICES = 8_000_000;

  /** Reading stops after so many bad features. */
  public static final int MAX_FATAL = 100;

  /**
   * @param areas in the file's order, at least one
   * @param findings what was repaired
   */
  public record Read(List<Area> areas, List<Finding> findings) {
    public Read {
      areas = List.copyOf(areas);
      findings = List.copyOf(findings);
    }
  }

  private final LayerSource from;
  private CoordinateSystem system = Crs.WGS84;
  private FileCrs known;
  private final List<Area> areas = new ArrayList<>();
  private final Set<String> codes = new HashSet<>();
  private final List<Finding> fatal = new ArrayList<>();
  private final List<Finding> repaired = new ArrayList<>();
  private int features;
  private int vertices;

  private GeoJsonBoundaries(LayerSource from) {
    this.from = from;
    this.known = from.crs();
  }

  /**
   * Reads all areas of a file.
   *
   * @throws UnusableBoundaries with all fatal findings: the file is too big or no such GeoJSON, or
   *     a feature has no code, the code of another, or a shape that {@link PolygonRepair} refuses
   * @throws UncheckedIOException when the file can't be read
   */
  public static Read read(LayerSource from) {
    GeoJsonBoundaries reading = new GeoJsonBoundaries(from);
    try {
      reading.readFile();
    } catch (JsonProcessingException e) {
      reading.refuseFile(Code.NOT_READABLE, "not JSON: " + oneLine(e));
    } catch (BoundaryBytes.TooBig e) {
      reading.refuseFile(Code.TOO_BIG, String.valueOf(e.getMessage()));
    } catch (ZipException | java.io.EOFException e) {
      reading.refuseFile(Code.NOT_READABLE, "damaged gzip: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + from.file().getFileName() + ": " + e, e);
    }
    if (!reading.fatal.isEmpty()) {
      throw new UnusableBoundaries(String.valueOf(from.file().getFileName()), reading.fatal);
    }
    return new Read(reading.areas, reading.repaired);
  }

  private void readFile() throws IOException {
    if (known instanceof FileCrs.Unsaid) {
      // Wherever the member stands in the file, it speaks of every feature.
      Optional<String> name = GeoJsonCrs.find(from.file(), MAX_FILE_BYTES);
      Optional<CoordinateSystem> named = name.flatMap(CoordinateSystem::find);
      if (name.isPresent() && named.isEmpty()) {
        refuseFile(
            Code.CRS_UNKNOWN,
            "its crs member names "
                + name.get()
                + ", which is not known here; if you know the system, name it: --crs EPSG:n");
        return;
      }
      named.ifPresent(found -> known = new FileCrs.Said(found));
    }
    if (known instanceof FileCrs.Said(CoordinateSystem said)) {
      system = said;
      try {
        system.check();
      } catch (IllegalArgumentException e) {
        refuseFile(Code.CRS_UNKNOWN, String.valueOf(e.getMessage()));
        return;
      }
    }
    readCollection();
  }

  private void readCollection() throws IOException {
    try (InputStream in = BoundaryBytes.open(from.file(), MAX_FILE_BYTES);
        JsonParser json = new JsonFactory().createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        refuseFile(Code.NOT_READABLE, "not a GeoJSON object");
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
        refuseFile(Code.NOT_READABLE, "not a FeatureCollection: it has no features list");
      } else if (features == 0) {
        refuseFile(Code.NO_FEATURE, "it has no feature");
      }
    }
  }

  /** False when reading on is pointless. */
  private boolean readFeatures(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      features++;
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        fatal.add(new Finding(Code.NOT_READABLE, "feature " + features, "not an object"));
      } else {
        readFeature(json);
      }
      if (vertices > MAX_VERTICES) {
        refuseFile(Code.TOO_BIG, "it has more vertices than " + MAX_VERTICES);
      }
      if (fatal.size() >= MAX_FATAL || fatal.stream().anyMatch(GeoJsonBoundaries::endsReading)) {
        return false;
      }
    }
    return true;
  }

  /** A wrong system is wrong for every feature; telling it once is enough. */
  private static boolean endsReading(Finding finding) {
    return finding.code() == Code.CRS_UNKNOWN || finding.code() == Code.TOO_BIG;
  }

  private void readFeature(JsonParser json) throws IOException {
    Map<String, String> properties = new HashMap<>();
    GeoJsonShape shape = new GeoJsonShape(system, known, MAX_VERTICES - vertices);
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
    take(properties, shape);
  }

  private void take(Map<String, String> properties, GeoJsonShape shape) {
    String code = properties.getOrDefault(from.codeField(), "").strip();
    String label = "feature " + features + (code.isEmpty() ? "" : " (" + code + ")");
    if (code.isEmpty()) {
      fatal.add(
          new Finding(
              Code.CODE_MISSING, label, "property " + from.codeField() + " is missing or empty"));
    } else if (!codes.add(code)) {
      fatal.add(
          new Finding(
              Code.CODE_DUPLICATE, label, "code " + code + " is already taken in this file"));
    }
    String name =
        from.nameField().isBlank() ? code : properties.getOrDefault(from.nameField(), "").strip();
    if (name.isEmpty() && !code.isEmpty()) {
      fatal.add(
          new Finding(
              Code.NAME_MISSING, label, "property " + from.nameField() + " is missing or empty"));
    }
    try {
      PolygonRepair.Repaired mended = PolygonRepair.repair(shape.polygons());
      for (PolygonRepair.Flaw flaw : mended.flaws()) {
        repaired.add(
            new Finding(
                flaw.code(),
                from.layer().id() + " " + label,
                flaw.reason(),
                flaw.at().flatMap(GeoJsonBoundaries::place),
                flaw.movedSquareMetres()));
      }
      if (!code.isEmpty() && !name.isEmpty()) {
        Optional<String> parent =
            Optional.ofNullable(properties.get(from.parentField()))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        areas.add(new Area(from.layer().id(), code, name, parent, mended.shape()));
      }
    } catch (BadShape bad) {
      fatal.add(
          new Finding(
              bad.code(), label, bad.reason(), bad.at().flatMap(GeoJsonBoundaries::place), 0));
    }
  }

  private static Optional<Position> place(Coordinate at) {
    return Math.abs(at.x) <= 180 && Math.abs(at.y) <= 90
        ? Optional.of(new Position(at.x, at.y))
        : Optional.empty();
  }

  /** Keeps the three wanted properties; a large number is kept as it is written. */
  private void readProperties(JsonParser json, Map<String, String> into) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      JsonToken value = json.nextToken();
      boolean wanted =
          member.equals(from.codeField())
              || member.equals(from.nameField())
              || member.equals(from.parentField());
      if (wanted && (value == JsonToken.VALUE_STRING || value.isNumeric())) {
        into.put(member, json.getText());
      } else {
        json.skipChildren();
      }
    }
  }

  private void refuseFile(Code code, String reason) {
    fatal.add(new Finding(code, "the file", reason));
  }

  private static String oneLine(JsonProcessingException e) {
    var where = e.getLocation();
    return e.getOriginalMessage().lines().findFirst().orElse("")
        + (where == null
            ? ""
            : " at line " + where.getLineNr() + ", column " + where.getColumnNr());
  }
}
