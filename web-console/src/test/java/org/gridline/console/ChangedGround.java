package org.gridline.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gridline.console.view.Json;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.AffineTransformation;

/** A data administrator at work: takes a layer, changes it, and brings it back. */
final class ChangedGround {
  static final String ADMIN = "sysadmin1";
  private static final GeometryFactory SHAPES = new GeometryFactory();

  private final Town town;

  ChangedGround(Town town) {
    this.town = town;
  }

  record Feature(String code, String name, String parent, Geometry shape) {}

  /** A layer as the API tells it. */
  List<Feature> layer(String id) {
    List<Feature> features = new ArrayList<>();
    for (JsonNode f : Town.json(town.get(ADMIN, "/api/v1/boundaries/" + id)).path("features")) {
      List<Polygon> parts = new ArrayList<>();
      for (JsonNode rings : f.path("geometry").path("coordinates")) parts.add(polygon(rings));
      features.add(
          new Feature(
              f.path("properties").path("code").asText(),
              f.path("properties").path("name").asText(),
              f.path("properties").path("parent").asText(),
              SHAPES.createMultiPolygon(parts.toArray(Polygon[]::new))));
    }
    return features;
  }

  private static Polygon polygon(JsonNode rings) {
    List<org.locationtech.jts.geom.LinearRing> read = new ArrayList<>();
    for (JsonNode ring : rings) {
      List<org.locationtech.jts.geom.Coordinate> at = new ArrayList<>();
      for (JsonNode c : ring)
        at.add(new org.locationtech.jts.geom.Coordinate(c.get(0).asDouble(), c.get(1).asDouble()));
      read.add(SHAPES.createLinearRing(at.toArray(org.locationtech.jts.geom.Coordinate[]::new)));
    }
    return SHAPES.createPolygon(
        read.getFirst(),
        read.subList(1, read.size()).toArray(org.locationtech.jts.geom.LinearRing[]::new));
  }

  /** The western and the eastern half, each whole. */
  static List<Geometry> halves(Geometry shape) {
    Envelope box = shape.getEnvelopeInternal();
    double middle = shape.getCentroid().getX();
    Geometry west =
        SHAPES.toGeometry(new Envelope(box.getMinX(), middle, box.getMinY(), box.getMaxY()));
    Geometry east =
        SHAPES.toGeometry(new Envelope(middle, box.getMaxX(), box.getMinY(), box.getMaxY()));
    return List.of(shape.intersection(west), shape.intersection(east));
  }

  static Geometry moved(Geometry shape, double degrees) {
    return AffineTransformation.translationInstance(degrees, 0).transform(shape);
  }

  /** A file as a surveyor would send it. */
  static byte[] file(List<Feature> features) {
    ObjectNode all = Json.object().put("type", "FeatureCollection");
    ArrayNode list = all.putArray("features");
    for (Feature f : features) {
      ObjectNode one = list.addObject().put("type", "Feature");
      ObjectNode properties = one.putObject("properties");
      properties.put("CODE", f.code()).put("NAME", f.name());
      if (!f.parent().isEmpty()) properties.put("PARENT", f.parent());
      ObjectNode geometry = one.putObject("geometry").put("type", "MultiPolygon");
      ArrayNode polygons = geometry.putArray("coordinates");
      for (int i = 0; i < f.shape().getNumGeometries(); i++) {
        if (!(f.shape().getGeometryN(i) instanceof Polygon p)) continue;
        ArrayNode rings = polygons.addArray();
        ring(rings.addArray(), p.getExteriorRing());
        for (int h = 0; h < p.getNumInteriorRing(); h++)
          ring(rings.addArray(), p.getInteriorRingN(h));
      }
    }
    return Json.bytes(all);
  }

  private static void ring(ArrayNode to, Geometry ring) {
    for (org.locationtech.jts.geom.Coordinate c : ring.getCoordinates())
      to.addArray().add(c.getX()).add(c.getY());
  }

  HttpResponse<String> upload(String user, String query, byte[] file) {
    return town.send(
        town.as(user, "/api/v1/boundary-imports?" + query)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(file)));
  }

  /** Uploads and waits until the work on it has ended. */
  JsonNode imported(String layer, byte[] file) {
    return importedAs("layer=" + layer + "&code=CODE&name=NAME&parent=PARENT&file=x.geojson", file);
  }

  JsonNode importedAs(String query, byte[] file) {
    HttpResponse<String> taken = upload(ADMIN, query, file);
    if (taken.statusCode() != 202) throw new AssertionError(taken.body());
    long id = Town.json(taken).path("id").asLong();
    Await.until(() -> !show(id).path("running").asBoolean());
    return show(id);
  }

  JsonNode show(long id) {
    return Town.json(town.get(ADMIN, "/api/v1/boundary-imports/" + id));
  }

  HttpResponse<String> decide(long id, String body) {
    return town.post(ADMIN, "/api/v1/boundary-imports/" + id + "/actions", body);
  }

  /** Imports a layer and lets it hold now; returns the version. */
  String holds(String layer, List<Feature> features) {
    JsonNode ready = imported(layer, file(features));
    if (!ready.path("state").asText().equals("ready")) throw new AssertionError(ready.toString());
    HttpResponse<String> done = decide(ready.path("id").asLong(), "{\"action\":\"activate\"}");
    if (done.statusCode() != 200) throw new AssertionError(done.body());
    return Town.json(done).path("version").asText();
  }

  JsonNode locate(String user, Geometry in, String more) {
    var at = in.getInteriorPoint().getCoordinate();
    return Town.json(
        town.get(user, "/api/v1/locate?crs=WGS84&lon=" + at.getX() + "&lat=" + at.getY() + more));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
