package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.ComponentChange;
import org.gridline.dispatch.component.ComponentChange.Details;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.component.ComponentState;
import org.gridline.dispatch.component.Owners;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.place.Place.AreaName;
import org.gridline.gis.position.Position;

/** Rows of the register as components. */
final class ComponentRows {
  /** What every query selects, from {@code component c}. */
  static final String COLUMNS =
      """
      c.code, c.class_kind, c.class_code, c.name, ST_X(c.position) AS lon, ST_Y(c.position) AS lat, c.area_layers,
      c.areas, c.area_names, c.boundary_version, c.authority, c.property, c.maintenance, c.state, c.since, c.changed_on,
      c.source, c.note, c.origin, c.version
      """;

  private ComponentRows() {}

  /** Takes three values from {@code $first} on: whether all is seen, areas, units. */
  static String scoped(int first) {
    return "($%1$d OR c.areas && $%2$d::text[] OR c.authority = ANY($%3$d::text[]) OR c.property = ANY($%3$d::text[]) OR c.maintenance = ANY($%3$d::text[]))"
        .formatted(first, first + 1, first + 2);
  }

  static Bind bind(Bind values, Scope scope) {
    return Scoped.bind(values, scope);
  }

  static Component read(Row r) {
    String[] layers = r.getArrayOfStrings("area_layers");
    String[] codes = r.getArrayOfStrings("areas");
    String[] names = r.getArrayOfStrings("area_names");
    List<AreaName> areas = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) areas.add(new AreaName(layers[i], codes[i], names[i]));
    return new Component(
        new ComponentCode(r.getString("code")),
        new CategoryKey(r.getString("class_kind"), r.getString("class_code")),
        r.getString("name"),
        new Position(r.getDouble("lon"), r.getDouble("lat")),
        areas,
        r.getString("boundary_version"),
        new Owners(
            Optional.ofNullable(r.getString("authority")),
            Optional.ofNullable(r.getString("property")),
            Optional.ofNullable(r.getString("maintenance"))),
        ComponentState.valueOf(r.getString("state")),
        r.getLocalDate("since"),
        r.getLocalDate("changed_on"),
        r.getString("source"),
        r.getString("note"),
        Component.Origin.valueOf(r.getString("origin")),
        r.getInteger("version"));
  }

  private static Details details(Row r, String nameBefore) {
    return new Details(
        nameBefore,
        r.getString("name_after"),
        ComponentSteps.owners(r.getArrayOfStrings("owners_before")),
        ComponentSteps.owners(r.getArrayOfStrings("owners_after")));
  }

  static ComponentChange change(Row r) {
    Double fromLon = r.getDouble("from_lon");
    Long user = r.getLong("user_id");
    Long ticket = r.getLong("ticket_id");
    return new ComponentChange(
        r.getInteger("version"),
        r.getOffsetDateTime("at").toInstant(),
        user == null
            ? new Actor.Rule(r.getString("rule"))
            : new Actor.Person(user, Optional.empty()),
        ComponentChange.What.valueOf(r.getString("what")),
        Optional.ofNullable(r.getString("state_before")).map(ComponentState::valueOf),
        ComponentState.valueOf(r.getString("state_after")),
        fromLon == null
            ? Optional.empty()
            : Optional.of(new Position(fromLon, r.getDouble("from_lat"))),
        new Position(r.getDouble("to_lon"), r.getDouble("to_lat")),
        r.getString("why"),
        ticket == null ? OptionalLong.empty() : OptionalLong.of(ticket),
        Optional.ofNullable(r.getString("name_before")).map(before -> details(r, before)));
  }
}
