package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.notice.LoggedStep;
import org.gridline.dispatch.notice.UntoldSteps;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.ticket.TicketState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log behind the place up to which people were told. The fence is that place. */
final class PgUntoldSteps implements UntoldSteps {
  private static final String SPAN =
      """
      SELECT h.last_seq, LEAST(s.last_seq, h.last_seq + $1) AS up_to, s.last_seq > h.last_seq + $1 AS more
        FROM notice_head h, seal_head s
      """;

  // Whoever was merged into another since then has that one beside it. LIMIT and OFFSET keep to the
  // keys whatever the statistics say, which are old when there is much to tell.
  private static final String STEPS =
      """
      SELECT b.first_seq + p.n - 1 AS seq, e.ticket_id, e.version, e.kind, e.data, e.state_before, e.state_after,
             e.unit_after, e.at, e.id, t.urgency, %s AS areas, t.handlers,
             (t.life #>> '{check,checker}')::bigint AS checker, m.id AS master, m.state AS master_state,
             m.unit AS master_unit, m.urgency AS master_urgency, COALESCE(m.areas_now, m.areas) AS master_areas,
             m.handlers AS master_handlers
        FROM (SELECT * FROM event_block x WHERE x.last_seq > $1 ORDER BY x.last_seq LIMIT $2 - $1) b
       CROSS JOIN LATERAL unnest(b.tickets, b.versions) WITH ORDINALITY AS p(ticket_id, version, n)
       CROSS JOIN LATERAL (SELECT * FROM ticket_event x
                            WHERE x.ticket_id = p.ticket_id AND x.version = p.version
                              AND (x.kind = ANY($3) OR x.state_before IS DISTINCT FROM x.state_after) OFFSET 0) e
       CROSS JOIN LATERAL (SELECT * FROM ticket x WHERE x.id = e.ticket_id OFFSET 0) t
        LEFT JOIN LATERAL (SELECT * FROM ticket x WHERE x.id = t.master OFFSET 0) m ON e.kind = 'TicketMerged'
       WHERE b.first_seq <= $2 AND b.first_seq + p.n - 1 BETWEEN $1 + 1 AND $2
       ORDER BY seq
      """
          .formatted(Scoped.AREAS);

  private static final String TELL =
      """
      WITH head AS (UPDATE notice_head SET last_seq = $2 WHERE last_seq = $1 RETURNING 1),
      over AS (
        UPDATE notice n SET over_at = $3, remind_at = NULL, send_at = NULL
          FROM head, unnest($4::bigint[], $5::int[], $6::text[]) AS m(ticket, version, state)
         WHERE n.ticket_id = m.ticket AND (n.cause IS NOT NULL OR n.version < m.version)
           AND n.state IS NOT NULL AND n.state <> m.state AND n.acknowledged_at IS NULL AND n.over_at IS NULL),
      told AS (
        INSERT INTO notice (ticket_id, created_at, version, cause, state, level, %s)
        SELECT n.ticket, $3, n.version, n.cause, n.state, 0, %s
          FROM head, unnest(%s, $18::int[], $19::bigint[], $20::text[]) AS n(%s, version, cause, state))
      SELECT count(*) FROM head
      """
          .formatted(
              NoticeRows.COLUMNS, NoticeRows.SELECTED, NoticeRows.arrays(7), NoticeRows.NAMES);

  private static final Logger LOG = LoggerFactory.getLogger(PgUntoldSteps.class);

  private final Sql sql;
  private final TicketNumbers numbers;

  PgUntoldSteps(Sql sql, TicketNumbers numbers) {
    this.sql = sql;
    this.numbers = numbers;
  }

  @Override
  public Part read(Set<String> kinds, int most) {
    Row span = sql.read(SPAN, new Bind().add((long) most).tuple()).iterator().next();
    long after = span.getLong("last_seq");
    long upTo = span.getLong("up_to");
    List<LoggedStep> steps = new ArrayList<>();
    if (upTo > after) {
      Bind values = new Bind().add(after).add(upTo).strings(kinds);
      for (Row row : sql.read(STEPS, values.tuple())) steps.add(step(row, kinds));
    }
    return new Part(after, Math.max(after, upTo), steps, span.getBoolean("more"));
  }

  private static LoggedStep step(Row r, Set<String> kinds) {
    return new LoggedStep(
        r.getLong("seq"),
        r.getLong("ticket_id"),
        r.getInteger("version"),
        // What another version of the program wrote may be of a kind that this one can't read.
        kinds.contains(r.getString("kind")) ? fact(r) : Optional.empty(),
        Optional.ofNullable(r.getString("state_before")).map(TicketState::valueOf),
        TicketState.valueOf(r.getString("state_after")),
        Optional.ofNullable(r.getString("unit_after")),
        r.getOffsetDateTime("at").toInstant(),
        PgTicketNumbers.madeAt(r.getLong("id")),
        r.getString("urgency"),
        Arrays.asList(r.getArrayOfStrings("areas")),
        Arrays.asList(r.getArrayOfLongs("handlers")),
        Optional.ofNullable(r.getLong("checker")),
        r.getLong("master") == null
            ? Optional.empty()
            : Optional.of(
                new LoggedStep.Master(
                    r.getLong("master"),
                    TicketState.valueOf(r.getString("master_state")),
                    Optional.ofNullable(r.getString("master_unit")),
                    r.getString("master_urgency"),
                    Arrays.asList(r.getArrayOfStrings("master_areas")),
                    Arrays.asList(r.getArrayOfLongs("master_handlers")))));
  }

  private static Optional<Fact> fact(Row r) {
    try {
      return Optional.of(Facts.read(r.getString("kind"), r.getString("data")));
    } catch (IllegalStateException damaged) {
      LOG.error("seq={} is damaged and told to nobody", r.getLong("seq"));
      return Optional.empty();
    }
  }

  @Override
  public boolean tell(Part part, Collection<Told> told, Map<Long, Moved> moved, Instant now) {
    List<Told> rows = List.copyOf(told);
    List<Map.Entry<Long, Moved>> over =
        moved.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    Bind values =
        new Bind()
            .add(part.after())
            .add(part.upTo())
            .add(now)
            .longs(over.stream().map(Map.Entry::getKey).toList())
            .add(over.stream().map(m -> m.getValue().version()).toArray(Integer[]::new))
            .add(NoticeRows.texts(over, m -> m.getValue().state().name()));
    NoticeRows.bind(
            values,
            rows.stream().map(t -> t.of().ticket()).toList(),
            rows.stream().map(Told::notice).toList(),
            numbers)
        .add(rows.stream().map(t -> t.of().version()).toArray(Integer[]::new))
        .add(rows.stream().map(t -> t.of().cause().orElse(null)).toArray(Long[]::new))
        .add(NoticeRows.texts(rows, t -> t.of().state().name()));
    return sql.write(TELL, values.tuple()).iterator().next().getLong(0) > 0;
  }
}
