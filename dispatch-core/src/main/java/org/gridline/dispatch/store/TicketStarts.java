package org.gridline.dispatch.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Ticket;

/**
 * What steps and reports read before they are decided on. Who asks while others are being answered
 * shares a statement with those who ask meanwhile.
 */
final class TicketStarts {
  // Joined by the list of ids as well, so that a plan made while there were few tickets still goes
  // by the key.
  private static final SharedRead.Statement<Sight> TICKET =
      new SharedRead.Statement<>(
          "SELECT 1, " + TicketRows.COLUMNS + " FROM ticket t WHERE t.id = $1 AND " + Scoped.sql(2),
          sight -> Scoped.bind(new Bind().add(sight.id), sight.scope).tuple(),
          """
          SELECT s.n, %s
            FROM unnest($1::bigint[], $2::bool[], $3::text[], $4::text[]) WITH ORDINALITY AS s(id, everything, areas, units, n)
            JOIN ticket t ON t.id = s.id
           WHERE t.id = ANY($1)
             AND (s.everything OR %s && s.areas::text[] OR t.unit = ANY(s.units::text[]) OR t.parts && s.units::text[])
          """
              .formatted(TicketRows.COLUMNS, Scoped.AREAS),
          TicketStarts::sights);

  private static final SharedRead.Statement<Long> KEY =
      new SharedRead.Statement<>(
          "SELECT 1, wrapped_key FROM person WHERE id = $1",
          Tuple::of,
          """
          SELECT s.n, p.wrapped_key
            FROM unnest($1::bigint[]) WITH ORDINALITY AS s(id, n) JOIN person p ON p.id = s.id
           WHERE p.id = ANY($1)
          """,
          people -> new Columns<>(people).longs(p -> p).tuple());

  // OFFSET 0 has each question go by the keys.
  private static final SharedRead.Statement<Asked> REPORT =
      new SharedRead.Statement<>(
          """
          SELECT 1, a.*, p.id AS person_id, p.wrapped_key AS person_key
            FROM (SELECT) AS s
            LEFT JOIN (SELECT i.body_hash, i.ticket_id, i.answer, k.wrapped_key
                         FROM idempotency i JOIN person k ON k.id = i.person_id
                        WHERE i.client = $1 AND i.key = $2) AS a ON TRUE
            LEFT JOIN (SELECT p.id, p.wrapped_key FROM person p WHERE p.phone_mac = $3 AND p.erased_at IS NULL
                        ORDER BY p.id LIMIT 1) AS p ON TRUE
          """,
          asked -> new Bind().add(asked.key.client()).add(asked.key.key()).add(asked.mac).tuple(),
          """
          SELECT s.n, a.*, p.id AS person_id, p.wrapped_key AS person_key
            FROM unnest($1::bigint[], $2::text[], $3::bytea[]) WITH ORDINALITY AS s(client, key, mac, n)
            LEFT JOIN LATERAL (SELECT i.body_hash, i.ticket_id, i.answer, k.wrapped_key
                         FROM idempotency i JOIN person k ON k.id = i.person_id
                        WHERE i.client = s.client AND i.key = s.key OFFSET 0) AS a ON TRUE
            LEFT JOIN LATERAL (SELECT p.id, p.wrapped_key FROM person p
                        WHERE p.phone_mac = s.mac AND p.erased_at IS NULL ORDER BY p.id LIMIT 1) AS p ON TRUE
          """,
          all ->
              new Columns<>(all)
                  .longs(a -> a.key.client())
                  .texts(a -> a.key.key())
                  .bytesIfAny(Asked::mac)
                  .tuple());

  /** A ticket as far as somebody sees it. */
  private record Sight(long id, Scope scope) {}

  /**
   * @param mac of the caller's phone
   */
  private record Asked(IdempotencyKey key, Optional<byte[]> mac) {}

  /** What a key was answered with before. */
  record Answered(String bodyHash, long ticket, Optional<byte[]> personKey, byte[] sealed) {}

  /** Somebody who called before. */
  record Known(long id, byte[] key) {}

  /** What there is before a report is taken. */
  record ReportStart(Optional<Answered> answered, Optional<Known> known) {}

  private final SharedRead<Sight> tickets;
  private final SharedRead<Long> keys;
  private final SharedRead<Asked> reports;

  private TicketStarts(
      SharedRead<Sight> tickets, SharedRead<Long> keys, SharedRead<Asked> reports) {
    this.tickets = tickets;
    this.keys = keys;
    this.reports = reports;
  }

  /**
   * @param pool of connections that plan once; others may use it too
   * @param mostWaiting so many may wait for each kind of answer
   */
  static TicketStarts open(Vertx vertx, Pool pool, StatementWatch watch, int mostWaiting) {
    TicketStarts starts =
        new TicketStarts(
            new SharedRead<>(pool, watch, "tickets", TICKET, mostWaiting),
            new SharedRead<>(pool, watch, "tickets", KEY, mostWaiting),
            new SharedRead<>(pool, watch, "intake", REPORT, mostWaiting));
    for (SharedRead<?> each : starts.all()) vertx.deployVerticle(each).await();
    return starts;
  }

  private List<SharedRead<?>> all() {
    return List.of(tickets, keys, reports);
  }

  /** Refuses who still waits; the pool stays open. */
  Future<?> close(Vertx vertx) {
    return Future.join(all().stream().map(s -> vertx.undeploy(s.deploymentID())).toList());
  }

  Optional<Ticket> find(long id, Scope scope) {
    return tickets.read(new Sight(id, scope)).stream().findFirst().map(TicketRows::read);
  }

  /** A person's key; empty once the person is forgotten. */
  Optional<byte[]> findKey(long person) {
    return keys.read(person).stream().findFirst().flatMap(row -> bytes(row, "wrapped_key"));
  }

  /**
   * @param mac of the caller's phone; without it nobody is known
   */
  ReportStart report(IdempotencyKey key, Optional<byte[]> mac) {
    Row row = reports.read(new Asked(key, mac)).getFirst();
    Optional<Answered> answered =
        bytes(row, "answer")
            .map(
                answer ->
                    new Answered(
                        row.getString("body_hash"),
                        row.getLong("ticket_id"),
                        bytes(row, "wrapped_key"),
                        answer));
    Optional<Known> known =
        bytes(row, "person_key").map(k -> new Known(row.getLong("person_id"), k));
    return new ReportStart(answered, known);
  }

  private static Optional<byte[]> bytes(Row row, String column) {
    return Optional.ofNullable(row.getBuffer(column)).map(Buffer::getBytes);
  }

  /** Each with its own scope. */
  private static Tuple sights(List<Sight> all) {
    return new Columns<>(all)
        .longs(Sight::id)
        .booleans(s -> s.scope instanceof Scope.District)
        .texts(
            s ->
                s.scope instanceof Scope.Limited(var areas, var units)
                    ? ArrayText.texts(areas, a -> a)
                    : "{}")
        .texts(
            s ->
                s.scope instanceof Scope.Limited(var areas, var units)
                    ? ArrayText.texts(units, u -> u)
                    : "{}")
        .tuple();
  }
}
