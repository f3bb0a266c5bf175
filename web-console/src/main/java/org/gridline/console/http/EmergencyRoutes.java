package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.console.Office;
import org.gridline.console.view.Json;
import org.gridline.console.view.TrackWriter;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.track.DeclareEmergency;
import org.gridline.dispatch.track.Emergencies;
import org.gridline.dispatch.track.Emergency;

/** 应急状态: everybody may know of it; the command centre declares it and ends it. */
public final class EmergencyRoutes {
  private static final int MOST = 200;

  private final Office office;
  private final Emergencies emergencies;
  private final DeclareEmergency declare;
  private final TrackWriter writer;

  public EmergencyRoutes(Office office, Emergencies emergencies, DeclareEmergency declare) {
    this.office = office;
    this.emergencies = emergencies;
    this.declare = declare;
    this.writer = new TrackWriter(office.pack());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/emergencies", this::list),
        Endpoint.post("/api/v1/emergencies", this::declare),
        Endpoint.post("/api/v1/emergencies/:id/end", this::end));
  }

  private Answer list(Call call) {
    User asker = call.user();
    Instant now = office.clock().instant();
    ObjectNode node = Json.object();
    if (asker.may(Right.DECLARE_EMERGENCY) || asker.may(Right.READ_AUDIT)) {
      List<Emergency> all = emergencies.list(MOST);
      Map<Long, User> users = users(all);
      node.set("emergencies", Json.list(all, e -> writer.whole(e, users)));
    } else {
      node.set("emergencies", Json.list(emergencies.listHolding(now), writer::told));
    }
    return Answer.json(node);
  }

  private Answer declare(Call call) {
    Fields fields = Fields.of(call.bytes()).only("areas", "why", "until");
    Emergency declared =
        declare.declare(
            call.user(),
            fields.texts("areas"),
            fields.text("why"),
            Reports.instant("until", fields.text("until")),
            office.clock().instant());
    return Answer.json(201, writer.whole(declared, users(List.of(declared))));
  }

  private Answer end(Call call) {
    Emergency ended = declare.end(call.user(), call.id(), office.clock().instant());
    return Answer.json(writer.whole(ended, users(List.of(ended))));
  }

  private Map<Long, User> users(List<Emergency> emergencies) {
    List<Long> ids =
        emergencies.stream()
            .flatMap(
                e ->
                    Stream.concat(
                        Stream.of(e.declaredBy()), e.end().map(Emergency.End::by).stream()))
            .distinct()
            .toList();
    return office.accounts().listByIds(ids).stream()
        .collect(Collectors.toMap(User::id, Function.identity()));
  }
}
