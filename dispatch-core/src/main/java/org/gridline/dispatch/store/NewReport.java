package org.gridline.dispatch.store;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.evidence.Enclosed;
import org.gridline.dispatch.intake.NewTicket;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketNumbers;

/**
 * One report ready to be written together with others.
 *
 * @param words the report's text
 * @param answer sealed
 * @param events chained
 */
record NewReport(
    NewTicket made, Subject subject, SealedWords words, byte[] answer, List<Chained> events)
    implements SharedCommit.Row {

  /**
   * Whose data it is.
   *
   * @param mac absent for somebody without a phone, and for whoever is known
   */
  record Subject(
      long id, byte[] key, boolean isNew, Optional<byte[]> mac, Optional<byte[]> sealed) {}

  /** An event with its place in the ticket's chain. */
  record Chained(
      TicketEvent said,
      long id,
      String data,
      Optional<SealedWords> words,
      byte[] prev,
      byte[] hash) {}

  // The keys are inserted in their order, so that two of these statements never wait for each
  // other, and what they return drives the rest. Asked in this form, whether a row's key is new is
  // looked up in a table of hashes and not row by row. Who is known is held meanwhile: no word may
  // be sealed with a key that is destroyed at this moment.
  private static final String REGISTER =
      """
      WITH report AS MATERIALIZED (
        SELECT *
          FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bytea[], $6::timestamptz[], $7::bigint[],
                 $8::bytea[], $9::bytea[], $10::bytea[], $11::bigint[], $12::bytea[], $13::text[], $14::text[],
                 $15::int[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::float8[],
                 $22::float8[], $23::float8[], $24::float8[], $25::text[], $26::text[], $27::float8[], $28::text[],
                 $29::text[], $30::text[], $31::text[], $32::text[], $33::text[], $34::text[], $35::timestamptz[],
                 $36::timestamptz[], $37::bytea[], $38::text[], $39::text[], $40::text[], $41::bigint[])
               AS r(ticket, client, key, body_hash, answer, taken, person, wrapped, mac, sealed_person, words,
                 sealed_words, number, state, version, channel, type, urgency, kind, code, lon, lat, raw_lon, raw_lat,
                 raw_crs, flag, metres, boundary, layers, areas, names, unit, ground, reporter, registered, updated,
                 head, component, flags, life, call)),
      key AS (
        INSERT INTO idempotency (client, key, body_hash, ticket_id, person_id, answer, created_at)
        SELECT client, key, body_hash, ticket, person, answer, taken FROM report r
         WHERE r.wrapped IS NOT NULL OR EXISTS (
           SELECT FROM person p WHERE p.id = r.person AND p.erased_at IS NULL FOR KEY SHARE%s)
         ORDER BY client, key
        ON CONFLICT (client, key) DO NOTHING RETURNING ticket_id),
      taken AS MATERIALIZED (
        SELECT * FROM report WHERE (ticket IN (SELECT ticket_id FROM key)) IS TRUE),
      person AS (
        INSERT INTO person (id, wrapped_key, phone_mac, sealed, created_at)
        SELECT person, wrapped, mac, sealed_person, taken FROM taken WHERE wrapped IS NOT NULL),
      words AS (
        INSERT INTO words (id, person_id, sealed, created_at) SELECT words, person, sealed_words, taken FROM taken),
      ticket AS (
        INSERT INTO ticket (id, number, state, version, channel, type, urgency, category_kind, category_code, position,
          raw_lon, raw_lat, raw_crs, place_flag, boundary_metres, boundary_version, area_roles, areas, area_names, unit,
          ground, person_id, words_id, reporter, reworks, returns, revisit_tries, handlers, checkers, registered_at,
          updated_at, head_hash, component, flags, life)
        SELECT ticket, number, state, version, channel, type, urgency, kind, code,
          ST_SetSRID(ST_MakePoint(lon, lat), 4326), raw_lon, raw_lat, raw_crs, flag, metres, boundary, layers::text[],
          areas::text[], names::text[], unit, ground, person, words, reporter, 0, 0, 0, '{}', '{}', registered,
          updated, head, component, flags::text[], life::jsonb FROM taken),
      event AS (
        INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, user_unit, rule, state_before, state_after,
          unit_before, unit_after, words_id, words_commit, data, prev_hash, hash)
        SELECT e.*
          FROM unnest($42::bigint[], $43::int[], $44::bigint[], $45::text[], $46::timestamptz[], $47::bigint[],
                 $48::text[], $49::text[], $50::text[], $51::text[], $52::text[], $53::text[], $54::bigint[],
                 $55::bytea[], $56::text[], $57::bytea[], $58::bytea[])
               AS e(ticket, version, id, kind, at, by_user, by_unit, rule, before, after, unit_before, unit_after, words,
                 commitment, data, prev, hash)
         WHERE (e.ticket IN (SELECT ticket_id FROM key)) IS TRUE),
      clock AS (
        INSERT INTO deadline (ticket_id, clock, unit, started_at, warn_at, due_at)
        SELECT d.*
          FROM unnest($59::bigint[], $60::text[], $61::text[], $62::timestamptz[], $63::timestamptz[],
                 $64::timestamptz[]) AS d(ticket, clock, unit, started, warn, due)
         WHERE (d.ticket IN (SELECT ticket_id FROM key)) IS TRUE),
      call AS (
        INSERT INTO call_ticket (call_id, ticket_id) SELECT call, ticket FROM taken WHERE call IS NOT NULL),
      evidence AS (
        INSERT INTO evidence_link (evidence_id, ticket_id, version)
        SELECT e.evidence, e.ticket, 1 FROM unnest($65::bigint[], $66::bigint[]) AS e(ticket, evidence)
         WHERE (e.ticket IN (SELECT ticket_id FROM key)) IS TRUE)
      SELECT ticket_id FROM key
      """;

  static final SharedCommit.Statement<NewReport> STATEMENT =
      new SharedCommit.Statement<>(
          REGISTER.formatted(""), REGISTER.formatted(" SKIP LOCKED"), NewReport::values);

  /** Chains the first events of a ticket; the report's text belongs to the first of them. */
  static List<Chained> chain(NewTicket made, SealedWords words, TicketNumbers numbers) {
    List<Chained> events = new ArrayList<>();
    byte[] prev = new byte[0];
    for (TicketEvent said : made.events()) {
      boolean first = events.isEmpty();
      long id = numbers.nextId();
      String data =
          Facts.acting(
              Facts.write(said.fact(), first ? made.enclosed() : Enclosed.nothing()), said.actor());
      Optional<SealedWords> its = first ? Optional.of(words) : Optional.empty();
      byte[] hash = EventHash.hash(EventHash.canonical(id, said, its, data), prev);
      events.add(new Chained(said, id, data, its, prev, hash));
      prev = hash;
    }
    return events;
  }

  @Override
  public long id() {
    return made.ticket().id();
  }

  /** One key is answered once, and a piece of evidence belongs to one report. */
  @Override
  public Set<Object> touches() {
    Set<Object> all = new HashSet<>(made.enclosed().ids());
    all.add(made.key().client() + " " + made.key().key());
    return all;
  }

  @Override
  public boolean alone() {
    return false;
  }

  @Override
  public boolean urgent() {
    return made.ticket().matter().urgency() != Urgency.NORMAL;
  }

  private Ticket ticket() {
    return made.ticket();
  }

  private Place place() {
    return made.ticket().place();
  }

  private String areas(Function<Place.AreaName, String> text) {
    return ArrayText.texts(place().areas(), text);
  }

  private record Of<T>(long ticket, T what) {}

  private <T> List<Of<T>> each(Collection<T> many) {
    return many.stream().map(what -> new Of<>(id(), what)).toList();
  }

  private static Tuple values(NewReport report) {
    Columns<NewReport> columns = new Columns<>(List.of(report));
    keys(columns);
    tickets(columns);
    events(columns.of(report.each(report.events)));
    clocks(columns.of(report.each(report.ticket().deadlines())));
    columns.of(report.each(report.made.enclosed().ids())).longs(Of::ticket).longs(Of::what);
    return columns.tuple();
  }

  private static void keys(Columns<NewReport> columns) {
    columns
        .longs(NewReport::id)
        .longs(r -> r.made.key().client())
        .texts(r -> r.made.key().key())
        .texts(r -> r.made.key().bodyHash())
        .bytes(NewReport::answer)
        .instants(r -> r.made.takenAt())
        .longs(r -> r.subject.id())
        .bytesIfAny(r -> Optional.of(r.subject.key()).filter(key -> r.subject.isNew()))
        .bytesIfAny(r -> r.subject.mac())
        .bytesIfAny(r -> r.subject.sealed())
        .longs(r -> r.words.id())
        .bytes(r -> r.words.sealed());
  }

  private static void tickets(Columns<NewReport> columns) {
    columns
        .texts(r -> r.ticket().number())
        .texts(r -> r.ticket().state().name())
        .ints(r -> r.ticket().version())
        .texts(r -> r.ticket().matter().channel().id())
        .texts(r -> r.ticket().matter().type().id())
        .texts(r -> r.ticket().matter().urgency().id())
        .textsIfAny(r -> r.ticket().matter().category().map(c -> c.kind()))
        .textsIfAny(r -> r.ticket().matter().category().map(c -> c.code()))
        .doublesIfAny(r -> r.place().position().map(p -> p.lon()))
        .doublesIfAny(r -> r.place().position().map(p -> p.lat()))
        .doublesIfAny(r -> r.ticket().rawPosition().map(p -> p.lon()))
        .doublesIfAny(r -> r.ticket().rawPosition().map(p -> p.lat()))
        .textsIfAny(r -> r.ticket().rawPosition().map(p -> p.crs().spelling()))
        .texts(r -> r.place().flag().name())
        .doublesIfAny(
            r ->
                r.place().distanceToBoundaryMetres().isPresent()
                    ? Optional.of(r.place().distanceToBoundaryMetres().getAsDouble())
                    : Optional.empty())
        .texts(r -> r.place().boundaryVersion())
        .texts(r -> r.areas(Place.AreaName::layer))
        .texts(r -> ArrayText.texts(r.place().areaCodes(), code -> code))
        .texts(r -> r.areas(Place.AreaName::name))
        .textsIfAny(r -> r.ticket().owner().map(Ticket.Owner::unit))
        .textsIfAny(r -> r.ticket().owner().map(o -> Facts.write(o.ground())))
        .texts(r -> r.ticket().subject().reporter().name())
        .instants(r -> r.ticket().registeredAt())
        .instants(r -> r.ticket().updatedAt())
        .bytes(r -> r.events.getLast().hash())
        .textsIfAny(r -> r.ticket().matter().component())
        .texts(
            r ->
                ArrayText.texts(
                    r.ticket().progress().flags().stream().map(Enum::name).sorted().toList(),
                    f -> f))
        .texts(r -> LifeJson.write(r.ticket().progress().life()).encode())
        .longsIfAny(
            r ->
                r.made.call().isPresent()
                    ? Optional.of(r.made.call().getAsLong())
                    : Optional.empty());
  }

  private static void events(Columns<Of<Chained>> columns) {
    columns
        .longs(Of::ticket)
        .ints(e -> e.what.said.version())
        .longs(e -> e.what.id)
        .texts(e -> e.what.said.fact().kind())
        .instants(e -> e.what.said.at())
        .longsIfAny(
            e ->
                e.what.said.actor() instanceof Actor.Person p
                    ? Optional.of(p.user())
                    : Optional.empty())
        .textsIfAny(
            e -> e.what.said.actor() instanceof Actor.Person p ? p.unit() : Optional.empty())
        .textsIfAny(
            e ->
                e.what.said.actor() instanceof Actor.Rule r
                    ? Optional.of(r.name())
                    : Optional.empty())
        .textsIfAny(e -> e.what.said.stateBefore().map(Enum::name))
        .texts(e -> e.what.said.stateAfter().name())
        .textsIfAny(e -> e.what.said.unitBefore())
        .textsIfAny(e -> e.what.said.unitAfter())
        .longsIfAny(e -> e.what.words.map(SealedWords::id))
        .bytesIfAny(e -> e.what.words.map(SealedWords::commit))
        .texts(e -> e.what.data)
        .bytes(e -> e.what.prev)
        .bytes(e -> e.what.hash);
  }

  private static void clocks(Columns<Of<Deadline>> columns) {
    columns
        .longs(Of::ticket)
        .texts(d -> d.what.clock().id())
        .texts(d -> d.what.unit().name())
        .instants(d -> d.what.startedAt())
        .instants(d -> d.what.warnAt())
        .instants(d -> d.what.dueAt());
  }
}
