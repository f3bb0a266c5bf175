package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Cursor;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.TicketState;

/** Reads the log by the positions that the sealer gave. */
final class PgEventLog implements EventLog {
  // Who was asked to help stands in the steps before; only those that send helpers away need it.
  // Positions have no gaps, so the next so many stand in at most so many blocks. LIMIT and OFFSET
  // keep to the keys whatever the statistics say: those of a log that grows fast are old ones.
  private static final String AFTER =
      """
      SELECT b.first_seq + p.n - 1 AS seq, e.ticket_id, e.version, e.kind, e.unit_before, e.id,
             CASE WHEN e.kind IN ('UnitReleased', 'ReturnApproved', 'DisputeRuled') THEN
               ARRAY(SELECT DISTINCT x.data::jsonb->>'unit' FROM ticket_event x
                      WHERE x.ticket_id = e.ticket_id AND x.version < e.version AND x.kind = 'UnitAsked')
             END AS helpers
        FROM (SELECT * FROM event_block x WHERE x.last_seq > $1 ORDER BY x.last_seq LIMIT $2) b
       CROSS JOIN LATERAL unnest(b.tickets, b.versions) WITH ORDINALITY AS p(ticket_id, version, n)
       CROSS JOIN LATERAL (SELECT * FROM ticket_event x
                            WHERE x.ticket_id = p.ticket_id AND x.version = p.version OFFSET 0) e
       WHERE b.first_seq <= $1 + $2 AND b.first_seq + p.n - 1 BETWEEN $1 + 1 AND $1 + $2
       ORDER BY seq
      """;

  // An event stands in the first block that ends at or after it in the sealer's order.
  private static final String HISTORY =
      """
      SELECT e.version, e.kind, e.at, e.user_id, e.rule, e.state_before, e.state_after, e.unit_before, e.unit_after,
             e.words_id, e.data, e.hash, w.sealed, p.wrapped_key, place.seq
        FROM ticket t
        JOIN ticket_event e ON e.ticket_id = t.id
        LEFT JOIN LATERAL (
          SELECT b.first_seq + i.n - 1 AS seq
            FROM (SELECT * FROM event_block x WHERE (x.last_xid, x.last_id) >= (e.xid, e.id)
                   ORDER BY x.last_xid, x.last_id LIMIT 1) b
           CROSS JOIN LATERAL unnest(b.tickets, b.versions) WITH ORDINALITY AS i(ticket_id, version, n)
           WHERE i.ticket_id = e.ticket_id AND i.version = e.version) place ON true
        LEFT JOIN person p ON p.id = t.person_id
        LEFT JOIN words w ON w.id = e.words_id
       WHERE t.id = $1 AND %s
       ORDER BY e.version
      """
          .formatted(Scoped.sql(2));

  private final Sql sql;
  private final Sql log;
  private final PersonalWords personal;

  /**
   * @param log for reading on
   */
  PgEventLog(Sql sql, Sql log, PersonalWords personal) {
    this.sql = sql;
    this.log = log;
    this.personal = personal;
  }

  @Override
  public Cursor end() {
    Row row =
        sql.read("SELECT last_seq, epoch FROM seal_head", new Bind().tuple()).iterator().next();
    return new Cursor(row.getLong(0), row.getString(1));
  }

  @Override
  public List<Sealed> listAfter(long seq, int most) {
    List<Sealed> events = new ArrayList<>();
    for (Row r : log.read(AFTER, new Bind().add(seq).add(most).tuple())) {
      events.add(
          new Sealed(
              r.getLong("seq"),
              r.getLong("ticket_id"),
              r.getInteger("version"),
              r.getString("kind"),
              Optional.ofNullable(r.getString("unit_before")),
              Optional.ofNullable(r.getArrayOfStrings("helpers")).map(Set::of).orElse(Set.of()),
              PgTicketNumbers.madeAt(r.getLong("id"))));
    }
    return events;
  }

  @Override
  public List<Entry> history(long ticket, Scope scope) {
    RowSet<Row> rows = sql.read(HISTORY, Scoped.bind(new Bind().add(ticket), scope).tuple());
    if (rows.size() == 0) {
      throw new Failure(FailureCode.NOT_FOUND, "工单不存在或不在您的范围 · no such ticket in your scope");
    }
    List<Entry> entries = new ArrayList<>();
    for (Row r : rows) entries.add(entry(r));
    return entries;
  }

  private Entry entry(Row r) {
    return new Entry(
        Optional.ofNullable(r.getLong("seq")),
        r.getInteger("version"),
        r.getString("kind"),
        r.getOffsetDateTime("at").toInstant(),
        Optional.ofNullable(r.getLong("user_id")),
        Optional.ofNullable(r.getString("rule")).orElse(""),
        Optional.ofNullable(r.getString("state_before")).map(TicketState::valueOf),
        TicketState.valueOf(r.getString("state_after")),
        Optional.ofNullable(r.getString("unit_before")),
        Optional.ofNullable(r.getString("unit_after")),
        r.getString("data"),
        words(r),
        HexFormat.of().formatHex(r.getBuffer("hash").getBytes()));
  }

  private String words(Row r) {
    if (r.getBuffer("sealed") == null || r.getBuffer("wrapped_key") == null) return "";
    return personal
        .open(
            r.getBuffer("wrapped_key").getBytes(),
            r.getLong("words_id"),
            r.getBuffer("sealed").getBytes())
        .getString("text");
  }
}
