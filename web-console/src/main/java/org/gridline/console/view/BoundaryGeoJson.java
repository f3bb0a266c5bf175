package org.gridline.console.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/** A layer as GeoJSON (RFC 7946) for maps. */
public final class BoundaryGeoJson {
  /** 1e-7° is a centimetre: enough for a screen, and half the bytes. */
  private static final int DECIMALS = 7;

  private BoundaryGeoJson() {}

  /** A FeatureCollection with the properties code, name and parent (where there is one). */
  public static byte[] write(Boundaries boundaries, String layer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("type", "FeatureCollection");
      json.writeArrayFieldStart("features");
      for (Area area : boundaries.list(layer)) feature(json, area);
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void feature(JsonGenerator json, Area area) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeStringField("id", area.code());
    json.writeObjectFieldStart("properties");
    json.writeStringField("code", area.code());
    json.writeStringField("name", area.name());
    if (area.parent().isPresent()) json.writeStringField("parent", area.parent().get());
    json.writeEndObject();
    json.writeObjectFieldStart("geometry");
    json.writeStringField("type", "MultiPolygon");
    json.writeArrayFieldStart("coordinates");
    for (int i = 0; i < area.shape().getNumGeometries(); i++) {
      polygon(json, (Polygon) area.shape().getGeometryN(i));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void polygon(JsonGenerator json, Polygon polygon) throws IOException {
    json.writeStartArray();
    ring(json, polygon.getExteriorRing());
    for (int i = 0; i < polygon.getNumInteriorRing(); i++) ring(json, polygon.getInteriorRingN(i));
    json.writeEndArray();
  }

  private static void ring(JsonGenerator json, LineString ring) throws IOException {
    json.writeStartArray();
    for (Coordinate c : ring.getCoordinates()) {
      json.writeStartArray();
      json.writeNumber(rounded(c.x));
      json.writeNumber(rounded(c.y));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static BigDecimal rounded(double degrees) {
    BigDecimal exact =
        BigDecimal.valueOf(degrees).setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0, RoundingMode.UNNECESSARY) : exact;
  }
}
