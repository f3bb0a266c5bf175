package org.gridline.dispatch.store;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.intake.Caller.Confidentiality;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Decision;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.dispatch.ticket.TicketStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tickets in PostgreSQL. The state machine is enforced again by the version and state that an
 * update must find.
 */
final class PgTicketStore implements TicketStore {
  private static final String GET =
      "SELECT " + TicketRows.COLUMNS + " FROM ticket t WHERE t.id = $1 AND " + Scoped.sql(2);

  private static final String OPEN =
      "SELECT "
          + TicketRows.COLUMNS
          + " FROM ticket t WHERE t.state <> 'CLOSED' AND t.id > $1 AND "
          + Scoped.sql(2)
          + " ORDER BY t.id LIMIT $5";

  private static final String BY_ID =
      "SELECT " + TicketRows.COLUMNS + " FROM ticket t WHERE t.id = ANY($1)";

  private static final String WRITE =
      """
      WITH seen AS (
        SELECT id, head_hash FROM ticket WHERE id = $1 AND version = $2 AND state = $3 FOR UPDATE),
      moved AS (
        UPDATE ticket t
           SET version = t.version + 1, state = $4, category_kind = $5, category_code = $6, unit = $7, ground = $8,
               reworks = $9, returns = $10, revisit_tries = $11, returned_from = $12, handlers = $13, checkers = $14,
               updated_at = $15, head_hash = sha256($16::bytea || seen.head_hash)
          FROM seen WHERE t.id = seen.id
        RETURNING t.id, t.version, seen.head_hash AS prev_hash, t.head_hash AS hash),
      words AS (
        INSERT INTO words (id, person_id, sealed, created_at)
        SELECT $17, $18, $19, $15 FROM moved WHERE $19::bytea IS NOT NULL),
      event AS (
        INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, user_unit, rule, state_before, state_after,
          unit_before, unit_after, words_id, words_commit, data, prev_hash, hash)
        SELECT m.id, m.version, $20, $21, $15, $22, $23, $24, $3, $4, $25, $7,
          CASE WHEN $19::bytea IS NOT NULL THEN $17::bigint END, $26, $27, m.prev_hash, m.hash FROM moved m),
      stopped AS (
        DELETE FROM deadline d USING moved m WHERE d.ticket_id = m.id AND NOT d.clock = ANY($28::text[])),
      clock AS (
        INSERT INTO deadline (ticket_id, clock, unit, started_at, warn_at, due_at, paused_at)
        SELECT m.id, d.* FROM moved m, unnest($28::text[], $29::text[], $30::timestamptz[], $31::timestamptz[],
          $32::timestamptz[], $33::timestamptz[]) AS d
        ON CONFLICT (ticket_id, clock) DO UPDATE
          SET unit = excluded.unit, started_at = excluded.started_at, warn_at = excluded.warn_at,
              due_at = excluded.due_at, paused_at = excluded.paused_at)
      SELECT count(*) FROM moved
      """;

  private static final String KEY = "SELECT wrapped_key FROM person WHERE id = $1";

  private static final String PARTICULARS =
      """
      SELECT p.wrapped_key, p.sealed AS person, w.sealed AS words
        FROM person p LEFT JOIN words w ON w.id = $2 AND w.person_id = p.id WHERE p.id = $1
      """;

  private static final String MANY_PARTICULARS =
      """
      SELECT w.id AS words_id, p.wrapped_key, p.sealed AS person, w.sealed AS words
        FROM words w JOIN person p ON p.id = w.person_id WHERE w.id = ANY($1)
      """;

  private static final String STANDINGS =
      "SELECT id, version FROM ticket WHERE id > $1 ORDER BY id LIMIT $2";

  private static final Particulars NOTHING = new Particulars("", "", Optional.empty());
  private static final Logger LOG = LoggerFactory.getLogger(PgTicketStore.class);

  private static final String LOOK =
      "INSERT INTO access_look (ticket_id, user_id, reason, at) VALUES ($1, $2, $3, $4)";

  private final Sql sql;
  private final PersonalWords personal;
  private final TicketNumbers numbers;
  private final Runnable wakeSealer;

  PgTicketStore(Sql sql, PersonalWords personal, TicketNumbers numbers, Runnable wakeSealer) {
    this.sql = sql;
    this.personal = personal;
    this.numbers = numbers;
    this.wakeSealer = wakeSealer;
  }

  @Override
  public Ticket get(long id, Scope scope) {
    return find(id, scope)
        .orElseThrow(
            () ->
                new Failure(FailureCode.NOT_FOUND, "工单不存在或不在您的范围 · no such ticket in your scope"));
  }

  private Optional<Ticket> find(long id, Scope scope) {
    Iterator<Row> rows = sql.read(GET, Scoped.bind(new Bind().add(id), scope).tuple()).iterator();
    return rows.hasNext() ? Optional.of(TicketRows.read(rows.next())) : Optional.empty();
  }

  @Override
  public Page list(Search search, Scope scope) {
    TicketSearch query = TicketSearch.page(search, scope);
    return query.page(TicketRows.list(sql.read(query.sql(), query.values())));
  }

  @Override
  public List<Ticket> listOpen(Scope scope, long afterId, int most) {
    return TicketRows.list(
        sql.read(OPEN, Scoped.bind(new Bind().add(afterId), scope).add(most).tuple()));
  }

  @Override
  public List<Ticket> listById(List<Long> ids) {
    return TicketRows.list(sql.read(BY_ID, new Bind().longs(ids).tuple()));
  }

  @Override
  public List<Ticket> listAmong(List<Long> ids, Search search, Scope scope) {
    if (ids.isEmpty()) return List.of();
    TicketSearch query = TicketSearch.among(ids, search, scope);
    return TicketRows.list(sql.read(query.sql(), query.values()));
  }

  @Override
  public List<Standing> listStandings(long afterId, int most) {
    List<Standing> standings = new ArrayList<>();
    for (Row r : sql.read(STANDINGS, new Bind().add(afterId).add(most).tuple()))
      standings.add(new Standing(r.getLong(0), r.getInteger(1)));
    return standings;
  }

  @Override
  public Map<Long, Particulars> listParticulars(List<Ticket> tickets) {
    Map<Long, Ticket> byWords =
        tickets.stream().collect(Collectors.toMap(t -> t.subject().words(), Function.identity()));
    Map<Long, Particulars> all = new HashMap<>();
    for (Row row : sql.read(MANY_PARTICULARS, new Bind().longs(byWords.keySet()).tuple())) {
      Ticket ticket = Objects.requireNonNull(byWords.get(row.getLong("words_id")));
      try {
        all.put(ticket.id(), particulars(ticket, row));
      } catch (IllegalStateException damaged) {
        LOG.warn("words of ticket id={} can't be opened", ticket.id());
      }
    }
    for (Ticket ticket : tickets) all.putIfAbsent(ticket.id(), NOTHING);
    return all;
  }

  @Override
  public Optional<Ticket> write(Decision decision) {
    Ticket t = decision.after();
    TicketEvent e = decision.event();
    long eventId = numbers.nextId();
    String data = Facts.write(e.fact());
    Optional<SealedWords> words =
        decision.words().isEmpty()
            ? Optional.empty()
            : key(t.subject().person())
                .map(key -> personal.seal(key, numbers.nextId(), decision.words()));
    TicketState before = e.stateBefore().orElseThrow();
    Bind values =
        new Bind()
            .add(t.id())
            .add(t.version() - 1)
            .add(before.name())
            .add(t.state().name())
            .add(t.matter().category().map(c -> c.kind()))
            .add(t.matter().category().map(c -> c.code()))
            .add(t.owner().map(Ticket.Owner::unit))
            .add(t.owner().map(o -> Facts.write(o.ground())))
            .add(t.progress().reworks())
            .add(t.progress().returns())
            .add(t.progress().revisitTries())
            .add(t.progress().returnedFrom().map(Enum::name))
            .longs(t.progress().handlers())
            .longs(t.progress().checkers())
            .add(t.updatedAt())
            .add(EventHash.canonical(eventId, e, words, data))
            .add(words.map(SealedWords::id))
            .add(t.subject().person())
            .add(words.map(SealedWords::sealed))
            .add(eventId)
            .add(e.fact().kind())
            .add(e.actor() instanceof Actor.Person p ? Optional.of(p.user()) : Optional.empty())
            .add(e.actor() instanceof Actor.Person p ? p.unit() : Optional.empty())
            .add(e.actor() instanceof Actor.Rule r ? Optional.of(r.name()) : Optional.empty())
            .add(e.unitBefore())
            .add(words.map(SealedWords::commit))
            .add(data);
    values
        .clocks(t.deadlines())
        .add(
            t.deadlines().stream()
                .map(d -> d.pausedAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .toArray(OffsetDateTime[]::new));
    long written = sql.write(WRITE, values.tuple()).iterator().next().getLong(0);
    if (written == 0) return Optional.of(get(t.id(), new Scope.District()));
    wakeSealer.run();
    return Optional.empty();
  }

  /**
   * The person's key; empty once the person is forgotten, and then free text is not kept either.
   */
  private Optional<byte[]> key(long person) {
    Iterator<Row> rows = sql.read(KEY, new Bind().add(person).tuple()).iterator();
    return rows.hasNext()
        ? Optional.ofNullable(rows.next().getBuffer("wrapped_key")).map(b -> b.getBytes())
        : Optional.empty();
  }

  @Override
  public Particulars particulars(Ticket ticket) {
    Iterator<Row> rows =
        sql.read(
                PARTICULARS,
                new Bind().add(ticket.subject().person()).add(ticket.subject().words()).tuple())
            .iterator();
    return rows.hasNext() ? particulars(ticket, rows.next()) : NOTHING;
  }

  private Particulars particulars(Ticket ticket, Row row) {
    if (row.getBuffer("wrapped_key") == null || row.getBuffer("words") == null) return NOTHING;
    byte[] key = row.getBuffer("wrapped_key").getBytes();
    JsonObject words =
        personal.open(key, ticket.subject().words(), row.getBuffer("words").getBytes());
    String phone = "";
    if (ticket.hasCaller() && row.getBuffer("person") != null) {
      phone =
          personal
              .open(key, ticket.subject().person(), row.getBuffer("person").getBytes())
              .getString("phone");
    }
    // Whoever left only a name is a caller too: their name must be known to be kept out of texts.
    Caller caller = new Caller(phone, words.getString("name", ""), confidentiality(ticket));
    boolean somebody =
        !caller.phone().isEmpty()
            || !caller.name().isEmpty()
            || ticket.subject().reporter().confidential();
    return new Particulars(
        words.getString("text"),
        words.getString("address", ""),
        somebody ? Optional.of(caller) : Optional.empty());
  }

  private static Confidentiality confidentiality(Ticket ticket) {
    return ticket.subject().reporter().confidential()
        ? Confidentiality.CONFIDENTIAL
        : Confidentiality.ORDINARY;
  }

  /** The record can't be changed any more, so a reason that speaks of the caller is sealed too. */
  @Override
  public void recordLook(Ticket ticket, long user, String reason, Instant at) {
    String sealed =
        key(ticket.subject().person())
            .map(key -> personal.seal(key, ticket.id(), reason).sealed())
            .map(Base64.getEncoder()::encodeToString)
            .orElse("");
    sql.write(LOOK, new Bind().add(ticket.id()).add(user).add(sealed).add(at).tuple());
  }
}
