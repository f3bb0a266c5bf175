package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.console.Office;
import org.gridline.console.view.BoundaryWriter;
import org.gridline.console.view.Json;
import org.gridline.console.view.PersonWriter;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Delegations.Delegation;
import org.gridline.dispatch.people.User;

/** Standing in for somebody who is away. */
public final class StandInRoutes {
  private static final int MOST_WHY = 500;

  private final Office office;
  private final SessionCache sessions;

  public StandInRoutes(Office office, SessionCache sessions) {
    this.office = office;
    this.sessions = sessions;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/delegations", this::list),
        Endpoint.post("/api/v1/delegations", this::give),
        Endpoint.delete("/api/v1/delegations/:id", this::end),
        Endpoint.post("/api/v1/sessions/current/acting", this::act));
  }

  private Answer list(Call call) {
    List<Delegation> found = office.staff().delegate().list(call.user());
    Map<Long, User> users = users(found);
    ObjectNode node = Json.object();
    node.set("delegations", Json.list(found, d -> written(d, users)));
    return Answer.json(node);
  }

  private Answer give(Call call) {
    Fields fields = Fields.of(call.bytes()).only("for", "to", "from", "until", "why");
    String why = fields.findText("why").orElse("").strip();
    if (why.length() > MOST_WHY) throw fields.wrong("why", "最多 500 字 · at most 500 characters");
    Delegation given =
        office
            .staff()
            .delegate()
            .give(
                call.user(),
                fields.findText("for").orElse(call.user().login()),
                fields.text("to"),
                fields.has("from") ? time(fields, "from") : office.clock().instant(),
                time(fields, "until"),
                why);
    return Answer.json(201, written(given, users(List.of(given))));
  }

  private Answer end(Call call) {
    office.staff().delegate().end(call.user(), call.id());
    return Answer.empty(204);
  }

  /** Acts for somebody from now on, or for oneself again. */
  private Answer act(Call call) {
    OptionalLong id = Fields.of(call.bytes()).only("delegation").findId("delegation");
    byte[] token = call.tokenHash();
    office
        .staff()
        .delegate()
        .act(call.user(), token, id.isPresent() ? Optional.of(id.getAsLong()) : Optional.empty());
    sessions.refresh(token);
    return Answer.json(
        PersonWriter.session(
            sessions
                .find(token)
                .orElseThrow(
                    () -> new Failure(FailureCode.SESSION_EXPIRED, "请重新登录 · sign in again")),
            office.pack().city().timeZone()));
  }

  private ObjectNode written(Delegation d, Map<Long, User> users) {
    ObjectNode node = Json.object().put("id", d.id());
    Json.set(node, "for", BoundaryWriter.person(d.grantor(), users));
    Json.set(node, "to", BoundaryWriter.person(d.holder(), users));
    node.put("from", Json.time(d.from(), office.pack().city().timeZone()));
    node.put("until", Json.time(d.until(), office.pack().city().timeZone()));
    node.put("why", d.why());
    return node.put("holds", d.holdsAt(office.clock().instant()));
  }

  private Map<Long, User> users(List<Delegation> delegations) {
    List<Long> ids =
        delegations.stream().flatMap(d -> Stream.of(d.grantor(), d.holder())).distinct().toList();
    return office.accounts().listByIds(ids).stream()
        .collect(Collectors.toMap(User::id, Function.identity()));
  }

  /** A time of a body. */
  static Instant time(Fields fields, String name) {
    return time(fields.text(name))
        .orElseThrow(() -> fields.wrong(name, "需要带时区的时间 · RFC 3339 with offset"));
  }

  static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
