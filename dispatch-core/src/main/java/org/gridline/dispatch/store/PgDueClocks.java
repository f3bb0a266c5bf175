package org.gridline.dispatch.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.ClockStep;
import org.gridline.dispatch.deadline.DeadlineSweep;
import org.gridline.dispatch.deadline.DueClock;
import org.gridline.dispatch.deadline.DueClocks;
import org.gridline.dispatch.deadline.Firing;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.evidence.Enclosed;
import org.gridline.dispatch.notice.NewNotice;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.ticket.TicketState;

/**
 * Clocks in PostgreSQL. The fence is the ticket's version together with the clock's next moment.
 */
final class PgDueClocks implements DueClocks {
  // Planned once for all, so nothing may depend on what the planner believes: the limit stands
  // inside, so that the index by next_at leads, and each ticket is looked up by itself, in the one
  // partition that can hold it. NOT IN becomes a hash; ALL would compare with each.
  private static final String LIST =
      """
      SELECT d.ticket_id, d.clock, d.warn_at, d.due_at, d.warned_for, d.overdue_for, d.level, d.next_at,
             t.version, t.state, t.unit, t.urgency, t.areas, t.handlers, t.checker
        FROM (SELECT * FROM deadline
               WHERE next_at <= $1 AND ticket_id NOT IN (SELECT unnest($4::bigint[]))
               ORDER BY next_at LIMIT $2 OFFSET $3) d
       CROSS JOIN LATERAL (
         SELECT version, state, unit, urgency, COALESCE(areas_now, areas) AS areas, handlers,
                (life #>> '{check,checker}')::bigint AS checker
           FROM ticket WHERE id = d.ticket_id LIMIT 1) t
       ORDER BY d.next_at, d.ticket_id
      """;

  // Tickets are locked in the order of their ids before anything is written, and one that somebody
  // holds is left out, so this neither waits nor deadlocks. Each part hands on what the next one
  // needs: joined to each other they would be compared row by row, all with all. The moment is
  // compared in words that no index answers, since thousands of clocks may share one.
  private static final String FIRE =
      """
      WITH held AS MATERIALIZED (
        SELECT f.*, t.state, t.unit, t.head_hash AS prev
          FROM unnest($1::bigint[], $2::int[], $3::text[], $4::timestamptz[], $5::smallint[], $6::timestamptz[],
                 $7::bigint[], $8::text[], $9::text[], $10::bytea[])
               AS f(ticket, version, clock, moment, level, escalate_at, event, kind, data, canonical)
          JOIN ticket t ON t.id = f.ticket AND t.version = f.version
         WHERE f.moment <= $11
         ORDER BY t.id FOR UPDATE OF t SKIP LOCKED),
      fired AS (
        UPDATE deadline d
           SET warned_for = d.warn_at, overdue_for = CASE WHEN held.kind <> 'ClockWarned' THEN d.due_at END, level = held.level,
               escalate_at = held.escalate_at
          FROM held
         WHERE d.ticket_id = held.ticket AND d.clock = held.clock
           AND d.next_at IS NOT DISTINCT FROM held.moment
        RETURNING held.*, d.due_at),
      moved AS (
        UPDATE ticket t
           SET version = t.version + 1, updated_at = $11, head_hash = sha256(fired.canonical || fired.prev)
          FROM fired WHERE t.id = fired.ticket
        RETURNING fired.*, t.version AS now_version, t.head_hash AS hash),
      event AS (
        INSERT INTO ticket_event (ticket_id, version, id, kind, at, rule, state_before, state_after, unit_before,
          unit_after, data, prev_hash, hash)
        SELECT ticket, now_version, event, kind, $11, $12, state, state, unit, unit, data, prev, hash FROM moved),
      told AS (
        INSERT INTO notice (ticket_id, version, clock, level, due_at, created_at, %s)
        SELECT m.ticket, m.now_version, m.clock, m.level, m.due_at, $11, %s
          FROM unnest(%s) AS n(%s) JOIN moved m ON m.ticket = n.ticket)
      SELECT ticket FROM moved
      """
          .formatted(
              NoticeRows.COLUMNS, NoticeRows.SELECTED, NoticeRows.arrays(13), NoticeRows.NAMES);

  private static final String PENDING = "SELECT count(*) FROM deadline WHERE next_at IS NOT NULL";

  private final Sql sql;
  private final TicketNumbers numbers;
  private final Runnable wakeSealer;

  /** The statement that was sent last, whatever becomes of it. */
  private Future<Set<Long>> running = Future.succeededFuture(Set.of());

  PgDueClocks(Sql sql, TicketNumbers numbers, Runnable wakeSealer) {
    this.sql = sql;
    this.numbers = numbers;
    this.wakeSealer = wakeSealer;
  }

  @Override
  public Supplier<List<DueClock>> ask(Instant upTo, int most, int skip, Collection<Long> except) {
    Tuple values = new Bind().add(upTo).add(most).add(skip).longs(except).tuple();
    Future<List<DueClock>> asked =
        elsewhere(
            () -> {
              List<DueClock> due = new ArrayList<>();
              for (Row row : sql.read(LIST, values)) due.add(read(row));
              return due;
            });
    return asked::await;
  }

  /** Begins at once on a thread of its own. */
  private static <T> Future<T> elsewhere(Supplier<T> work) {
    Promise<T> done = Promise.promise();
    Thread.startVirtualThread(
        () -> {
          try {
            done.complete(work.get());
          } catch (Throwable told) {
            done.fail(told);
          }
        });
    return done.future();
  }

  private static DueClock read(Row r) {
    OffsetDateTime dueAt = r.getOffsetDateTime("due_at");
    return new DueClock(
        r.getLong("ticket_id"),
        r.getInteger("version"),
        TicketState.valueOf(r.getString("state")),
        Optional.ofNullable(r.getString("unit")),
        r.getString("urgency"),
        Clock.find(r.getString("clock")).orElseThrow(),
        dueAt.toInstant(),
        r.getShort("level"),
        step(r),
        r.getOffsetDateTime("next_at").toInstant(),
        PgTicketNumbers.madeAt(r.getLong("ticket_id")),
        Arrays.asList(r.getArrayOfStrings("areas")),
        Arrays.asList(r.getArrayOfLongs("handlers")),
        Optional.ofNullable(r.getLong("checker")));
  }

  /** The same cases as the column next_at has; a clock without time to warn is due at once. */
  private static ClockStep step(Row r) {
    OffsetDateTime warnAt = r.getOffsetDateTime("warn_at");
    OffsetDateTime dueAt = r.getOffsetDateTime("due_at");
    if (dueAt.equals(r.getOffsetDateTime("overdue_for"))) return ClockStep.ESCALATE;
    return warnAt.equals(r.getOffsetDateTime("warned_for")) || warnAt.equals(dueAt)
        ? ClockStep.DUE
        : ClockStep.WARN;
  }

  @Override
  public Supplier<Set<Long>> fire(Collection<Firing> firings, Instant now) {
    Tuple values =
        values(
            firings.stream().sorted(Comparator.comparingLong(f -> f.due().ticket())).toList(), now);
    // How it ended is told to whoever sent it; this one can go all the same.
    running.otherwiseEmpty().await();
    Future<Set<Long>> sent = elsewhere(() -> send(values));
    running = sent;
    return sent::await;
  }

  private Set<Long> send(Tuple values) {
    Set<Long> fired = new HashSet<>();
    for (Row row : sql.write(FIRE, values)) fired.add(row.getLong(0));
    if (!fired.isEmpty()) wakeSealer.run();
    return fired;
  }

  private Tuple values(List<Firing> firings, Instant now) {
    Bind values = new Bind();
    Long[] events = firings.stream().map(f -> numbers.nextId()).toArray(Long[]::new);
    String[] data = NoticeRows.texts(firings, f -> Facts.write(f.fact(), Enclosed.nothing()));
    values
        .longs(firings.stream().map(f -> f.due().ticket()).toList())
        .add(firings.stream().map(f -> f.due().version()).toArray(Integer[]::new))
        .add(NoticeRows.texts(firings, f -> f.due().clock().id()))
        .instants(firings.stream().map(f -> f.due().moment()).toList())
        .add(firings.stream().map(f -> (short) f.level()).toArray(Short[]::new))
        .add(
            firings.stream()
                .map(f -> f.escalateAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .toArray(OffsetDateTime[]::new))
        .add(events)
        .add(NoticeRows.texts(firings, f -> f.fact().kind()))
        .add(data);
    Buffer[] canonical = new Buffer[firings.size()];
    for (int i = 0; i < canonical.length; i++) {
      canonical[i] =
          Buffer.buffer(
              EventHash.canonical(
                  events[i], event(firings.get(i), now), Optional.empty(), data[i]));
    }
    values.add(canonical).add(now).add(DeadlineSweep.RULE);
    return notices(values, firings).tuple();
  }

  private Bind notices(Bind values, List<Firing> firings) {
    List<Long> tickets = new ArrayList<>();
    List<NewNotice> notices = new ArrayList<>();
    for (Firing firing : firings) {
      for (NewNotice notice : firing.notices()) {
        tickets.add(firing.due().ticket());
        notices.add(notice);
      }
    }
    return NoticeRows.bind(values, tickets, notices, numbers);
  }

  /** The n-th event of a ticket makes version n; a firing changes neither state nor owner. */
  private static TicketEvent event(Firing firing, Instant now) {
    DueClock due = firing.due();
    return new TicketEvent(
        due.ticket(),
        due.version() + 1,
        now,
        new Actor.Rule(DeadlineSweep.RULE),
        Optional.of(due.state()),
        due.state(),
        due.unit(),
        due.unit(),
        firing.fact());
  }

  @Override
  public long countPending() {
    return sql.read(PENDING, Tuple.tuple()).iterator().next().getLong(0);
  }
}
