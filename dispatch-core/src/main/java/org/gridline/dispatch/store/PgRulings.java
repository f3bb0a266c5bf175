package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.route.DutyRule;
import org.gridline.dispatch.route.Rulings;

/** Rulings as the trigger of their events wrote them, in the same commit, and how they end. */
final class PgRulings implements Rulings {
  private static final String RULES =
      """
      SELECT r.id, r.unit, r.kind, r.category, r.area, r.valid_from, r.valid_to, t.number
        FROM duty_rule_ruled r JOIN ticket t ON t.id = r.ticket_id
      """;

  /**
   * Whoever rules or ends at the same moment is waited for, and may have ended it. It can't be made
   * to last into a later one.
   */
  private static final String END =
      """
      WITH there AS (
        SELECT r.id, r.valid_to FROM duty_rule_ruled r
         WHERE r.id = $1 AND coalesce(r.valid_to > $6, true)
           AND NOT EXISTS (SELECT FROM duty_rule_ruled n
                            WHERE (n.kind, n.category, n.area) = (r.kind, r.category, r.area) AND n.id <> r.id
                              AND n.valid_from >= r.valid_from AND n.valid_from < $2
                              AND coalesce(n.valid_to > n.valid_from, true))
           FOR UPDATE OF r),
      ended AS (
        UPDATE duty_rule_ruled r SET valid_to = greatest(r.valid_from, $2::date) FROM there WHERE r.id = there.id)
      INSERT INTO duty_rule_end (rule, valid_to, before, why, ended_by, acting_for, ended_at)
      SELECT id, $2::date, valid_to, $3, $4, $7, $5 FROM there
      """;

  private final Sql sql;

  PgRulings(Sql sql) {
    this.sql = sql;
  }

  @Override
  public List<DutyRule> list() {
    return rules(sql.read(RULES + " ORDER BY r.ticket_id, r.version", Tuple.tuple()));
  }

  @Override
  public Optional<DutyRule> end(End end, LocalDate today) {
    Bind values =
        new Bind()
            .add(end.rule())
            .add(end.validTo())
            .add(end.why())
            .add(end.by().user())
            .add(end.at())
            .add(today)
            .add(end.by().actingFor().orElse(null));
    if (sql.write(END, values.tuple()).rowCount() == 0) return Optional.empty();
    return rules(sql.read(RULES + " WHERE r.id = $1", new Bind().add(end.rule()).tuple())).stream()
        .findFirst();
  }

  @Override
  public List<End> listEnds() {
    List<End> ends = new ArrayList<>();
    for (Row r :
        sql.read(
            "SELECT rule, valid_to, why, ended_by, acting_for, ended_at FROM duty_rule_end ORDER BY id DESC",
            Tuple.tuple())) {
      ends.add(
          new End(
              r.getString("rule"),
              r.getLocalDate("valid_to"),
              r.getString("why"),
              new Actor.Person(
                  r.getLong("ended_by"),
                  Optional.empty(),
                  Optional.ofNullable(r.getLong("acting_for"))),
              r.getOffsetDateTime("ended_at").toInstant()));
    }
    return ends;
  }

  private static List<DutyRule> rules(RowSet<Row> rows) {
    List<DutyRule> rules = new ArrayList<>();
    for (Row r : rows) {
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
