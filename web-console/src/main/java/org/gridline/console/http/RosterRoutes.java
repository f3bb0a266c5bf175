package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.console.Office;
import org.gridline.console.view.BoundaryWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.ArrangeDuty.Asked;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.Rosters.Filter;
import org.gridline.dispatch.people.Rosters.Shift;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.UnitTree;

/** Duty rosters: who is on duty, by role, unit, area and shift. */
public final class RosterRoutes {
  private final Office office;

  public RosterRoutes(Office office) {
    this.office = office;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/duty-shifts", this::list),
        Endpoint.get("/api/v1/duty-people", this::people),
        Endpoint.post("/api/v1/duty-shifts", this::arrange),
        Endpoint.delete("/api/v1/duty-shifts/:id", this::remove));
  }

  /** Without a span: who is on duty now. */
  private Answer list(Call call) {
    Instant now = office.clock().instant();
    Instant from = call.query("from").map(text -> time("from", text)).orElse(now);
    Instant until = call.query("until").map(text -> time("until", text)).orElse(from.plusMillis(1));
    if (!until.isAfter(from))
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "until", "须晚于 from · must be later than from");
    Filter filter =
        new Filter(
            call.query("role"), units(call), call.query("area").map(Set::of).orElse(Set.of()));
    return Answer.json(
        written(office.staff().arrangeDuty().list(call.user(), filter, from, until)));
  }

  /** Whom one may put on the roster, with the roles that they have. */
  private Answer people(Call call) {
    ObjectNode node = Json.object();
    node.set(
        "people",
        Json.list(
            office.staff().arrangeDuty().listPeople(call.user(), units(call)),
            p -> {
              ObjectNode person =
                  Json.object()
                      .put("user", p.login())
                      .put("name", p.name().zh())
                      .put("nameEn", p.name().en())
                      .put("unit", p.unit().orElseThrow());
              person.set("roles", Json.list(p.roles(), this::role));
              return person;
            }));
    return Answer.json(node);
  }

  /** That unit and those below it; none when none is asked for. */
  private Set<String> units(Call call) {
    UnitTree units = office.pack().policy().units();
    return call.query("unit").map(u -> units.withSubUnits(units.get(u).code())).orElse(Set.of());
  }

  private ObjectNode role(String id) {
    return Json.object()
        .put("id", id)
        .set(
            "name",
            Json.names(
                office.staff().roles().stream()
                    .filter(r -> r.id().equals(id))
                    .findFirst()
                    .map(Role::name)
                    .orElseGet(() -> new Names(id, id))));
  }

  private Answer arrange(Call call) {
    Fields fields = Fields.of(call.bytes()).only("shifts", "remove");
    Set<Long> gone = Set.copyOf(fields.ids("remove"));
    List<Fields> wanted = fields.has("shifts") ? fields.objects("shifts") : List.of();
    List<Asked> asked =
        wanted.stream()
            .map(
                shift -> {
                  shift.only("user", "role", "area", "from", "until");
                  return new Asked(
                      shift.text("user"),
                      shift.text("role"),
                      shift.findText("area").filter(a -> !a.isBlank()),
                      StandInRoutes.time(shift, "from"),
                      StandInRoutes.time(shift, "until"));
                })
            .toList();
    return Answer.json(
        201, written(office.staff().arrangeDuty().arrange(call.user(), gone, asked)));
  }

  private Answer remove(Call call) {
    office.staff().arrangeDuty().remove(call.user(), call.id());
    return Answer.empty(204);
  }

  private ObjectNode written(List<Shift> shifts) {
    Map<Long, User> users =
        office.accounts().listByIds(shifts.stream().map(Shift::user).distinct().toList()).stream()
            .collect(Collectors.toMap(User::id, Function.identity()));
    ObjectNode node = Json.object();
    node.set(
        "shifts",
        Json.list(
            shifts,
            s -> {
              ObjectNode shift = Json.object().put("id", s.id());
              Json.set(shift, "user", BoundaryWriter.person(s.user(), users));
              shift.put("role", s.role()).put("unit", s.unit());
              shift.set("roleName", role(s.role()).get("name"));
              s.area().ifPresentOrElse(a -> shift.put("area", a), () -> shift.putNull("area"));
              shift.put("from", Json.time(s.from(), office.pack().city().timeZone()));
              return shift.put("until", Json.time(s.until(), office.pack().city().timeZone()));
            }));
    return node;
  }

  private static Instant time(String name, String text) {
    return Optional.of(text)
        .flatMap(StandInRoutes::time)
        .orElseThrow(
            () ->
                Failure.atField(
                    FailureCode.INVALID_REQUEST, name, "需要带时区的时间 · RFC 3339 with offset"));
  }
}
