package org.gridline.dispatch.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.indicator.Course;
import org.gridline.dispatch.indicator.Courses;
import org.gridline.dispatch.indicator.Period;
import org.gridline.dispatch.indicator.Step;
import org.gridline.dispatch.people.Scope;

/** Courses from the event log. */
final class PgCourses implements Courses {
  // A clock that ran out long ago matters only where nothing has ended it since.
  private static final String TICKETS =
      """
      SELECT array_agg(id ORDER BY id) FROM (
        SELECT DISTINCT t.id
          FROM (SELECT ticket_id FROM ticket_event WHERE at >= $1 AND at < $2
                UNION ALL
                SELECT ticket_id FROM ticket_event WHERE kind = 'ClockOverdue' AND at < $1) e
          JOIN ticket t ON t.id = e.ticket_id
         WHERE (t.updated_at >= $1 OR t."open") AND %s
         LIMIT $6) x
      """
          .formatted(Scoped.sql(3));

  private static final String DETAILS =
      "SELECT id, number, area_roles, areas FROM ticket WHERE id = ANY($1)";

  private static final String STEPS =
      """
      SELECT ticket_id, version, kind, at, state_before, state_after, unit_before, unit_after, data
        FROM ticket_event WHERE ticket_id = ANY($1) AND at < $2 ORDER BY ticket_id, version
      """;

  private final Sql sql;

  PgCourses(Sql sql) {
    this.sql = sql;
  }

  @Override
  public List<Long> listTickets(Period period, Scope scope, int most) {
    Bind values = Scoped.bind(new Bind().add(period.from()).add(period.to()), scope);
    Row row = sql.read(TICKETS, values.add(most).tuple()).iterator().next();
    return Optional.ofNullable(row.getArrayOfLongs(0)).map(Arrays::asList).orElse(List.of());
  }

  @Override
  public List<Course> list(List<Long> tickets, Instant before) {
    Map<Long, List<Step>> steps = new LinkedHashMap<>();
    for (Row r : sql.read(STEPS, new Bind().longs(tickets).add(before).tuple())) {
      steps.computeIfAbsent(r.getLong("ticket_id"), t -> new ArrayList<>()).add(step(r));
    }
    List<Course> courses = new ArrayList<>();
    for (Row r : sql.read(DETAILS, new Bind().longs(tickets).tuple())) {
      Optional.ofNullable(steps.get(r.getLong("id"))).ifPresent(s -> courses.add(course(r, s)));
    }
    return courses;
  }

  private static Step step(Row r) {
    return new Step(
        r.getInteger("version"),
        r.getString("kind"),
        r.getOffsetDateTime("at").toInstant(),
        text(r, "state_before"),
        r.getString("state_after"),
        text(r, "unit_before"),
        text(r, "unit_after"),
        members(r.getString("data")));
  }

  private static Course course(Row r, List<Step> steps) {
    String[] layers = r.getArrayOfStrings("area_roles");
    String[] codes = r.getArrayOfStrings("areas");
    Map<String, String> areas = new HashMap<>();
    for (int i = 0; i < codes.length; i++) areas.put(layers[i], codes[i]);
    Step first = steps.getFirst();
    return new Course(
        r.getLong("id"),
        r.getString("number"),
        areas,
        first.datum("channel"),
        first.datum("type"),
        steps.reversed().stream()
            .filter(s -> !s.datum("categoryCode").isEmpty())
            .findFirst()
            .map(s -> s.datum("categoryKind") + ":" + s.datum("categoryCode"))
            .orElse(""),
        steps);
  }

  private static String text(Row r, String column) {
    return Optional.ofNullable(r.getString(column)).orElse("");
  }

  private static Map<String, String> members(String json) {
    Map<String, String> plain = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : ReplayTable.json(json).properties()) {
      if (member.getValue().isValueNode()) plain.put(member.getKey(), member.getValue().asText());
    }
    return plain;
  }
}
