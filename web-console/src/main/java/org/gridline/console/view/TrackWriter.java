package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.OptionalDouble;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.track.Emergency;
import org.gridline.dispatch.track.RecordPositions.Refused;
import org.gridline.dispatch.track.RecordPositions.Standing;
import org.gridline.dispatch.track.Tracks.Last;
import org.gridline.dispatch.track.Tracks.Look;
import org.gridline.dispatch.track.Tracks.Point;

/** Where workers are and were, as the API tells it. */
public final class TrackWriter {
  private final ZoneId zone;

  public TrackWriter(CityPack pack) {
    this.zone = pack.city().timeZone();
  }

  public ObjectNode standing(Standing standing) {
    ObjectNode node = Json.object().put("on", standing.tracked());
    Json.put(node, "since", standing.since().map(this::time));
    node.set("emergencies", Json.list(standing.emergencies(), this::told));
    return node;
  }

  public ObjectNode refused(Refused refused) {
    return Json.object()
        .put("line", refused.line())
        .put("why", refused.why().name().toLowerCase(java.util.Locale.ROOT));
  }

  public ObjectNode point(Point point) {
    ObjectNode node = Json.object().put("at", time(point.at()));
    node.set("position", Json.position(point.position()));
    accuracy(node, point.accuracyMetres());
    return node.put("flag", point.flag().toLowerCase(java.util.Locale.ROOT));
  }

  /** For whoever watches the workers. */
  public ObjectNode last(Last last, Map<Long, User> users) {
    ObjectNode node = Json.object().put("id", last.worker());
    Json.set(node, "worker", BoundaryWriter.person(last.worker(), users));
    Json.put(node, "unit", last.unit());
    node.put("at", time(last.at()));
    node.set("position", Json.position(last.position()));
    accuracy(node, last.accuracyMetres());
    return node.put("emergency", !last.ground().equals("task"));
  }

  public ObjectNode looked(Look look, Map<Long, User> users) {
    ObjectNode node = Json.object().put("id", look.id());
    Json.set(node, "user", BoundaryWriter.person(look.by(), users));
    Json.set(node, "worker", BoundaryWriter.person(look.worker(), users));
    return node.put("purpose", look.purpose())
        .put("from", time(look.from()))
        .put("to", time(look.to()))
        .put("at", time(look.at()));
  }

  /** What everybody may know of an emergency. */
  public ObjectNode told(Emergency emergency) {
    ObjectNode node = Json.object().put("id", emergency.id());
    node.set("areas", Json.texts(emergency.areas().stream().sorted().toList()));
    return node.put("why", emergency.why())
        .put("declaredAt", time(emergency.declaredAt()))
        .put("until", time(emergency.until()));
  }

  /** The same with who declared and who ended it. */
  public ObjectNode whole(Emergency emergency, Map<Long, User> users) {
    ObjectNode node = told(emergency);
    Json.set(node, "declaredBy", BoundaryWriter.person(emergency.declaredBy(), users));
    Json.set(node, "endedBy", emergency.end().flatMap(e -> BoundaryWriter.person(e.by(), users)));
    Json.put(node, "endedAt", emergency.end().map(e -> time(e.at())));
    return node;
  }

  private static void accuracy(ObjectNode node, OptionalDouble metres) {
    if (metres.isPresent()) node.put("accuracy", metres.getAsDouble());
    else node.putNull("accuracy");
  }

  private String time(Instant at) {
    return Json.time(at, zone);
  }
}
