package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Checkers;
import org.gridline.dispatch.ticket.Lot;

/** Turns to check, from the accounts and the draws that a trigger keeps beside the log. */
final class PgCheckers implements Checkers {
  private static final Permission CHECK = new Permission.Act(ActionKind.CHECK);

  private static final String TURNS =
      """
      SELECT %s, d.at AS drawn_at, c.checker AS last
        FROM app_user u
        LEFT JOIN LATERAL (SELECT x.at FROM check_draw x WHERE x.checker = u.id ORDER BY x.at DESC LIMIT 1) d ON true
        LEFT JOIN unit_check c ON c.unit = $2
       WHERE u.disabled_at IS NULL AND u.roles && $1::text[]
       ORDER BY u.id
      """
          .formatted(UserRows.COLUMNS);

  private final Sql sql;
  private final UserRows users;
  private final List<String> roles;

  PgCheckers(Sql sql, UserRows users, List<Role> roles) {
    this.sql = sql;
    this.users = users;
    this.roles = roles.stream().filter(r -> r.permissions().contains(CHECK)).map(Role::id).toList();
  }

  @Override
  public Lot lot(String unit, long seed) {
    List<Lot.Turn> turns = new ArrayList<>();
    Optional<Long> last = Optional.empty();
    for (Row r : sql.read(TURNS, new Bind().strings(roles).add(unit).tuple())) {
      turns.add(
          new Lot.Turn(
              users.user(r),
              Optional.ofNullable(r.getOffsetDateTime("drawn_at")).map(OffsetDateTime::toInstant)));
      last = Optional.ofNullable(r.getLong("last"));
    }
    return new Lot(seed, turns.stream().filter(t -> t.user().may(CHECK)).toList(), last);
  }
}
