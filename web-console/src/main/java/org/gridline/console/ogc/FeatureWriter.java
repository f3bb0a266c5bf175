package org.gridline.console.ogc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.gridline.gis.position.MapCrs;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * Features as GeoJSON (RFC 7946), and by prior arrangement of Part 2 in another system with its
 * axes in that system's order. Rings turn as RFC 7946 wants it on the ground.
 */
final class FeatureWriter {
  /** 1e-7° is a centimetre. */
  private static final int DEGREE_DECIMALS = 7;

  private static final int METRE_DECIMALS = 3;
  private static final JsonFactory FACTORY = JsonMapper.builder().build().getFactory();

  private final JsonGenerator json;
  private final MapCrs crs;
  private final int decimals;
  private final double[] at = new double[2];

  private FeatureWriter(JsonGenerator json, MapCrs crs) {
    this.json = json;
    this.crs = crs;
    this.decimals = crs.degrees() ? DEGREE_DECIMALS : METRE_DECIMALS;
  }

  private interface Part {
    void write(FeatureWriter writer) throws IOException;
  }

  private static byte[] written(MapCrs crs, Part part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      part.write(new FeatureWriter(json, crs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A page with its links. */
  static byte[] page(Feature.Page page, JsonNode links, MapCrs crs, Instant now) {
    return written(
        crs,
        w -> {
          w.json.writeStartObject();
          w.json.writeStringField("type", "FeatureCollection");
          w.json.writeFieldName("links");
          w.json.writeTree(links);
          w.json.writeStringField("timeStamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
          if (page.matched().isPresent())
            w.json.writeNumberField("numberMatched", page.matched().getAsLong());
          w.json.writeNumberField("numberReturned", page.features().size());
          w.json.writeArrayFieldStart("features");
          for (Feature feature : page.features()) w.feature(feature, Optional.empty());
          w.json.writeEndArray();
          w.json.writeEndObject();
        });
  }

  /** One feature with its links. */
  static byte[] one(Feature feature, JsonNode links, MapCrs crs) {
    return written(crs, w -> w.feature(feature, Optional.of(links)));
  }

  private void feature(Feature feature, Optional<JsonNode> links) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeStringField("id", feature.id());
    if (links.isPresent()) {
      json.writeFieldName("links");
      json.writeTree(links.get());
    }
    ObjectNode properties = feature.properties();
    json.writeFieldName("properties");
    json.writeTree(properties);
    json.writeFieldName("geometry");
    if (feature.shape().isPresent()) geometry(feature.shape().get());
    else json.writeNull();
    json.writeEndObject();
  }

  private void geometry(Geometry shape) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", shape instanceof Point ? "Point" : "MultiPolygon");
    json.writeFieldName("coordinates");
    switch (shape) {
      case Point point -> position(point.getCoordinate());
      // A layer has one type of geometry: a program that looks at its first area alone is not
      // misled.
      case Polygon polygon -> parts(polygon);
      case MultiPolygon parts -> parts(parts);
      default -> throw new IllegalStateException("points and polygons only");
    }
    json.writeEndObject();
  }

  private void parts(Geometry areas) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < areas.getNumGeometries(); i++) polygon((Polygon) areas.getGeometryN(i));
    json.writeEndArray();
  }

  private void polygon(Polygon polygon) throws IOException {
    json.writeStartArray();
    ring(polygon.getExteriorRing(), true);
    for (int i = 0; i < polygon.getNumInteriorRing(); i++) ring(polygon.getInteriorRingN(i), false);
    json.writeEndArray();
  }

  private void ring(LineString ring, boolean counterClockwise) throws IOException {
    Coordinate[] corners = ring.getCoordinates();
    boolean turn = Orientation.isCCW(corners) != counterClockwise;
    json.writeStartArray();
    for (int i = 0; i < corners.length; i++) position(corners[turn ? corners.length - 1 - i : i]);
    json.writeEndArray();
  }

  private void position(Coordinate corner) throws IOException {
    crs.write(corner.x, corner.y, at);
    json.writeStartArray();
    json.writeNumber(rounded(at[0]));
    json.writeNumber(rounded(at[1]));
    json.writeEndArray();
  }

  private BigDecimal rounded(double number) {
    BigDecimal exact =
        BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0, RoundingMode.UNNECESSARY) : exact;
  }
}
