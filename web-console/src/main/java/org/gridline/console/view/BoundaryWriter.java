package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.ground.BoundaryImport;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersions.Logged;
import org.gridline.dispatch.ground.Heritage;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.dispatch.people.User;
import org.gridline.gis.boundary.Finding;

/** Versions of the boundaries as JSON. Thread-safe. */
public final class BoundaryWriter {
  private final ZoneId zone;

  public BoundaryWriter(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * @param state {@code current}, {@code planned}, {@code past}, {@code withdrawn}, {@code staged}
   *     or {@code staging}
   */
  public ObjectNode version(BoundaryVersion v, String state, Map<Long, User> users) {
    ObjectNode node = Json.object();
    node.put("version", v.version());
    node.put("serial", v.serial());
    node.put("state", state);
    node.put("origin", v.origin().name().toLowerCase(Locale.ROOT));
    Json.put(node, "base", v.base());
    Json.put(node, "validFrom", v.validFrom().map(this::time));
    Json.put(node, "activatedAt", v.activatedAt().map(this::time));
    Json.put(node, "withdrawnAt", v.withdrawnAt().map(this::time));
    Json.set(node, "activatedBy", v.activatedBy().flatMap(id -> person(id, users)));
    node.put("note", v.note());
    node.put("areas", v.areas());
    node.set("layers", Json.list(v.layers(), BoundaryWriter::layer));
    return node;
  }

  private static ObjectNode layer(LayerNote l) {
    ObjectNode node = CityWriter.layer(l);
    node.put("file", l.file());
    node.put("sha256", l.sha256());
    node.put("crs", l.crs());
    node.put("code", l.codeField());
    node.put("nameField", l.nameField());
    node.put("parent", l.parentField());
    node.put("priority", l.priorityField());
    return node;
  }

  public ObjectNode logged(Logged line, Map<Long, User> users) {
    ObjectNode node = Json.object();
    node.put("at", time(line.at()));
    node.put("kind", line.kind().toLowerCase(Locale.ROOT));
    Json.set(node, "user", line.user().flatMap(id -> person(id, users)));
    line.importId().ifPresentOrElse(id -> node.put("import", id), () -> node.putNull("import"));
    Json.put(node, "version", line.version());
    node.put("note", line.note());
    return node;
  }

  public static ObjectNode heritage(Heritage h) {
    return Json.object()
        .put("layer", h.layer())
        .put("old", h.oldCode())
        .put("new", h.newCode())
        .put("shareOfOld", rounded(h.shareOfOld()))
        .put("shareOfNew", rounded(h.shareOfNew()))
        .put("oldStays", h.oldStays());
  }

  /** An import without findings and changes. */
  public ObjectNode brief(BoundaryImport i, Map<Long, User> users) {
    ObjectNode node = Json.object();
    node.put("id", i.id());
    node.put("state", i.state().name().toLowerCase(Locale.ROOT));
    node.put("running", i.state().running());
    node.put("percent", i.percent());
    node.put("layer", i.layer());
    node.put("file", i.fileName());
    node.put("bytes", i.bytes());
    node.put("sha256", i.sha256());
    Json.set(node, "user", person(i.user(), users));
    node.put("createdAt", time(i.createdAt()));
    Json.put(node, "version", i.version());
    Json.put(node, "validFrom", i.validFrom().map(this::time));
    Json.put(node, "problem", i.problem());
    return node;
  }

  /** Everything about an import. */
  public ObjectNode whole(BoundaryImport i, Map<Long, User> users) {
    ObjectNode node = brief(i, users);
    node.set("wishes", Json.tree(i.wishes()));
    node.set("findings", Json.tree(i.findings()));
    i.changes()
        .ifPresentOrElse(c -> node.set("changes", Json.tree(c)), () -> node.putNull("changes"));
    return node;
  }

  /** Findings as they are kept with an import. */
  public static ArrayNode findings(List<Finding> findings) {
    return Json.list(findings, BoundaryWriter::finding);
  }

  private static ObjectNode finding(Finding f) {
    ObjectNode node = Json.object();
    node.put("code", f.code().id());
    node.put("severity", f.severity().name().toLowerCase(Locale.ROOT));
    node.put("feature", f.feature());
    node.put("reason", f.reason());
    Json.set(node, "position", f.place().map(Json::position));
    node.put("squareMetres", rounded(f.squareMetres()));
    return node;
  }

  public static Optional<ObjectNode> person(long id, Map<Long, User> users) {
    return Optional.ofNullable(users.get(id))
        .map(
            u ->
                Json.object()
                    .put("user", u.login())
                    .put("name", u.name().zh())
                    .put("nameEn", u.name().en()));
  }

  public String time(Instant at) {
    return Json.time(at, zone);
  }

  static double rounded(double number) {
    return Math.round(number * 10_000) / 1e4;
  }
}
