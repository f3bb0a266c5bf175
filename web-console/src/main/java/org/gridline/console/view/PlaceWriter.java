package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.city.City.LayerFile;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.place.Addresses;
import org.gridline.dispatch.place.Gazetteer;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Place.AreaName;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.lookup.AreaRef;
import org.gridline.gis.lookup.Located;
import org.gridline.gis.lookup.Reading;

/** Places as JSON. Thread-safe. */
public final class PlaceWriter {
  private static final List<String> ROLES =
      List.of("unitGrid", "patrolGrid", "specialGrid", "grid", "community", "street", "district");

  private final Map<String, String> layerOfRole;

  public PlaceWriter(City city) {
    layerOfRole = new HashMap<>();
    for (LayerFile layer : city.layers())
      layer.role().ifPresent(role -> layerOfRole.put(role, layer.id()));
  }

  /**
   * The levels and grids of a district by their roles, null where the city has none, and under
   * {@code areas} the code of every layer that holds the place.
   */
  public ObjectNode place(Place place) {
    ObjectNode node = Json.object();
    ObjectNode names = Json.object();
    for (String role : ROLES) {
      Optional<AreaName> area = Optional.ofNullable(layerOfRole.get(role)).flatMap(place::findArea);
      Json.put(node, role, area.map(AreaName::code));
      area.ifPresent(a -> names.put(role, a.name()));
    }
    ObjectNode areas = node.putObject("areas");
    for (AreaName area : place.areas()) {
      areas.put(area.layer(), area.code());
      names.put(area.layer(), area.name());
    }
    node.put("flag", place.flag().name().toLowerCase(Locale.ROOT));
    node.put("boundaryVersion", place.boundaryVersion());
    node.set("names", names);
    if (place.distanceToBoundaryMetres().isPresent()) {
      node.put("distanceToBoundary", rounded(place.distanceToBoundaryMetres().getAsDouble()));
    } else {
      node.putNull("distanceToBoundary");
    }
    return node;
  }

  /** Everything that the layers know about a position. */
  public ObjectNode located(Located located, Place place) {
    ObjectNode node = Json.object();
    node.set("areas", Json.list(located.areas(), PlaceWriter::area));
    node.set("place", place(place));
    Json.set(node, "neighbour", located.neighbour().map(PlaceWriter::area));
    node.set(
        "candidates", Json.list(located.candidates(), c -> area(c.area()).put("share", c.share())));
    Json.set(node, "position", place.position().map(Json::position));
    node.set("readings", readings(located.readings()));
    return node;
  }

  /** What a suspect position may mean as well, the likeliest first. */
  static ArrayNode readings(List<Reading> readings) {
    return Json.list(
        readings,
        r -> {
          ObjectNode node = Json.object().put("how", r.how());
          node.set("position", Json.position(r.position()));
          node.set("areas", Json.list(r.areas(), PlaceWriter::area));
          return node;
        });
  }

  public static ObjectNode address(Addresses.Hit hit, GroundSnapshot ground) {
    Gazetteer.Entry entry = hit.entry();
    ObjectNode node = Json.object();
    node.put("name", entry.name());
    node.put("area", entry.area());
    node.put("areaName", ground.findArea(entry.area()).map(Area::name).orElse(entry.area()));
    node.put("kind", entry.kind());
    node.set("position", Json.position(entry.position()));
    node.put("score", hit.score());
    node.put("synthetic", entry.origin() == Gazetteer.Origin.SYNTHETIC);
    ObjectNode matched = Json.object().put("name", hit.name());
    matched.set(
        "ranges",
        Json.list(hit.matched(), s -> Json.object().put("from", s.from()).put("to", s.to())));
    node.set("matched", matched);
    return node;
  }

  private static ObjectNode area(AreaRef area) {
    return Json.object()
        .put("layer", area.layer())
        .put("code", area.code())
        .put("name", area.name());
  }

  /** Centimetres are more than any survey knows. */
  private static double rounded(double metres) {
    return Math.round(metres * 100) / 100.0;
  }
}
