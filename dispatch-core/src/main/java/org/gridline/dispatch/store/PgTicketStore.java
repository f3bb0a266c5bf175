package org.gridline.dispatch.store;

import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import java.time.Instant;
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
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.intake.Caller.Confidentiality;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.privacy.Purpose;
import org.gridline.dispatch.ticket.Decision;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.ticket.TicketStore;
import org.gridline.dispatch.ticket.TurnTaken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tickets in PostgreSQL. The state machine is enforced again by the version and state that an
 * update must find.
 */
final class PgTicketStore implements TicketStore {
  private static final String BY_NUMBER =
      "SELECT "
          + TicketRows.COLUMNS
          + " FROM ticket t WHERE t.number = $1 AND "
          + Scoped.sql(2)
          + " ORDER BY t.id LIMIT 1";

  private static final String MERGED =
      "SELECT "
          + TicketRows.COLUMNS
          + " FROM ticket t WHERE t.master = $1 AND "
          + Scoped.sql(2)
          + " ORDER BY t.id";

  private static final String OPEN =
      "SELECT "
          + TicketRows.COLUMNS
          + " FROM ticket t WHERE t.\"open\" AND t.id > $1 AND "
          + Scoped.sql(2)
          + " ORDER BY t.id LIMIT $5";

  private static final String BY_ID =
      "SELECT " + TicketRows.COLUMNS + " FROM ticket t WHERE t.id = ANY($1)";

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

  private static final String LAST_STEP =
      """
      SELECT version FROM ticket_event
       WHERE ticket_id = $1 AND version <= $2 AND kind NOT IN ('ClockWarned', 'ClockOverdue', 'ClockEscalated')
       ORDER BY version DESC LIMIT 1
      """;

  private static final Particulars NOTHING = new Particulars("", "", Optional.empty());
  private static final Logger LOG = LoggerFactory.getLogger(PgTicketStore.class);

  private static final String LOOK =
      "INSERT INTO access_look (ticket_id, user_id, reason, at, purpose) VALUES ($1, $2, $3, $4,"
          + " $5)";

  private final Sql sql;
  private final Sql points;
  private final TicketStarts starts;
  private final SharedCommit<TicketStep> steps;
  private final PersonalWords personal;
  private final TicketNumbers numbers;
  private final Runnable wakeSealer;

  /**
   * @param points for what each step asks: plans once, where planning anew for each year of tickets
   *     costs more than reading
   */
  PgTicketStore(
      Sql sql,
      Sql points,
      TicketStarts starts,
      SharedCommit<TicketStep> steps,
      PersonalWords personal,
      TicketNumbers numbers,
      Runnable wakeSealer) {
    this.sql = sql;
    this.points = points;
    this.starts = starts;
    this.steps = steps;
    this.personal = personal;
    this.numbers = numbers;
    this.wakeSealer = wakeSealer;
  }

  @Override
  public Ticket get(long id, Scope scope) {
    return starts
        .find(id, scope)
        .orElseThrow(
            () ->
                new Failure(FailureCode.NOT_FOUND, "工单不存在或不在您的范围 · no such ticket in your scope"));
  }

  @Override
  public Optional<Ticket> findByNumber(String number, Scope scope) {
    return TicketRows.list(sql.read(BY_NUMBER, Scoped.bind(new Bind().add(number), scope).tuple()))
        .stream()
        .findFirst();
  }

  @Override
  public List<Ticket> listMerged(long master, Scope scope) {
    return TicketRows.list(points.read(MERGED, Scoped.bind(new Bind().add(master), scope).tuple()));
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
    String data = Facts.acting(Facts.write(e.fact(), decision.enclosed()), e.actor());
    // Once the person is forgotten, free text is not kept either.
    Optional<SealedWords> words =
        decision.words().isEmpty()
            ? Optional.empty()
            : starts
                .findKey(t.subject().person())
                .map(key -> personal.seal(key, numbers.nextId(), decision.words()));
    if (!written(new TicketStep(decision, eventId, data, words)))
      return Optional.of(get(t.id(), new Scope.District()));
    wakeSealer.run();
    return Optional.empty();
  }

  @Override
  public int lastStep(Ticket ticket) {
    return points
        .read(LAST_STEP, new Bind().add(ticket.id()).add(ticket.version()).tuple())
        .iterator()
        .next()
        .getInteger(0);
  }

  private boolean written(TicketStep step) {
    try {
      return steps.commit(step);
    } catch (PgException refused) {
      if (Constraints.TURN_TAKEN.equals(refused.getConstraint())) throw new TurnTaken();
      throw refused;
    }
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
  public void recordLook(Ticket ticket, long user, Purpose purpose, String reason, Instant at) {
    String sealed =
        starts
            .findKey(ticket.subject().person())
            .map(key -> personal.seal(key, ticket.id(), reason).sealed())
            .map(Base64.getEncoder()::encodeToString)
            .orElse("");
    sql.write(
        LOOK, new Bind().add(ticket.id()).add(user).add(sealed).add(at).add(purpose.id()).tuple());
  }
}
