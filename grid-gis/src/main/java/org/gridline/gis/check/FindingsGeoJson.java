package org.gridline.gis.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gridline.gis.boundary.Finding;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/** Findings as GeoJSON (RFC 7946), to lay over the file in any map program. */
final class FindingsGeoJson {
  private FindingsGeoJson() {}

  static void write(Path file, List<Finding> findings) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("type", "FeatureCollection");
      json.writeArrayFieldStart("features");
      for (Finding finding : findings) {
        json.writeRaw('\n');
        feature(json, finding);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void feature(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeObjectFieldStart("properties");
    json.writeStringField("code", finding.code().id());
    json.writeStringField("kind", finding.code().zh());
    json.writeStringField("severity", finding.severity().name().toLowerCase(java.util.Locale.ROOT));
    json.writeStringField("feature", finding.feature());
    json.writeStringField("reason", finding.reason());
    json.writeNumberField("squareMetres", Math.round(finding.squareMetres() * 1000) / 1000.0);
    json.writeEndObject();
    json.writeFieldName("geometry");
    if (finding.ground().isPresent()) {
      geometry(json, finding.ground().get());
    } else if (finding.place().isPresent()) {
      json.writeStartObject();
      json.writeStringField("type", "Point");
      json.writeFieldName("coordinates");
      position(json, new Coordinate(finding.place().get().lon(), finding.place().get().lat()));
      json.writeEndObject();
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }

  /** What an overlay leaves may hold lines and points beside polygons; only polygons are ground. */
  private static void geometry(JsonGenerator json, Geometry ground) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "MultiPolygon");
    json.writeArrayFieldStart("coordinates");
    for (int i = 0; i < ground.getNumGeometries(); i++) {
      if (ground.getGeometryN(i) instanceof Polygon polygon) {
        json.writeStartArray();
        // The outer ring counter-clockwise, as the standard asks.
        Polygon turned = (Polygon) polygon.norm().reverse();
        ring(json, turned.getExteriorRing());
        for (int hole = 0; hole < turned.getNumInteriorRing(); hole++) {
          ring(json, turned.getInteriorRingN(hole));
        }
        json.writeEndArray();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void ring(JsonGenerator json, LineString ring) throws IOException {
    json.writeStartArray();
    for (Coordinate at : ring.getCoordinates()) {
      position(json, at);
    }
    json.writeEndArray();
  }

  private static void position(JsonGenerator json, Coordinate at) throws IOException {
    json.writeStartArray();
    json.writeNumber(at.x);
    json.writeNumber(at.y);
    json.writeEndArray();
  }
}
