package org.gridline.console.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
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
  static final String NEIGHBOUR = "320113007";
  static final String RENAMED = "320113003";
  static final String LOOPED = "320113009";

  /** A few metres. */
  private static final double LOOP = 3e-5;

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

  /**
   * All streets; a strip goes from one to its neighbour, one has another name, and one a loop of
   * some square metres that the check mends.
   */
  Path adjustsTheStreets() {
    ObjectNode layer = streets();
    JsonNode loser = feature(layer, STREET);
    JsonNode winner = feature(layer, NEIGHBOUR);
    Envelope box = shape(loser).getEnvelopeInternal();
    Envelope east =
        new Envelope(box.getMaxX() - 0.012, box.getMaxX(), box.getMinY(), box.getMaxY());
    Geometry strip = shape(loser).intersection(SHAPES.toGeometry(east));
    draw(loser, shape(loser).difference(strip));
    draw(winner, shape(winner).union(strip));
    ((ObjectNode) feature(layer, RENAMED).path("properties")).put("name", "迈皋桥新街道");
    ArrayNode ring = (ArrayNode) feature(layer, LOOPED).path("geometry").path("coordinates").get(0);
    double lon = ring.get(1).get(0).asDouble();
    double lat = ring.get(1).get(1).asDouble();
    ArrayNode looped = JSON.createArrayNode().add(ring.get(0)).add(ring.get(1));
    corner(looped, lon + LOOP, lat);
    corner(looped, lon, lat + LOOP);
    corner(looped, lon + LOOP, lat + LOOP);
    for (int i = 1; i < ring.size(); i++) looped.add(ring.get(i));
    ((ArrayNode) feature(layer, LOOPED).path("geometry").path("coordinates")).set(0, looped);
    return write("streets-adjusted.geojson", layer);
  }

  /** A layer that the city has not: its police districts happen to be the streets. Packed. */
  Path drawsPoliceDistricts() {
    ObjectNode layer = streets();
    for (JsonNode feature : layer.path("features")) {
      String code = code(feature);
      ((ObjectNode) feature).putObject("properties").put("PCS", "P" + code).put("MC", "警务 " + code);
    }
    Path file = folder.resolve("police.geojson.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(JSON.writeValueAsBytes(layer));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode feature(JsonNode layer, String code) {
    for (JsonNode feature : layer.path("features")) if (code(feature).equals(code)) return feature;
    throw new AssertionError("no street " + code);
  }

  private static void draw(JsonNode feature, Geometry shape) {
    GeoJsonWriter writer = new GeoJsonWriter(9);
    writer.setEncodeCRS(false);
    ((ObjectNode) feature).set("geometry", read(writer.write(shape)));
  }

  private static void corner(ArrayNode ring, double lon, double lat) {
    ring.addArray().add(lon).add(lat);
  }

  private static ObjectNode half(JsonNode of, String code, String name, Geometry shape) {
    ObjectNode feature = of.deepCopy();
    ((ObjectNode) feature.path("properties")).put("code", code).put("name", name);
    draw(feature, shape);
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
