package org.gridline.dispatch.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersion.Origin;
import org.gridline.dispatch.ground.BoundaryVersion.State;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.gis.boundary.Area;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/** Rows of the boundary tables as versions, layers and areas. */
final class BoundaryRows {
  /** What every query of versions selects, from {@code boundary_version v}. */
  static final String COLUMNS =
      """
      v.version, v.serial, v.state, v.origin, v.base, v.valid_from, v.activated_at, v.withdrawn_at, v.activated_by,
      v.note, v.layers, v.areas
      """;

  private BoundaryRows() {}

  static BoundaryVersion version(Row r) {
    return new BoundaryVersion(
        r.getString("version"),
        r.getLong("serial"),
        State.valueOf(r.getString("state")),
        Origin.valueOf(r.getString("origin")),
        Optional.ofNullable(r.getString("base")),
        instant(r, "valid_from"),
        instant(r, "activated_at"),
        instant(r, "withdrawn_at"),
        Optional.ofNullable(r.getLong("activated_by")),
        r.getString("note"),
        layers(r.getString("layers")),
        r.getInteger("areas"));
  }

  static Optional<Instant> instant(Row r, String column) {
    return Optional.ofNullable(r.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  static Area area(Row r) {
    try {
      return new Area(
          r.getString("layer"),
          r.getString("code"),
          r.getString("name"),
          Optional.ofNullable(r.getString("parent")),
          priority(r),
          new WKBReader().read(r.getBuffer("shape").getBytes()));
    } catch (ParseException e) {
      throw new IllegalStateException("area " + r.getString("code") + " can't be read", e);
    }
  }

  private static OptionalInt priority(Row r) {
    Integer said = r.getInteger("priority");
    return said == null ? OptionalInt.empty() : OptionalInt.of(said);
  }

  static String write(List<LayerNote> layers) {
    JsonArray all = new JsonArray();
    for (LayerNote l : layers) {
      JsonObject one =
          new JsonObject()
              .put("id", l.id())
              .put("zh", l.name().zh())
              .put("en", l.name().en())
              .put("file", l.file())
              .put("sha256", l.sha256())
              .put("crs", l.crs())
              .put("code", l.codeField())
              .put("name", l.nameField())
              .put("parent", l.parentField())
              .put("priority", l.priorityField());
      l.role().ifPresent(role -> one.put("role", role));
      all.add(one);
    }
    return all.encode();
  }

  private static List<LayerNote> layers(String json) {
    List<LayerNote> layers = new ArrayList<>();
    for (Object o : new JsonArray(json)) {
      JsonObject l = (JsonObject) o;
      layers.add(
          new LayerNote(
              l.getString("id"),
              new Names(l.getString("zh"), l.getString("en")),
              Optional.ofNullable(l.getString("role")),
              l.getString("file"),
              l.getString("sha256"),
              l.getString("crs"),
              l.getString("code"),
              l.getString("name"),
              l.getString("parent"),
              // Versions from before there were priorities.
              l.getString("priority", "")));
    }
    return layers;
  }
}
