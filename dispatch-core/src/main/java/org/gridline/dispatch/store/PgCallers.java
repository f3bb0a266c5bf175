package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.privacy.Callers;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketNumbers;

/** Who opened a case and which records are one caller's, in PostgreSQL. */
final class PgCallers implements Callers {
  private static final String OPENED =
      """
      INSERT INTO ticket_opened (ticket_id, user_id, unit, first_at, last_at) VALUES ($1, $2, $3, $4, $4)
      ON CONFLICT (ticket_id, user_id) DO UPDATE SET last_at = greatest(ticket_opened.last_at, excluded.last_at)
      """;

  private static final String LIST =
      """
      SELECT unit, count(*)::int AS people, min(first_at) AS first_at, max(last_at) AS last_at
        FROM ticket_opened WHERE ticket_id = $1 GROUP BY unit ORDER BY min(first_at)
      """;

  // One level only: who is merged holds nobody, and who holds somebody is not merged.
  private static final String MERGE =
      """
      WITH pair AS (SELECT id FROM person WHERE id IN ($2, $3) AND erased_at IS NULL ORDER BY id FOR UPDATE),
      joined AS (
        UPDATE person p SET merged_into = $2
         WHERE p.id = $3 AND $2 <> $3 AND (SELECT count(*) FROM pair) = 2 AND p.merged_into IS NULL
           AND NOT EXISTS (SELECT FROM person k WHERE k.id = $2 AND k.merged_into IS NOT NULL)
           AND NOT EXISTS (SELECT FROM person m WHERE m.merged_into = $3)
        RETURNING p.id)
      INSERT INTO person_merge (id, kept, merged, by_user, at) SELECT $1, $2, $3, $4, $5 FROM joined
      """;

  private static final String MERGES =
      """
      SELECT m.id, m.by_user, m.at, m.undone_by, m.undone_at,
             ARRAY(SELECT t.id FROM ticket t WHERE t.person_id = m.kept AND %1$s ORDER BY t.id DESC LIMIT 10) AS kept,
             ARRAY(SELECT t.id FROM ticket t WHERE t.person_id = m.merged AND %1$s ORDER BY t.id DESC LIMIT 10) AS merged
        FROM person_merge m
      """
          .formatted(Scoped.sql(2));

  private static final String MERGES_OF =
      MERGES
          + """
       WHERE m.kept = $1 OR m.merged = $1 OR m.kept = (SELECT merged_into FROM person WHERE id = $1)
       ORDER BY m.id DESC LIMIT 100
      """;

  private static final String NEWEST_MERGES = MERGES + " ORDER BY m.id DESC LIMIT $1";

  private static final String UNDO =
      """
      WITH taken_back AS (
        UPDATE person_merge m SET undone_by = $2, undone_at = $3
         WHERE m.id = $1 AND m.undone_at IS NULL
           AND EXISTS (SELECT FROM ticket t WHERE t.person_id = m.kept AND %1$s)
           AND EXISTS (SELECT FROM ticket t WHERE t.person_id = m.merged AND %1$s)
        RETURNING kept, merged)
      UPDATE person p SET merged_into = NULL FROM taken_back b WHERE p.id = b.merged AND p.merged_into = b.kept
      """
          .formatted(Scoped.sql(4));

  private final Sql sql;
  private final TicketNumbers numbers;

  PgCallers(Sql sql, TicketNumbers numbers) {
    this.sql = sql;
    this.numbers = numbers;
  }

  @Override
  public void opened(long ticket, long user, Optional<String> unit, Instant at) {
    sql.write(OPENED, new Bind().add(ticket).add(user).add(unit).add(at).tuple());
  }

  @Override
  public List<Opening> listOpened(long ticket) {
    List<Opening> all = new ArrayList<>();
    for (Row r : sql.read(LIST, new Bind().add(ticket).tuple()))
      all.add(
          new Opening(
              Optional.ofNullable(r.getString("unit")),
              r.getInteger("people"),
              r.getOffsetDateTime("first_at").toInstant(),
              r.getOffsetDateTime("last_at").toInstant()));
    return all;
  }

  @Override
  public long merge(Ticket kept, Ticket merged, long by, Instant at) {
    long id = numbers.nextId();
    Bind values =
        new Bind()
            .add(id)
            .add(kept.subject().person())
            .add(merged.subject().person())
            .add(by)
            .add(at);
    if (sql.write(MERGE, values.tuple()).rowCount() != 1)
      throw new Failure(
          FailureCode.MERGE_REFUSED,
          "已是同一人，或其中一条已并入他处或已删除 · one caller already, part of another merge, or forgotten");
    return id;
  }

  @Override
  public List<Merge> listMerges(Ticket of, Scope scope) {
    return merges(MERGES_OF, Scoped.bind(new Bind().add(of.subject().person()), scope));
  }

  @Override
  public List<Merge> listMerges(Scope scope, int most) {
    return merges(NEWEST_MERGES, Scoped.bind(new Bind().add(most), scope));
  }

  private List<Merge> merges(String query, Bind values) {
    List<Merge> all = new ArrayList<>();
    for (Row r : sql.read(query, values.tuple())) {
      Merge merge =
          new Merge(
              r.getLong("id"),
              r.getLong("by_user"),
              r.getOffsetDateTime("at").toInstant(),
              List.of(r.getArrayOfLongs("kept")),
              List.of(r.getArrayOfLongs("merged")),
              Optional.ofNullable(r.getLong("undone_by"))
                  .map(by -> new Undone(by, r.getOffsetDateTime("undone_at").toInstant())));
      if (!merge.kept().isEmpty() || !merge.merged().isEmpty()) all.add(merge);
    }
    return all;
  }

  @Override
  public boolean undo(long merge, Scope scope, long by, Instant at) {
    Bind values = Scoped.bind(new Bind().add(merge).add(by).add(at), scope);
    return sql.write(UNDO, values.tuple()).rowCount() == 1;
  }
}
