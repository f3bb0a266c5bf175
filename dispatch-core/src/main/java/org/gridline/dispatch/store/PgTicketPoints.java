package org.gridline.dispatch.store;

import java.time.Instant;
import java.util.List;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketPoints;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.WKBWriter;

/** Tickets of a stretch of ground and time. */
final class PgTicketPoints implements TicketPoints {
  private final Sql sql;

  PgTicketPoints(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Page list(Query query, Scope scope) {
    Where where = new Where(scope);
    query.within().ifPresent(where::within);
    query.from().ifPresent(at -> where.at("t.registered_at >= $%d", at));
    query.until().ifPresent(at -> where.at("t.registered_at < $%d", at));
    query.state().ifPresent(s -> where.is("t.state = $%d", s.name()));
    query.number().ifPresent(n -> where.is("t.number = $%d", n));
    query.categoryKind().ifPresent(k -> where.is("t.category_kind = $%d", k));
    query.category().ifPresent(c -> where.is("t.category_code = $%d", c));
    query.unit().ifPresent(u -> where.is("t.unit = $%d", u));
    query.before().ifPresent(id -> where.is("t.id < $%d", id));
    List<Ticket> found =
        TicketRows.list(
            sql.read(
                "SELECT "
                    + TicketRows.COLUMNS
                    + " FROM ticket t WHERE "
                    + where.text
                    + " ORDER BY t.id DESC LIMIT "
                    + (query.limit() + 1),
                where.values.tuple()));
    return found.size() > query.limit()
        ? new Page(found.subList(0, query.limit()), Rest.MORE)
        : new Page(found, Rest.NOTHING);
  }

  /** The conditions so far, each with its value bound. */
  private static final class Where {
    private final StringBuilder text = new StringBuilder(Scoped.sql(1));
    private final Bind values = new Bind();
    private int bound = 3;

    private Where(Scope scope) {
      Scoped.bind(values, scope);
    }

    private void and(String condition) {
      text.append(" AND ").append(condition.formatted(++bound));
    }

    private void is(String condition, Object value) {
      and(condition);
      values.add(value);
    }

    private void at(String condition, Instant value) {
      and(condition);
      values.add(value);
    }

    private void within(Geometry shape) {
      and("(t.position IS NULL OR ST_Intersects(t.position, ST_GeomFromWKB($%d, 4326)))");
      values.add(new WKBWriter().write(shape));
    }
  }
}
