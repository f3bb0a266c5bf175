package org.gridline.console.ogc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.console.Office;
import org.gridline.console.http.Answer;
import org.gridline.console.http.Call;
import org.gridline.console.http.Endpoint;
import org.gridline.console.http.Worker;
import org.gridline.console.map.LayerSheet;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.ticket.TicketPoints;
import org.gridline.gis.position.Epsg;
import org.gridline.gis.position.MapCrs;

/** The resources of OGC API – Features, for anyone signed in. */
public final class OgcRoutes {
  static final List<String> CONFORMANCE =
      List.of(
          "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
          "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
          "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
          "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs");

  private static final List<String> FEATURE_TYPES = List.of(Links.GEOJSON, Links.JSON);

  private final Office office;
  private final LayerSheet.Book book;
  private final TicketPoints points;
  private final List<MapCrs> systems;

  public OgcRoutes(Office office, LayerSheet.Book book, TicketPoints points) {
    this.office = office;
    this.book = book;
    this.points = points;
    this.systems = systems(office.pack().city());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        get("/ogc", this::landing),
        get("/ogc/conformance", this::conformance),
        get("/ogc/api", this::definition),
        get("/ogc/collections", this::collections),
        get("/ogc/collections/:collectionId", this::collection),
        get("/ogc/collections/:collectionId/items", this::items),
        get("/ogc/collections/:collectionId/items/:featureId", this::item));
  }

  private static Endpoint get(String path, Endpoint.Use use) {
    return Endpoint.get(path, use).with(Endpoint.Access.ASKS_BASIC);
  }

  /** CRS84 first; the zone of the city where it lies in China; what the pack names besides. */
  private static List<MapCrs> systems(City city) {
    Set<MapCrs> systems = new LinkedHashSet<>();
    systems.add(MapCrs.CRS84);
    for (int code : new int[] {4326, 4490, 3857}) systems.add(new MapCrs(code));
    if (city.regionCode().equals("CN")) systems.add(MapCrs.gaussKruger(city.center().lon()));
    city.coordinateSystems().stream()
        .filter(Epsg.class::isInstance)
        .map(s -> new MapCrs(((Epsg) s).code()))
        .forEach(systems::add);
    return List.copyOf(systems);
  }

  private List<Collection> all() {
    List<Collection> all = new ArrayList<>();
    City city = office.pack().city();
    String note = city.note().map(n -> n.zh() + " · " + n.en()).orElse("");
    for (LayerSheet sheet : book.list()) {
      Names name =
          city.layers().stream()
              .filter(l -> l.id().equals(sheet.layer().id()))
              .findFirst()
              .map(City.LayerFile::name)
              .orElseGet(() -> new Names(sheet.layer().name(), sheet.layer().id()));
      all.add(new AreaCollection(sheet, name, note));
    }
    all.add(new TicketCollection(office, points));
    return all;
  }

  private Collection found(Call call) {
    return all().stream()
        .filter(c -> c.id().equals(call.path("collectionId")))
        .findFirst()
        .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此集合 · no such collection"));
  }

  private static Links links(Call call) {
    return new Links(call.reached().address() + "/ogc");
  }

  private static void plain(Call call) {
    Asked.nothing(call);
    Accepted.best(call.header("Accept"), List.of(Links.JSON));
  }

  private static Answer.Full json(ObjectNode body) {
    return new Answer.Full(200, Links.JSON, Json.bytes(body), Map.of());
  }

  private Answer landing(Call call) {
    plain(call);
    Links at = links(call);
    City city = office.pack().city();
    ObjectNode node = Json.object();
    node.put("title", city.name().zh() + " · " + city.name().en());
    node.put(
        "description",
        "边界与工单 · boundaries and tickets"
            + city.note().map(n -> "; " + n.zh() + " · " + n.en()).orElse(""));
    node.set(
        "links",
        Links.links(
            Links.link(at.path(), "self", Links.JSON, "本页 · this page"),
            Links.link(at.path("api"), "service-desc", Links.OPENAPI, "OpenAPI 3.0"),
            Links.link(at.path("conformance"), "conformance", Links.JSON, "符合性 · conformance"),
            Links.link(at.path("collections"), "data", Links.JSON, "集合 · collections")));
    return json(node);
  }

  private Answer conformance(Call call) {
    plain(call);
    ObjectNode node = Json.object();
    node.set("conformsTo", Json.texts(CONFORMANCE));
    return json(node);
  }

  private Answer definition(Call call) {
    Asked.nothing(call);
    String type = Accepted.best(call.header("Accept"), List.of(Links.OPENAPI, Links.JSON));
    ObjectNode definition = new ApiDefinition(all(), systems).write(links(call).root());
    return new Answer.Full(200, type, Json.bytes(definition), Map.of());
  }

  private Answer collections(Call call) {
    plain(call);
    Links at = links(call);
    ObjectNode node = Json.object();
    node.set(
        "links",
        Links.links(
            Links.link(at.path("collections"), "self", Links.JSON, "本页 · this page"),
            Links.link(at.path("api"), "service-desc", Links.OPENAPI, "OpenAPI 3.0")));
    node.set("crs", uris());
    node.set("collections", Json.list(all(), c -> described(c, at, "#/crs")));
    return json(node);
  }

  private Answer collection(Call call) {
    plain(call);
    ObjectNode node = described(found(call), links(call), "");
    return json(node);
  }

  private ArrayNode uris() {
    return Json.texts(systems.stream().map(MapCrs::uri).toList());
  }

  /** {@code pointer} to a list of systems beside it; empty to have the list in place. */
  private ObjectNode described(Collection c, Links at, String pointer) {
    ObjectNode node = Json.object();
    node.put("id", c.id());
    node.put("title", c.title());
    node.put("description", c.description());
    node.put("itemType", "feature");
    ObjectNode extent = node.putObject("extent");
    ArrayNode box = extent.putObject("spatial").put("crs", MapCrs.CRS84.uri()).putArray("bbox");
    ArrayNode corners = box.addArray();
    for (double degrees : c.bounds()) corners.add(degrees);
    if (c.temporal() == Collection.Temporal.TIMED) {
      extent.putObject("temporal").putArray("interval").addArray().addNull().addNull();
    }
    node.set("crs", pointer.isEmpty() ? uris() : Json.array().add(pointer));
    node.put("storageCrs", MapCrs.CRS84.uri());
    ArrayNode links =
        Links.links(Links.link(at.path("collections", c.id()), "self", Links.JSON, c.title()));
    String items = at.path("collections", c.id(), "items");
    FEATURE_TYPES.forEach(type -> links.add(Links.link(items, "items", type, c.title())));
    node.set("links", links);
    return node;
  }

  private Answer items(Call call) {
    Collection collection = found(call);
    Asked asked = Asked.items(call, collection, systems);
    String type = Accepted.best(call.header("Accept"), FEATURE_TYPES);
    Links at = links(call);
    return read(
        collection,
        asked.crs(),
        type,
        () -> {
          Feature.Page page = collection.list(asked.wish(), call.user());
          return () ->
              FeatureWriter.page(
                  page,
                  pageLinks(at, collection, asked, page.next(), type),
                  asked.crs(),
                  office.clock().instant());
        });
  }

  private static ArrayNode pageLinks(
      Links at, Collection collection, Asked asked, Optional<String> next, String type) {
    String items = at.path("collections", collection.id(), "items");
    String self = items + Links.query(asked.parameters());
    ArrayNode links = Links.links(Links.link(self, "self", type, collection.title()));
    others(links, self, type, collection.title());
    next.ifPresent(
        cursor -> {
          Map<String, String> following = new LinkedHashMap<>(asked.parameters());
          following.put("cursor", cursor);
          links.add(Links.link(items + Links.query(following), "next", type, "下一页 · next page"));
        });
    links.add(
        Links.link(
            at.path("collections", collection.id()), "collection", Links.JSON, collection.title()));
    return links;
  }

  private Answer item(Call call) {
    Collection collection = found(call);
    MapCrs crs = Asked.item(call, systems);
    String type = Accepted.best(call.header("Accept"), FEATURE_TYPES);
    String id = call.path("featureId");
    Links at = links(call);
    String self =
        at.path("collections", collection.id(), "items", id) + Links.query(call.queries());
    return read(
        collection,
        crs,
        type,
        () -> {
          Feature feature =
              collection
                  .find(id, call.user())
                  .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此要素 · no such feature"));
          ArrayNode links = Links.links(Links.link(self, "self", type, id));
          others(links, self, type, id);
          links.add(
              Links.link(
                  at.path("collections", collection.id()),
                  "collection",
                  Links.JSON,
                  collection.title()));
          return () -> FeatureWriter.one(feature, links, crs);
        });
  }

  private static void others(ArrayNode links, String self, String type, String title) {
    FEATURE_TYPES.stream()
        .filter(other -> !other.equals(type))
        .forEach(other -> links.add(Links.link(self, "alternate", other, title)));
  }

  private interface Reading {
    Writing read();
  }

  private interface Writing {
    byte[] write();
  }

  /** Tickets wait for the database; areas are computed from memory, away from the listeners. */
  private static Answer.Full read(Collection collection, MapCrs crs, String type, Reading reading) {
    byte[] body =
        switch (collection) {
          case TicketCollection tickets -> {
            Writing writing = reading.read();
            yield Worker.run(writing::write);
          }
          default -> Worker.run(() -> reading.read().write());
        };
    return new Answer.Full(200, type, body, Map.of("Content-Crs", "<" + crs.uri() + ">"));
  }
}
