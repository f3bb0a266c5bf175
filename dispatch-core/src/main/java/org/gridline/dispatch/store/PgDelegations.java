package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.people.Delegations;
import org.gridline.dispatch.ticket.TicketNumbers;

/** Who stands in for whom; each change is one statement with its line in the people log. */
final class PgDelegations implements Delegations {
  private final Sql sql;
  private final TicketNumbers numbers;

  PgDelegations(Sql sql, TicketNumbers numbers) {
    this.sql = sql;
    this.numbers = numbers;
  }

  @Override
  public Delegation add(Wish w, long createdBy, Instant now) {
    long id = numbers.nextId();
    sql.write(
        """
        WITH made AS (
          INSERT INTO delegation (id, grantor, holder, from_at, until_at, why, created_by, created_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id)
        INSERT INTO people_log (at, kind, actor, subject, after, why)
        SELECT $8, 'delegate', $7, $3, jsonb_build_object('for', (SELECT login FROM app_user WHERE id = $2),
               'from', $4::timestamptz, 'until', $5::timestamptz), $6 FROM made
        """,
        new Bind()
            .add(id)
            .add(w.grantor())
            .add(w.holder())
            .add(w.from())
            .add(w.until())
            .add(w.why())
            .add(createdBy)
            .add(now)
            .tuple());
    return new Delegation(
        id, w.grantor(), w.holder(), w.from(), w.until(), w.why(), createdBy, Optional.empty());
  }

  @Override
  public Optional<Delegation> find(long id) {
    Iterator<Row> rows =
        sql.read("SELECT * FROM delegation WHERE id = $1", new Bind().add(id).tuple()).iterator();
    return rows.hasNext() ? Optional.of(delegation(rows.next())) : Optional.empty();
  }

  @Override
  public List<Delegation> listOf(long user, Instant now) {
    List<Delegation> found = new ArrayList<>();
    for (Row r :
        sql.read(
            "SELECT * FROM delegation WHERE (grantor = $1 OR holder = $1) AND until_at > $2"
                + " AND ended_at IS NULL ORDER BY from_at, id LIMIT 200",
            new Bind().add(user).add(now).tuple())) {
      found.add(delegation(r));
    }
    return found;
  }

  @Override
  public boolean end(long id, long by, Instant now) {
    return sql.write(
                """
                WITH ended AS (
                  UPDATE delegation SET ended_at = $3, ended_by = $2
                   WHERE id = $1 AND ended_at IS NULL AND until_at > $3 RETURNING grantor, holder)
                INSERT INTO people_log (at, kind, actor, subject, before)
                SELECT $3, 'delegationEnded', $2, holder,
                       jsonb_build_object('for', (SELECT login FROM app_user WHERE id = grantor)) FROM ended
                """,
                new Bind().add(id).add(by).add(now).tuple())
            .rowCount()
        > 0;
  }

  @Override
  public void act(byte[] tokenHash, long user, Optional<Delegation> delegation, Instant now) {
    sql.write(
        """
        WITH acts AS (
          UPDATE app_session SET delegation_id = $2
           WHERE token_hash = $1 AND delegation_id IS DISTINCT FROM $2 RETURNING user_id)
        INSERT INTO people_log (at, kind, actor, subject)
        SELECT $4, CASE WHEN $2::bigint IS NULL THEN 'actingEnded' ELSE 'actingBegan' END, $3,
               coalesce((SELECT grantor FROM delegation WHERE id = $2), $3) FROM acts
        """,
        new Bind().add(tokenHash).add(delegation.map(Delegation::id)).add(user).add(now).tuple());
  }

  private static Delegation delegation(Row r) {
    return new Delegation(
        r.getLong("id"),
        r.getLong("grantor"),
        r.getLong("holder"),
        r.getOffsetDateTime("from_at").toInstant(),
        r.getOffsetDateTime("until_at").toInstant(),
        r.getString("why"),
        r.getLong("created_by"),
        PeopleRows.instant(r.getOffsetDateTime("ended_at")));
  }
}
