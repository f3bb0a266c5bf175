package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.route.DutyRule;
import org.gridline.dispatch.route.Rulings;

/** Rulings as the trigger of their events wrote them, in the same commit. */
final class PgRulings implements Rulings {
  private static final String ALL =
      """
      SELECT r.id, r.unit, r.kind, r.category, r.area, r.valid_from, r.valid_to, t.number
        FROM duty_rule_ruled r JOIN ticket t ON t.id = r.ticket_id ORDER BY r.ticket_id, r.version
      """;

  private final Sql sql;

  PgRulings(Sql sql) {
    this.sql = sql;
  }

  @Override
  public List<DutyRule> list() {
    List<DutyRule> rules = new ArrayList<>();
    for (Row r : sql.read(ALL, Tuple.tuple())) {
      rules.add(
          new DutyRule(
              r.getString("id"),
              r.getString("unit"),
              r.getString("kind"),
              r.getString("category"),
              r.getString("area"),
              PRIORITY,
              "裁定 ruling " + r.getString("number"),
              r.getLocalDate("valid_from"),
              Optional.ofNullable(r.getLocalDate("valid_to"))));
    }
    return rules;
  }
}
