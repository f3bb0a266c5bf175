package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.intake.Intake;
import org.gridline.dispatch.intake.NewTicket;
import org.gridline.dispatch.people.PersonalCipher;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketNumbers;

/**
 * Registers a ticket in one statement that the idempotency key drives: without a new key nothing is
 * written.
 */
final class PgIntake implements Intake {
  private static final String REGISTER =
      """
      WITH key AS (
        INSERT INTO idempotency (client, key, body_hash, ticket_id, person_id, answer, created_at)
        VALUES ($1, $2, $3, $4, $7, $5, $6) ON CONFLICT (client, key) DO NOTHING RETURNING ticket_id),
      person AS (
        INSERT INTO person (id, wrapped_key, phone_mac, sealed, created_at)
        SELECT $7, $8, $9, $10, $6 FROM key WHERE $8::bytea IS NOT NULL),
      words AS (
        INSERT INTO words (id, person_id, sealed, created_at) SELECT $11, $7, $12, $6 FROM key),
      ticket AS (
        INSERT INTO ticket (id, number, state, version, channel, type, urgency, category_kind, category_code, position,
          raw_lon, raw_lat, raw_crs, place_flag, boundary_metres, boundary_version, area_roles, areas, area_names, unit,
          ground, person_id, words_id, reporter, reworks, returns, revisit_tries, handlers, checkers, registered_at,
          updated_at, head_hash, component)
        SELECT $4, $13, $14, $15, $16, $17, $18, $19, $20, ST_SetSRID(ST_MakePoint($21, $22), 4326),
          $23, $24, $25, $26, $27, $28, $29, $30, $31, $32,
          $33, $7, $11, $34, 0, 0, 0, '{}', '{}', $35,
          $36, $37, $60 FROM key),
      event AS (
        INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, user_unit, rule, state_before, state_after,
          unit_before, unit_after, words_id, words_commit, data, prev_hash, hash)
        SELECT $4, e.* FROM key, unnest($38::int[], $39::bigint[], $40::text[], $41::timestamptz[], $42::bigint[],
          $43::text[], $44::text[], $45::text[], $46::text[], $47::text[], $48::text[], $49::bigint[], $50::bytea[],
          $51::text[], $52::bytea[], $53::bytea[]) AS e),
      clock AS (
        INSERT INTO deadline (ticket_id, clock, unit, started_at, warn_at, due_at)
        SELECT $4, d.* FROM key, unnest($54::text[], $55::text[], $56::timestamptz[], $57::timestamptz[],
          $58::timestamptz[]) AS d),
      call AS (
        INSERT INTO call_ticket (call_id, ticket_id) SELECT $59::bigint, $4 FROM key WHERE $59::bigint IS NOT NULL)
      SELECT count(*) FROM key
      """;

  private static final String FIND_ANSWER =
      """
      SELECT i.body_hash, i.ticket_id, i.answer, p.wrapped_key
        FROM idempotency i JOIN person p ON p.id = i.person_id WHERE i.client = $1 AND i.key = $2
      """;

  private static final String FIND_PERSON =
      "SELECT id, wrapped_key FROM person WHERE phone_mac = $1 AND erased_at IS NULL ORDER BY id LIMIT 1";

  private final Sql sql;
  private final PersonalCipher cipher;
  private final PersonalWords personal;
  private final TicketNumbers numbers;
  private final Runnable wakeSealer;

  PgIntake(
      Sql sql,
      PersonalCipher cipher,
      PersonalWords personal,
      TicketNumbers numbers,
      Runnable wakeSealer) {
    this.sql = sql;
    this.cipher = cipher;
    this.personal = personal;
    this.numbers = numbers;
    this.wakeSealer = wakeSealer;
  }

  @Override
  public Optional<byte[]> findAnswer(IdempotencyKey key) {
    Iterator<Row> rows =
        sql.read(FIND_ANSWER, new Bind().add(key.client()).add(key.key()).tuple()).iterator();
    if (!rows.hasNext()) return Optional.empty();
    Row row = rows.next();
    if (!row.getString("body_hash").equals(key.bodyHash())) {
      throw new Failure(
          FailureCode.IDEMPOTENCY_KEY_REUSED, "新内容请换新键 · use a new key for another body");
    }
    if (row.getBuffer("wrapped_key") == null) {
      throw new Failure(FailureCode.NOT_FOUND, "当事人信息已删除 · this person's data were erased");
    }
    return Optional.of(
        cipher.open(
            row.getBuffer("wrapped_key").getBytes(),
            row.getLong("ticket_id"),
            row.getBuffer("answer").getBytes()));
  }

  @Override
  public Optional<byte[]> register(NewTicket made) {
    Subject subject = subject(made);
    Ticket t = made.ticket();
    Place place = t.place();
    SealedWords words = personal.seal(subject.key(), t.subject().words(), made.particulars());
    EventColumns events = new EventColumns(made.events(), words);
    Bind values =
        new Bind()
            .add(made.key().client())
            .add(made.key().key())
            .add(made.key().bodyHash())
            .add(t.id())
            .add(cipher.seal(subject.key(), t.id(), made.answer()))
            .add(made.takenAt())
            .add(subject.id())
            .add(subject.isNew() ? subject.key() : null)
            .add(subject.mac())
            .add(subject.sealed())
            .add(words.id())
            .add(words.sealed())
            .add(t.number())
            .add(t.state().name())
            .add(t.version())
            .add(t.matter().channel().id())
            .add(t.matter().type().id())
            .add(t.matter().urgency().id())
            .add(t.matter().category().map(c -> c.kind()))
            .add(t.matter().category().map(c -> c.code()))
            .add(place.position().map(p -> p.lon()))
            .add(place.position().map(p -> p.lat()))
            .add(t.rawPosition().map(p -> p.lon()))
            .add(t.rawPosition().map(p -> p.lat()))
            .add(t.rawPosition().map(p -> p.crs().spelling()))
            .add(place.flag().name())
            .add(
                place.distanceToBoundaryMetres().isPresent()
                    ? Optional.of(place.distanceToBoundaryMetres().getAsDouble())
                    : Optional.empty())
            .add(place.boundaryVersion())
            .strings(place.areas().stream().map(Place.AreaName::layer).toList())
            .strings(place.areaCodes())
            .strings(place.areas().stream().map(Place.AreaName::name).toList())
            .add(t.owner().map(Ticket.Owner::unit))
            .add(t.owner().map(o -> Facts.write(o.ground())))
            .add(t.subject().reporter().name())
            .add(t.registeredAt())
            .add(t.updatedAt())
            .add(events.headHash());
    events.bind(values);
    values
        .clocks(t.deadlines())
        .add(made.call().isPresent() ? made.call().getAsLong() : null)
        .add(t.matter().component());
    long written = sql.write(REGISTER, values.tuple()).iterator().next().getLong(0);
    if (written == 0) {
      return Optional.of(
          findAnswer(made.key())
              .orElseThrow(
                  () ->
                      new Failure(
                          FailureCode.OUTCOME_UNKNOWN, "请用同一键重试 · ask again with the same key")));
    }
    wakeSealer.run();
    return Optional.empty();
  }

  /**
   * Whose data it is.
   *
   * @param mac absent for somebody without a phone
   */
  private record Subject(
      long id, byte[] key, boolean isNew, Optional<byte[]> mac, Optional<byte[]> sealed) {}

  private Subject subject(NewTicket made) {
    Optional<Caller> known = made.particulars().caller().filter(c -> !c.phone().isEmpty());
    Optional<byte[]> mac = known.map(c -> cipher.mac(c.phone()));
    if (mac.isPresent()) {
      Iterator<Row> rows = sql.read(FIND_PERSON, new Bind().add(mac.get()).tuple()).iterator();
      if (rows.hasNext()) {
        Row row = rows.next();
        return new Subject(
            row.getLong("id"),
            row.getBuffer("wrapped_key").getBytes(),
            false,
            Optional.empty(),
            Optional.empty());
      }
    }
    long id = made.ticket().subject().person();
    byte[] key = cipher.newWrappedKey();
    return new Subject(id, key, true, mac, known.map(c -> personal.sealPerson(key, id, c)));
  }

  /** The events of one ticket as arrays, chained. */
  private final class EventColumns {
    private final List<TicketEvent> events;
    private final SealedWords words;
    private final Long[] ids;
    private final String[] data;
    private final Buffer[] previous;
    private final Buffer[] hashes;

    EventColumns(List<TicketEvent> events, SealedWords words) {
      this.events = events;
      this.words = words;
      int n = events.size();
      ids = new Long[n];
      data = new String[n];
      previous = new Buffer[n];
      hashes = new Buffer[n];
      byte[] hash = new byte[0];
      for (int i = 0; i < n; i++) {
        ids[i] = numbers.nextId();
        data[i] = Facts.write(events.get(i).fact());
        previous[i] = Buffer.buffer(hash);
        hash =
            EventHash.hash(EventHash.canonical(ids[i], events.get(i), wordsOf(i), data[i]), hash);
        hashes[i] = Buffer.buffer(hash);
      }
    }

    /** The report's text belongs to the first event. */
    private Optional<SealedWords> wordsOf(int index) {
      return index == 0 ? Optional.of(words) : Optional.empty();
    }

    byte[] headHash() {
      return hashes[hashes.length - 1].getBytes();
    }

    void bind(Bind values) {
      int n = events.size();
      Long[] wordsIds = new Long[n];
      Buffer[] commits = new Buffer[n];
      wordsIds[0] = words.id();
      commits[0] = Buffer.buffer(words.commit());
      values
          .add(events.stream().map(TicketEvent::version).toArray(Integer[]::new))
          .add(ids)
          .add(texts(e -> Optional.of(e.fact().kind())))
          .instants(events.stream().map(TicketEvent::at).toList())
          .add(
              events.stream()
                  .map(e -> e.actor() instanceof Actor.Person p ? Long.valueOf(p.user()) : null)
                  .toArray(Long[]::new))
          .add(texts(e -> e.actor() instanceof Actor.Person p ? p.unit() : Optional.empty()))
          .add(
              texts(
                  e ->
                      e.actor() instanceof Actor.Rule r ? Optional.of(r.name()) : Optional.empty()))
          .add(texts(e -> e.stateBefore().map(Enum::name)))
          .add(texts(e -> Optional.of(e.stateAfter().name())))
          .add(texts(TicketEvent::unitBefore))
          .add(texts(TicketEvent::unitAfter))
          .add(wordsIds)
          .add(commits)
          .add(data)
          .add(previous)
          .add(hashes);
    }

    private String[] texts(java.util.function.Function<TicketEvent, Optional<String>> column) {
      return events.stream().map(e -> column.apply(e).orElse(null)).toArray(String[]::new);
    }
  }
}
