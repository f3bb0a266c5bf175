package org.gridline.console.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gridline.dispatch.store.Desk;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.geojson.GeoJsonReader;
import org.locationtech.jts.io.geojson.GeoJsonWriter;

/** Makes files of streets out of those of the sample city; synthetic like them. */
final class Surveyor {
  static final String STREET = "320113001";
  static final String WEST = "320113101";
  static final String EAST = "320113102";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final GeometryFactory SHAPES = new GeometryFactory();

  private final Path folder;

  Surveyor() {
    try {
      folder = Files.createTempDirectory("gridline-surveyor");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All streets, one of them in a western and an eastern half. */
  Path splitsTheStreet() {
    ObjectNode layer = streets();
    ArrayNode kept = JSON.createArrayNode();
    for (JsonNode feature : layer.path("features")) {
      if (!code(feature).equals(STREET)) {
        kept.add(feature);
        continue;
      }
      Geometry whole = shape(feature);
      Envelope box = whole.getEnvelopeInternal();
      double middle = whole.getCentroid().getX();
      Envelope west = new Envelope(box.getMinX(), middle, box.getMinY(), box.getMaxY());
      Envelope east = new Envelope(middle, box.getMaxX(), box.getMinY(), box.getMaxY());
      kept.add(half(feature, WEST, "尧化西街道", whole.intersection(SHAPES.toGeometry(west))));
      kept.add(half(feature, EAST, "尧化东街道", whole.intersection(SHAPES.toGeometry(east))));
    }
    layer.set("features", kept);
    return write("streets-split.geojson", layer);
  }

  /** All streets, one drawn as a bow tie, one code given twice. */
  Path spoilsTheStreets() {
    ObjectNode layer = streets();
    ArrayNode features = (ArrayNode) layer.path("features");
    Envelope box = shape(features.get(0)).getEnvelopeInternal();
    ArrayNode ring = JSON.createArrayNode();
    corner(ring, box.getMinX(), box.getMinY());
    corner(ring, box.getMaxX(), box.getMaxY());
    corner(ring, box.getMaxX(), box.getMinY());
    corner(ring, box.getMinX(), box.getMaxY());
    corner(ring, box.getMinX(), box.getMinY());
    ObjectNode bowTie = ((ObjectNode) features.get(0)).putObject("geometry");
    bowTie.put("type", "Polygon").putArray("coordinates").add(ring);
    ((ObjectNode) features.get(2).path("properties")).put("code", code(features.get(1)));
    return write("streets-spoiled.geojson", layer);
  }

  private static void corner(ArrayNode ring, double lon, double lat) {
    ring.addArray().add(lon).add(lat);
  }

  private static ObjectNode half(JsonNode of, String code, String name, Geometry shape) {
    ObjectNode feature = of.deepCopy();
    ((ObjectNode) feature.path("properties")).put("code", code).put("name", name);
    GeoJsonWriter writer = new GeoJsonWriter(9);
    writer.setEncodeCRS(false);
    feature.set("geometry", read(writer.write(shape)));
    return feature;
  }

  private static String code(JsonNode feature) {
    return feature.path("properties").path("code").asText();
  }

  private static Geometry shape(JsonNode feature) {
    try {
      return new GeoJsonReader(SHAPES).read(feature.path("geometry").toString());
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode streets() {
    try {
      return (ObjectNode)
          JSON.readTree(
              Desk.repository()
                  .resolve("config/cities/qixia-sample/boundaries/street.geojson")
                  .toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String name, ObjectNode layer) {
    try {
      return Files.write(folder.resolve(name), JSON.writeValueAsBytes(layer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
