package org.gridline.console.map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gridline.console.http.Answer;
import org.gridline.console.http.Call;
import org.gridline.console.http.Endpoint;
import org.gridline.console.http.Gzip;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.people.SignIn;
import org.gridline.dispatch.place.GroundTiles;
import org.gridline.dispatch.place.GroundTiles.Tile;

/** Boundaries as vector tiles, for anyone signed in. */
public final class Tiles {
  private static final String MVT = "application/vnd.mapbox-vector-tile";
  private static final long CACHE_BYTES = 32L << 20;

  /** Deeper, a map enlarges these: their lines are exact to 8 cm. */
  private static final int DEEPEST_ZOOM = 17;

  /** Goes up when the same boundaries are drawn in another way, so that no old tile is reused. */
  private static final String DRAWING = "1";

  /** Without a version the address may mean another tile after the next import. */
  private static final String SOON_STALE = "private, max-age=300, must-revalidate";

  private static final String FOR_EVER = "private, max-age=31536000, immutable";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._:-]{1,80}");

  private final LayerSheet.Book book;
  private final GroundTiles store;
  private final City city;
  private final TileCache cache = new TileCache(CACHE_BYTES);

  public Tiles(LayerSheet.Book book, GroundTiles store, City city) {
    this.book = book;
    this.store = store;
    this.city = city;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/tiles/:layer.json", this::describe)
            .with(Endpoint.Access.SIGNED_IN_OR_BASIC),
        Endpoint.get("/api/v1/tiles/:layer/:z/:x/:y.mvt", this::tile)
            .with(Endpoint.Access.SIGNED_IN_OR_BASIC));
  }

  private Answer tile(Call call) {
    LayerSheet sheet = sheet(call);
    Optional<String> asked = call.query("version");
    Tile tile = tile(call, sheet.layer().id(), asked.orElse(sheet.version()));
    if (!tile.version().equals(sheet.version()) && !store.held(tile.version())) {
      throw Failure.atField(
          FailureCode.NOT_FOUND, "version", "没有此边界版本 · no such version of the boundaries");
    }
    String keeping = asked.isPresent() ? FOR_EVER : SOON_STALE;
    String tag = tag(tile);
    return Gzip.unchanged(call.request(), tag, keeping)
        .orElseGet(() -> body(call, sheet, tile, tag, keeping));
  }

  private Answer.Full body(Call call, LayerSheet sheet, Tile tile, String tag, String keeping) {
    boolean tooSmall = tile.zoom() < sheet.leastZoom();
    Optional<Gzip> body =
        tooSmall
            ? Optional.empty()
            : cache
                .find(tile)
                .orElseGet(
                    () -> {
                      byte[] bytes = store.cut(tile);
                      Optional<Gzip> fresh =
                          bytes.length == 0
                              ? Optional.empty()
                              : Optional.of(Gzip.of(MVT, bytes, true, tag));
                      cache.keep(tile, fresh);
                      return fresh;
                    });
    return body.map(b -> b.answer(call.request(), keeping))
        .orElseGet(
            () -> Answer.empty(204).with("ETag", "\"" + tag + "\"").with("Cache-Control", keeping));
  }

  private static Tile tile(Call call, String layer, String version) {
    if (!VERSION.matcher(version).matches()) throw wrong("version", "不是版本号 · not a version");
    try {
      return new Tile(version, layer, number(call, "z"), number(call, "x"), number(call, "y"));
    } catch (IllegalArgumentException nowhere) {
      throw wrong(
          "z/x/y",
          "z 为 0–%d,x、y 小于 2 的 z 次方 · z is 0 to %d, x and y are below 2 to the power of z"
              .formatted(GroundTiles.MOST_ZOOM, GroundTiles.MOST_ZOOM));
    }
  }

  private static int number(Call call, String name) {
    String text = call.path(name);
    if (!NUMBER.matcher(text).matches()) throw wrong(name, "需要整数 · a whole number is needed");
    return Integer.parseInt(text);
  }

  private static String tag(Tile tile) {
    String name =
        String.join(
            "/",
            DRAWING,
            tile.version(),
            tile.layer(),
            tile.zoom() + "/" + tile.x() + "/" + tile.y());
    return HexFormat.of().formatHex(SignIn.sha256(name), 0, 12);
  }

  private LayerSheet sheet(Call call) {
    return book.find(call.path("layer"))
        .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此图层 · no such layer"));
  }

  /** TileJSON 3.0; the tiles' address names the version, so each may be kept for ever. */
  private Answer describe(Call call) {
    LayerSheet sheet = sheet(call);
    String layer = sheet.layer().id();
    double[] bounds = sheet.bounds();
    ObjectNode node = Json.object();
    node.put("tilejson", "3.0.0");
    node.put("name", sheet.layer().name());
    city.note().ifPresent(n -> node.put("attribution", n.zh() + " · " + n.en()));
    node.put("scheme", "xyz");
    node.putArray("tiles")
        .add(
            call.reached().address()
                + "/api/v1/tiles/"
                + layer
                + "/{z}/{x}/{y}.mvt?version="
                + sheet.version());
    node.put("boundaryVersion", sheet.version());
    node.put("minzoom", Math.min(sheet.leastZoom(), DEEPEST_ZOOM));
    node.put("maxzoom", DEEPEST_ZOOM);
    ArrayNode box = node.putArray("bounds");
    for (double degrees : bounds) box.add(degrees);
    node.putArray("center")
        .add((bounds[0] + bounds[2]) / 2)
        .add((bounds[1] + bounds[3]) / 2)
        .add(Math.min(sheet.leastZoom(), DEEPEST_ZOOM));
    ArrayNode layers = node.putArray("vector_layers");
    layers.add(fields(layer, sheet.layer().name(), List.of("code", "name", "parent", "m2")));
    layers.add(fields(layer + "-labels", sheet.layer().name(), List.of("code", "name")));
    return Gzip.of(
            "application/json; charset=utf-8",
            Json.text(node).getBytes(StandardCharsets.UTF_8),
            true)
        .answer(call.request(), "private, no-cache");
  }

  private static ObjectNode fields(String id, String name, List<String> fields) {
    ObjectNode node = Json.object().put("id", id).put("description", name);
    ObjectNode types = node.putObject("fields");
    fields.forEach(f -> types.put(f, f.equals("m2") ? "Number" : "String"));
    return node;
  }

  private static Failure wrong(String field, String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, field, detail);
  }
}
