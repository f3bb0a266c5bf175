package org.gridline.dispatch.store;

import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.Draw;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.ticket.Decision;
import org.gridline.dispatch.ticket.Ticket;

/**
 * One step of one ticket, ready to be written together with steps of others.
 *
 * @param event id of the event
 * @param data the event's fact as it is stored
 */
record TicketStep(Decision decision, long event, String data, Optional<SealedWords> words)
    implements SharedCommit.Row {

  // Tickets are locked in the order of their ids before anything is written. Each part hands on
  // what the next one needs: joined to each other they would be compared row by row. What fires
  // triggers that lock something of a unit is inserted in the order of units. A clock that goes on
  // as it did is not written again.
  private static final String WRITE =
      """
      WITH held AS MATERIALIZED (
        SELECT s.*, t.head_hash AS prev
          FROM unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                 $9::int[], $10::int[], $11::int[], $12::text[], $13::text[], $14::text[], $15::timestamptz[],
                 $16::text[], $17::text[], $18::bigint[], $19::text[], $20::bytea[], $21::bigint[], $22::bytea[],
                 $23::bytea[], $24::bigint[], $25::bigint[], $26::text[], $27::bigint[], $28::text[], $29::text[],
                 $30::text[], $31::text[], $32::text[], $33::text[], $34::text[], $35::text[], $36::text[],
                 $37::text[], $38::text[])
               AS s(ticket, version, before, after, kind, code, unit, ground, reworks, returns, tries, returned_from,
                 handlers, checkers, at, flags, life, master, reporter, canonical, words, sealed, commitment, person,
                 event, fact, by_user, by_unit, by_rule, unit_before, data, clocks, limits, started, warn, due, paused,
                 evidence)
          JOIN ticket t ON t.id = s.ticket AND t.version = s.version AND t.state = s.before
         WHERE t.id = ANY($1)
         ORDER BY t.id FOR UPDATE OF t%s),
      moved AS (
        UPDATE ticket t
           SET version = t.version + 1, state = held.after, category_kind = held.kind, category_code = held.code,
               unit = held.unit, ground = held.ground, reworks = held.reworks, returns = held.returns,
               revisit_tries = held.tries, returned_from = held.returned_from, handlers = held.handlers::bigint[],
               checkers = held.checkers::bigint[], updated_at = held.at, flags = held.flags::text[],
               life = held.life::jsonb, master = held.master, reporter = held.reporter,
               head_hash = sha256(held.canonical || held.prev)
          FROM held WHERE t.id = held.ticket AND t.id = ANY($1)
        RETURNING held.*, t.version AS now_version, t.head_hash AS hash),
      words AS (
        INSERT INTO words (id, person_id, sealed, created_at)
        SELECT words, person, sealed, at FROM moved WHERE sealed IS NOT NULL),
      event AS (
        INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, user_unit, rule, state_before, state_after,
          unit_before, unit_after, words_id, words_commit, data, prev_hash, hash)
        SELECT ticket, now_version, event, fact, at, by_user, by_unit, by_rule, before, after, unit_before, unit, words,
               commitment, data, prev, hash
          FROM moved ORDER BY unit, event),
      stopped AS (
        DELETE FROM deadline d USING moved m WHERE d.ticket_id = m.ticket AND NOT d.clock = ANY(m.clocks::text[])),
      clock AS (
        INSERT INTO deadline AS d (ticket_id, clock, unit, started_at, warn_at, due_at, paused_at)
        SELECT m.ticket, c.*
          FROM moved m, unnest(m.clocks::text[], m.limits::text[], m.started::timestamptz[], m.warn::timestamptz[],
                          m.due::timestamptz[], m.paused::timestamptz[]) AS c
        ON CONFLICT (ticket_id, clock) DO UPDATE
          SET unit = excluded.unit, started_at = excluded.started_at, warn_at = excluded.warn_at,
              due_at = excluded.due_at, paused_at = excluded.paused_at
        WHERE (d.unit, d.started_at, d.warn_at, d.due_at, d.paused_at)
              IS DISTINCT FROM (excluded.unit, excluded.started_at, excluded.warn_at, excluded.due_at, excluded.paused_at)),
      evidence AS (
        INSERT INTO evidence_link (evidence_id, ticket_id, version)
        SELECT e, m.ticket, m.now_version FROM moved m, unnest(m.evidence::bigint[]) AS e)
      SELECT ticket FROM moved
      """;

  static final SharedCommit.Statement<TicketStep> STATEMENT =
      new SharedCommit.Statement<>(
          WRITE.formatted(""), WRITE.formatted(" SKIP LOCKED"), TicketStep::values);

  @Override
  public long id() {
    return decision.after().id();
  }

  @Override
  public OptionalInt buildsOn() {
    return OptionalInt.of(before());
  }

  /** A lot is remembered for its unit, where two of them would only refuse each other. */
  @Override
  public Set<Object> touches() {
    Set<Object> all = new HashSet<>(decision.enclosed().ids());
    all.add(id());
    after().progress().life().master().ifPresent(all::add);
    draw(said().fact())
        .filter(Draw::drawn)
        .ifPresent(drawn -> all.add(said().unitAfter().orElse("")));
    return all;
  }

  /** A merge locks another ticket, and a ruling what others ruled. */
  @Override
  public boolean alone() {
    return decision.after().progress().life().master().isPresent()
        || decision.event().fact() instanceof Fact.DisputeRuled;
  }

  private static Optional<Draw> draw(Fact fact) {
    if (fact instanceof Fact.FeedbackPassed f) return Optional.of(f.draw());
    if (fact instanceof Fact.TicketSelfHandled f) return Optional.of(f.draw());
    if (fact instanceof Fact.ResultChecked f) return Optional.of(f.draw());
    return fact instanceof Fact.CheckerRedrawn f ? Optional.of(f.draw()) : Optional.empty();
  }

  /** The version that must be there. */
  private int before() {
    return after().version() - 1;
  }

  private Ticket after() {
    return decision.after();
  }

  private TicketEvent said() {
    return decision.event();
  }

  private String clocks(Function<Deadline, String> text) {
    return ArrayText.texts(after().deadlines(), text);
  }

  private static Tuple values(TicketStep step) {
    return new Columns<>(List.of(step))
        .longs(TicketStep::id)
        .ints(TicketStep::before)
        .texts(s -> s.said().stateBefore().orElseThrow().name())
        .texts(s -> s.after().state().name())
        .textsIfAny(s -> s.after().matter().category().map(c -> c.kind()))
        .textsIfAny(s -> s.after().matter().category().map(c -> c.code()))
        .textsIfAny(s -> s.after().owner().map(Ticket.Owner::unit))
        .textsIfAny(s -> s.after().owner().map(o -> Facts.write(o.ground())))
        .ints(s -> s.after().progress().reworks())
        .ints(s -> s.after().progress().returns())
        .ints(s -> s.after().progress().revisitTries())
        .textsIfAny(s -> s.after().progress().returnedFrom().map(Enum::name))
        .texts(s -> ArrayText.numbers(s.after().progress().handlers()))
        .texts(s -> ArrayText.numbers(s.after().progress().checkers()))
        .instants(s -> s.after().updatedAt())
        .texts(
            s ->
                ArrayText.texts(
                    s.after().progress().flags().stream().map(Enum::name).sorted().toList(),
                    f -> f))
        .texts(s -> LifeJson.write(s.after().progress().life()).encode())
        .longsIfAny(s -> s.after().progress().life().master())
        .texts(s -> s.after().subject().reporter().name())
        .bytes(s -> EventHash.canonical(s.event, s.said(), s.words, s.data))
        .longsIfAny(s -> s.words.map(SealedWords::id))
        .bytesIfAny(s -> s.words.map(SealedWords::sealed))
        .bytesIfAny(s -> s.words.map(SealedWords::commit))
        .longs(s -> s.after().subject().person())
        .longs(TicketStep::event)
        .texts(s -> s.said().fact().kind())
        .longsIfAny(
            s ->
                s.said().actor() instanceof Actor.Person p
                    ? Optional.of(p.user())
                    : Optional.empty())
        .textsIfAny(s -> s.said().actor() instanceof Actor.Person p ? p.unit() : Optional.empty())
        .textsIfAny(
            s ->
                s.said().actor() instanceof Actor.Rule r ? Optional.of(r.name()) : Optional.empty())
        .textsIfAny(s -> s.said().unitBefore())
        .texts(TicketStep::data)
        .texts(s -> s.clocks(d -> d.clock().id()))
        .texts(s -> s.clocks(d -> d.unit().name()))
        .texts(s -> ArrayText.instants(s.after().deadlines(), d -> Optional.of(d.startedAt())))
        .texts(s -> ArrayText.instants(s.after().deadlines(), d -> Optional.of(d.warnAt())))
        .texts(s -> ArrayText.instants(s.after().deadlines(), d -> Optional.of(d.dueAt())))
        .texts(s -> ArrayText.instants(s.after().deadlines(), Deadline::pausedAt))
        .texts(s -> ArrayText.numbers(s.decision.enclosed().ids()))
        .tuple();
  }
}
