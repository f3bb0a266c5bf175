package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.evidence.MediaType;
import org.gridline.dispatch.evidence.MediaType.Family;
import org.gridline.dispatch.people.PersonalCipher;
import org.gridline.dispatch.privacy.Erasure;
import org.gridline.dispatch.privacy.Erasures;
import org.gridline.dispatch.ticket.TicketNumbers;

/**
 * Forgetting in PostgreSQL. The key goes in one statement; what it sealed is swept up afterwards in
 * small ones, each of which may be repeated.
 */
final class PgErasures implements Erasures {
  private static final int BATCH = 200;

  /** Every record of the same caller, as they were said to be one. */
  private static final String GROUP =
      """
      (SELECT q.id FROM person p JOIN person q
          ON q.id = coalesce(p.merged_into, p.id) OR q.merged_into = coalesce(p.merged_into, p.id)
        WHERE p.id = %s)
      """;

  private static final String COLUMNS =
      """
      e.id, e.person_id, e.ground, e.requested_by, e.requested_for, e.rule, e.requested_at, e.state, e.decided_by, e.decided_at, e.done_at,
      (SELECT count(*) FROM ticket t WHERE t.person_id IN %1$s)::int AS tickets,
      (SELECT count(*) FROM ticket t WHERE t.person_id IN %1$s AND NOT %2$s)::int AS open_tickets,
      (SELECT count(*) FROM ticket t WHERE t.person_id IN %1$s AND EXISTS (
          SELECT FROM ticket_event v WHERE v.ticket_id = t.id AND v.kind = 'PersonErased'))::int AS told_tickets
      """
          .formatted(GROUP.formatted("e.person_id"), Closed.sql("t"));

  private static final String BY_PHONE =
      "SELECT id FROM person WHERE phone_mac = $1 AND erased_at IS NULL ORDER BY id LIMIT 1";

  private static final String BY_TICKET =
      """
      SELECT p.id FROM ticket t JOIN person p ON p.id = t.person_id
       WHERE t.number = $1 AND p.erased_at IS NULL LIMIT 1
      """;

  private static final String REQUEST =
      """
      INSERT INTO erasure (id, person_id, ground, requested_by, requested_for, requested_at, state)
      SELECT $1, $2, $3, $4, $6, $5, 'REQUESTED' FROM person WHERE id = $2 AND erased_at IS NULL
      ON CONFLICT DO NOTHING
      """;

  private static final String LIST =
      "SELECT " + COLUMNS + " FROM erasure e ORDER BY e.id DESC LIMIT $1";

  private static final String GET = "SELECT " + COLUMNS + " FROM erasure e WHERE e.id = $1";

  private static final String GOING_ON =
      "SELECT " + COLUMNS + " FROM erasure e WHERE e.state = 'APPROVED' ORDER BY e.id LIMIT $1";

  private static final String REFUSE =
      """
      UPDATE erasure SET state = 'REFUSED', decided_by = $2, decided_at = $3
       WHERE id = $1 AND state = 'REQUESTED' AND NOT (ARRAY[requested_by, requested_for] && $4::bigint[])
      """;

  private static final String WITHDRAW =
      """
      UPDATE erasure SET state = 'WITHDRAWN', decided_at = $2
       WHERE id = $1 AND state = 'REQUESTED' AND ARRAY[requested_by, requested_for] && $3::bigint[]
      """;

  // Whoever registers a ticket holds the person's row meanwhile, so no word is sealed with a key
  // that is gone.
  private static final String APPROVE =
      """
      WITH asked AS (
        SELECT id, person_id FROM erasure WHERE id = $1 AND state = 'REQUESTED'
           AND NOT (ARRAY[requested_by, requested_for] && $4::bigint[]) FOR UPDATE),
      people AS (
        SELECT p.id FROM person p WHERE p.id IN (
          SELECT q.id FROM asked a JOIN person o ON o.id = a.person_id JOIN person q
              ON q.id = coalesce(o.merged_into, o.id) OR q.merged_into = coalesce(o.merged_into, o.id))
         ORDER BY p.id FOR UPDATE),
      free AS (
        SELECT id FROM asked
         WHERE NOT EXISTS (SELECT FROM ticket t WHERE t.person_id IN (SELECT id FROM people) AND NOT %s)),
      calls AS (
        UPDATE phone_call c SET wrapped_key = NULL, phone_mac = NULL, sealed = NULL, erased_at = $3
          FROM person p, free WHERE p.id IN (SELECT id FROM people) AND c.phone_mac = p.phone_mac),
      forgotten AS (
        UPDATE person p SET wrapped_key = NULL, phone_mac = NULL, sealed = NULL, erased_at = $3
          FROM people, free WHERE p.id = people.id AND p.erased_at IS NULL)
      UPDATE erasure e SET state = 'APPROVED', decided_by = $2, decided_at = $3 FROM free WHERE e.id = free.id
      """
          .formatted(Closed.sql("t"));

  private static final String UNTOLD =
      """
      SELECT t.id FROM ticket t
       WHERE t.person_id IN %s
         AND NOT EXISTS (SELECT FROM ticket_event v WHERE v.ticket_id = t.id AND v.kind = 'PersonErased')
       ORDER BY t.id LIMIT $2
      """
          .formatted(GROUP.formatted("$1"));

  private static final String SWEEP_WORDS =
      "DELETE FROM words WHERE id IN (SELECT id FROM words WHERE person_id IN %s LIMIT $2)"
          .formatted(GROUP.formatted("$1"));

  /** The row stays, so that the same key never becomes a second ticket. */
  private static final String SWEEP_ANSWERS =
      """
      UPDATE idempotency SET answer = '' WHERE (client, key) IN (
        SELECT client, key FROM idempotency WHERE person_id IN %s AND answer <> '' LIMIT $2)
      """
          .formatted(GROUP.formatted("$1"));

  private static final String SWEEP_FILES =
      """
      WITH old AS (
        SELECT e.id FROM ticket t JOIN evidence_link l ON l.ticket_id = t.id JOIN evidence e ON e.id = l.evidence_id
         WHERE t.person_id IN %s AND e.state = 'READY' ORDER BY e.id LIMIT $2),
      """
              .formatted(GROUP.formatted("$1"))
          + ForgottenFiles.sql("$3");

  private static final String FINISH =
      "UPDATE erasure SET state = 'DONE', done_at = $2 WHERE id = $1 AND state = 'APPROVED'";

  private static final String EXPIRE_PEOPLE =
      """
      WITH old AS (
        SELECT p.id FROM person p
         WHERE p.erased_at IS NULL AND p.created_at < $1 AND p.merged_into IS NULL
           AND NOT EXISTS (SELECT FROM person m WHERE m.merged_into = p.id)
           AND NOT EXISTS (SELECT FROM ticket t WHERE t.person_id = p.id AND (NOT %s OR t.updated_at >= $1))
         ORDER BY p.created_at LIMIT $3 FOR UPDATE SKIP LOCKED),
      forgotten AS (
        UPDATE person p SET wrapped_key = NULL, phone_mac = NULL, sealed = NULL, erased_at = $2
          FROM old WHERE p.id = old.id)
      INSERT INTO erasure (id, person_id, ground, rule, requested_at, state, decided_at)
      SELECT x.erasure, x.person, 'retention', 'retention', $2, 'APPROVED', $2
        FROM (SELECT o.id AS person, ids.id AS erasure
                FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM old) o
                JOIN unnest($4::bigint[]) WITH ORDINALITY AS ids(id, n) USING (n)) x
      """
          .formatted(Closed.sql("t"));

  private static final String EXPIRE_FILES =
      """
      WITH old AS (
        SELECT e.id FROM evidence e JOIN evidence_link l ON l.evidence_id = e.id JOIN ticket t ON t.id = l.ticket_id
         WHERE e.state = 'READY' AND e.type = ANY($1) AND e.finished_at < $2 AND t.updated_at < $2 AND %s
           AND NOT EXISTS (
             %s SELECT FROM seen n JOIN ticket p ON p.id = n.id WHERE p.updated_at >= $2 OR NOT %s)
         ORDER BY e.id LIMIT $4),
      """
              .formatted(Closed.sql("t"), SplitSight.DOWN, Closed.sql("p"))
          + ForgottenFiles.sql("$3");

  private static final String LOG =
      "INSERT INTO retention_run (at, kind, gone) VALUES ($1, $2, $3)";

  private final Sql sql;
  private final PersonalCipher cipher;
  private final TicketNumbers numbers;

  PgErasures(Sql sql, PersonalCipher cipher, TicketNumbers numbers) {
    this.sql = sql;
    this.cipher = cipher;
    this.numbers = numbers;
  }

  @Override
  public Optional<Long> findByPhone(String phone) {
    return one(BY_PHONE, new Bind().add(cipher.mac(phone)));
  }

  @Override
  public Optional<Long> findByTicket(String number) {
    return one(BY_TICKET, new Bind().add(number));
  }

  private Optional<Long> one(String query, Bind values) {
    Iterator<Row> rows = sql.read(query, values.tuple()).iterator();
    return rows.hasNext() ? Optional.of(rows.next().getLong(0)) : Optional.empty();
  }

  @Override
  public Erasure request(long person, Erasure.Ground ground, Actor.Person by, Instant at) {
    long id = numbers.nextId();
    Bind values = new Bind().add(id).add(person).add(ground.id()).add(by.user()).add(at);
    values.add(by.actingFor());
    if (sql.write(REQUEST, values.tuple()).rowCount() != 1)
      throw new Failure(
          FailureCode.ERASURE_REFUSED, "已有申请，或已删除 · asked for already, or forgotten already");
    return get(id);
  }

  @Override
  public List<Erasure> list(int most) {
    return all(LIST, new Bind().add(most));
  }

  @Override
  public Erasure get(long id) {
    return all(GET, new Bind().add(id)).stream()
        .findFirst()
        .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此申请 · no such request"));
  }

  @Override
  public List<Erasure> listGoingOn(int most) {
    return all(GOING_ON, new Bind().add(most));
  }

  private List<Erasure> all(String query, Bind values) {
    List<Erasure> all = new ArrayList<>();
    for (Row r : sql.read(query, values.tuple())) all.add(erasure(r));
    return all;
  }

  private static Erasure erasure(Row r) {
    Actor asked =
        Optional.ofNullable(r.getLong("requested_by"))
            .<Actor>map(
                user ->
                    new Actor.Person(
                        user, Optional.empty(), Optional.ofNullable(r.getLong("requested_for"))))
            .orElseGet(() -> new Actor.Rule(Objects.requireNonNull(r.getString("rule"))));
    return new Erasure(
        r.getLong("id"),
        r.getLong("person_id"),
        Erasure.Ground.find(r.getString("ground")).orElseThrow(),
        asked,
        r.getOffsetDateTime("requested_at").toInstant(),
        Erasure.State.valueOf(r.getString("state")),
        Optional.ofNullable(r.getLong("decided_by")),
        Optional.ofNullable(r.getOffsetDateTime("decided_at")).map(OffsetDateTime::toInstant),
        r.getInteger("tickets"),
        r.getInteger("open_tickets"),
        r.getInteger("told_tickets"),
        Optional.ofNullable(r.getOffsetDateTime("done_at")).map(OffsetDateTime::toInstant));
  }

  @Override
  public boolean refuse(long id, Actor.Person by, Instant at) {
    return sql.write(REFUSE, decision(id, by, at)).rowCount() == 1;
  }

  @Override
  public boolean withdraw(long id, Actor.Person by, Instant at) {
    Bind values = new Bind().add(id).add(at).longs(by.selves());
    return sql.write(WITHDRAW, values.tuple()).rowCount() == 1;
  }

  private static Tuple decision(long id, Actor.Person by, Instant at) {
    return new Bind().add(id).add(by.user()).add(at).longs(by.selves()).tuple();
  }

  @Override
  public boolean approve(long id, Actor.Person by, Instant at) {
    return sql.write(APPROVE, decision(id, by, at)).rowCount() == 1;
  }

  @Override
  public List<Long> listUntold(Erasure erasure, int most) {
    List<Long> ids = new ArrayList<>();
    for (Row r : sql.read(UNTOLD, new Bind().add(erasure.person()).add(most).tuple()))
      ids.add(r.getLong(0));
    return ids;
  }

  @Override
  public boolean sweep(Erasure erasure, Instant at) {
    Bind some = new Bind().add(erasure.person()).add(BATCH);
    int words = sql.write(SWEEP_WORDS, some.tuple()).rowCount();
    int answers = sql.write(SWEEP_ANSWERS, some.tuple()).rowCount();
    Bind few = new Bind().add(erasure.person()).add(20).add(at);
    int files = sql.write(SWEEP_FILES, few.tuple()).rowCount();
    return words == BATCH || answers == BATCH || files == 20;
  }

  @Override
  public void finish(Erasure erasure, Instant at) {
    sql.write(FINISH, new Bind().add(erasure.id()).add(at).tuple());
  }

  @Override
  public int expirePeople(Instant closedBefore, Instant at, int most) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < most; i++) ids.add(numbers.nextId());
    Bind values = new Bind().add(closedBefore).add(at).add(most).longs(ids);
    return sql.write(EXPIRE_PEOPLE, values.tuple()).rowCount();
  }

  @Override
  public int expireFiles(Family family, Instant closedBefore, Instant at, int most) {
    List<String> types =
        java.util.Arrays.stream(MediaType.values())
            .filter(t -> t.family() == family)
            .map(Enum::name)
            .toList();
    Bind values = new Bind().strings(types).add(closedBefore).add(at).add(most);
    return sql.write(EXPIRE_FILES, values.tuple()).rowCount();
  }

  @Override
  public void log(Instant at, String kind, int gone) {
    sql.write(LOG, new Bind().add(at).add(kind).add(gone).tuple());
  }
}
