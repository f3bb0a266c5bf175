package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.gridline.console.Office;
import org.gridline.console.view.Json;
import org.gridline.console.view.PlaceWriter;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.place.Addresses;
import org.gridline.dispatch.place.Places;
import org.gridline.gis.lookup.Located;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.RawPosition;

/** Boundaries, positions and addresses. */
final class GroundRoutes {
  private static final int MOST_ADDRESSES = 20;
  private static final int MOST_QUERY = 100;

  private final Office office;
  private final PlaceWriter writer;
  private final Supplier<Addresses> addresses;
  private final AskedGround asked;
  private final LayerBodies layers = new LayerBodies();

  GroundRoutes(Office office, AskedGround asked, Supplier<Addresses> addresses) {
    this.office = office;
    this.writer = new PlaceWriter(office.pack().city());
    this.asked = asked;
    this.addresses = addresses;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/boundaries/:layer", this::boundaries),
        Endpoint.get("/api/v1/locate", this::locate),
        Endpoint.get("/api/v1/addresses", this::addresses));
  }

  private Answer boundaries(Call call) {
    Gzip layer =
        layers
            .find(asked.of(call), call.path("layer"))
            .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此图层 · no such layer"));
    return layer.answer(call.request(), "private, no-cache");
  }

  private Answer locate(Call call) {
    double lon = call.neededNumber("lon");
    double lat = call.neededNumber("lat");
    Crs crs = PositionFields.crs(call.query("crs").orElse(""), "crs");
    OptionalDouble accuracy = call.number("accuracy");
    Places places = asked.of(call).places();
    RawPosition raw = PositionFields.check(new RawPosition(lon, lat, crs), places, "lon");
    Located located = places.locate(raw, accuracy);
    return Answer.json(writer.located(located, places.place(Places.wgs84(raw), located)));
  }

  private Answer addresses(Call call) {
    String query = call.neededQuery("q");
    if (query.length() > MOST_QUERY) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "q", "最多 100 字 · at most " + MOST_QUERY + " characters");
    }
    ObjectNode node = Json.object();
    GroundSnapshot ground = office.ground().get();
    node.set(
        "addresses",
        Json.list(
            Worker.run(() -> addresses.get().list(query, MOST_ADDRESSES)),
            hit -> PlaceWriter.address(hit, ground)));
    return Answer.json(node);
  }
}
