package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.notice.Letter;
import org.gridline.dispatch.notice.MeansKind;
import org.gridline.dispatch.notice.Occasion;
import org.gridline.dispatch.notice.Outbox;
import org.gridline.dispatch.ticket.TicketNumbers;

/** Messages in PostgreSQL; the fence of a row is its number of tries. */
final class PgOutbox implements Outbox {
  private static final String UNPOSTED =
      """
      SELECT n.id, n.send_at, n.reminders, n.audience, n.means, t.unit, t.parts, %s AS areas
        FROM notice n JOIN ticket t ON t.id = n.ticket_id
       WHERE n.send_at <= $1 ORDER BY n.send_at LIMIT $2
      """
          .formatted(Scoped.AREAS);

  private static final String REACHABLE =
      """
      SELECT a.user_id, a.means FROM notice_address a JOIN app_user u ON u.id = a.user_id
       WHERE a.means = ANY($1) AND u.disabled_at IS NULL
      """;

  private static final String POST =
      """
      WITH claimed AS (
        UPDATE notice SET send_at = NULL WHERE id = $1 AND send_at = $2
        RETURNING id, reminders, acknowledged_at IS NULL AND over_at IS NULL AS wanted)
      INSERT INTO notice_message (id, notice_id, showing, user_id, means, next_at, created_at)
      SELECT r.id, c.id, c.reminders, r.user_id, r.means, $3, $3
        FROM claimed c, unnest($4::bigint[], $5::bigint[], $6::text[]) AS r(id, user_id, means)
       WHERE c.wanted
      ON CONFLICT (notice_id, showing, user_id, means) DO NOTHING
      """;

  private static final String DROP =
      """
      UPDATE notice_message m SET state = 'DROPPED', next_at = NULL, settled_at = $1
        FROM notice n
       WHERE m.next_at <= $1 AND m.state = 'WAITING' AND n.id = m.notice_id
         AND (n.acknowledged_at IS NOT NULL OR n.over_at IS NOT NULL)
      """;

  private static final String LEASE =
      """
      WITH due AS (
        SELECT id FROM notice_message WHERE next_at <= $1 AND means = ANY($3)
         ORDER BY next_at LIMIT $4 FOR UPDATE SKIP LOCKED),
      leased AS (
        UPDATE notice_message m SET state = 'SENDING', tries = m.tries + 1, next_at = $2
          FROM due WHERE m.id = due.id
        RETURNING m.id, m.notice_id, m.showing, m.user_id, m.means, m.tries)
      SELECT l.*, a.address, n.occasion, n.clock, n.due_at, n.level, n.ticket_id, t.number, t.category_kind,
             t.category_code
        FROM leased l
        JOIN notice n ON n.id = l.notice_id
        JOIN ticket t ON t.id = n.ticket_id
        LEFT JOIN app_user u ON u.id = l.user_id AND u.disabled_at IS NULL
        LEFT JOIN notice_address a ON a.user_id = u.id AND a.means = l.means
      """;

  private static final String SETTLE =
      """
      UPDATE notice_message
         SET state = $3, next_at = $4, why = $5, settled_at = CASE WHEN $4::timestamptz IS NULL THEN $6::timestamptz END
       WHERE id = $1 AND tries = $2 AND state = 'SENDING'
      """;

  private static final String COUNT =
      """
      SELECT notice_id, means, state, count(*)::int AS rows, max(why) FILTER (WHERE why <> '') AS why
        FROM notice_message WHERE notice_id = ANY($1) GROUP BY notice_id, means, state ORDER BY notice_id, means, state
      """;

  private static final String STANDING =
      """
      SELECT (SELECT count(*) FROM notice_message WHERE next_at IS NOT NULL AND created_at < $1) AS late,
             (SELECT count(*) FROM notice_message WHERE state = 'FAILED' AND settled_at > $2) AS failed
      """;

  private static final String SET_ADDRESS =
      """
      INSERT INTO notice_address (user_id, means, address, set_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (user_id, means) DO UPDATE SET address = excluded.address, set_at = excluded.set_at
      """;

  private final Sql sql;
  private final TicketNumbers numbers;
  private final BiFunction<String, String, Optional<Names>> categories;

  /**
   * @param categories the name of a kind and a code
   */
  PgOutbox(Sql sql, TicketNumbers numbers, BiFunction<String, String, Optional<Names>> categories) {
    this.sql = sql;
    this.numbers = numbers;
    this.categories = categories;
  }

  @Override
  public List<Unposted> listUnposted(Instant now, int most) {
    List<Unposted> found = new ArrayList<>();
    for (Row r : sql.read(UNPOSTED, new Bind().add(now).add(most).tuple())) {
      found.add(
          new Unposted(
              r.getLong("id"),
              r.getOffsetDateTime("send_at").toInstant(),
              r.getInteger("reminders"),
              Arrays.asList(r.getArrayOfStrings("audience")),
              Set.copyOf(Arrays.asList(r.getArrayOfStrings("means"))),
              Optional.ofNullable(r.getString("unit")),
              Set.copyOf(Arrays.asList(r.getArrayOfStrings("parts"))),
              Set.copyOf(Arrays.asList(r.getArrayOfStrings("areas")))));
    }
    return found;
  }

  @Override
  public List<Reachable> listReachable(Set<String> means) {
    List<Reachable> found = new ArrayList<>();
    for (Row r : sql.read(REACHABLE, new Bind().strings(means).tuple()))
      found.add(new Reachable(r.getLong(0), r.getString(1)));
    return found;
  }

  @Override
  public void post(Unposted notice, Collection<Reachable> receivers, Instant now) {
    List<Reachable> rows = List.copyOf(receivers);
    sql.write(
        POST,
        new Bind()
            .add(notice.notice())
            .add(notice.since())
            .add(now)
            .longs(rows.stream().map(r -> numbers.nextId()).toList())
            .longs(rows.stream().map(Reachable::user).toList())
            .strings(rows.stream().map(Reachable::means).toList())
            .tuple());
  }

  @Override
  public List<Leased> lease(Set<MeansKind> means, Duration lease, int most, Instant now) {
    sql.write(DROP, new Bind().add(now).tuple());
    List<Leased> leased = new ArrayList<>();
    Bind values =
        new Bind()
            .add(now)
            .add(now.plus(lease))
            .strings(means.stream().map(MeansKind::id).toList())
            .add(most);
    for (Row r : sql.write(LEASE, values.tuple())) {
      leased.add(
          new Leased(
              r.getLong("id"),
              MeansKind.find(r.getString("means")).orElseThrow(),
              r.getInteger("tries"),
              Optional.ofNullable(r.getString("address")).map(address -> letter(r, address))));
    }
    return leased;
  }

  private Letter letter(Row r, String address) {
    return new Letter(
        Long.toString(r.getLong("id")),
        address,
        Occasion.find(r.getString("occasion")).orElseThrow(),
        r.getLong("ticket_id"),
        r.getString("number"),
        Optional.ofNullable(r.getString("category_kind"))
            .flatMap(kind -> categories.apply(kind, r.getString("category_code"))),
        Optional.ofNullable(r.getString("clock")).flatMap(Clock::find),
        Optional.ofNullable(r.getOffsetDateTime("due_at")).map(OffsetDateTime::toInstant),
        r.getShort("level"),
        r.getInteger("showing"));
  }

  @Override
  public void settle(Leased row, State state, Optional<Instant> next, String why, Instant now) {
    sql.write(
        SETTLE,
        new Bind()
            .add(row.id())
            .add(row.tries())
            .add(state.name())
            .add(next.map(at -> at.atOffset(ZoneOffset.UTC)))
            .add(why.length() > 200 ? why.substring(0, 200) : why)
            .add(now)
            .tuple());
  }

  @Override
  public List<Count> count(Collection<Long> notices) {
    List<Count> counts = new ArrayList<>();
    for (Row r : sql.read(COUNT, new Bind().longs(notices).tuple())) {
      counts.add(
          new Count(
              r.getLong("notice_id"),
              MeansKind.find(r.getString("means")).orElseThrow(),
              State.valueOf(r.getString("state")),
              r.getInteger("rows"),
              Optional.ofNullable(r.getString("why"))));
    }
    return counts;
  }

  @Override
  public Standing standing(Instant waitingSince, Instant failedSince) {
    Row r =
        sql.read(STANDING, new Bind().add(waitingSince).add(failedSince).tuple()).iterator().next();
    return new Standing(r.getLong(0), r.getLong(1));
  }

  @Override
  public Optional<String> findAddress(long user, MeansKind means) {
    Iterator<Row> rows =
        sql.read(
                "SELECT address FROM notice_address WHERE user_id = $1 AND means = $2",
                new Bind().add(user).add(means.id()).tuple())
            .iterator();
    return rows.hasNext() ? Optional.of(rows.next().getString(0)) : Optional.empty();
  }

  @Override
  public void setAddress(long user, MeansKind means, Optional<String> address, Instant now) {
    Bind values = new Bind().add(user).add(means.id());
    if (address.isEmpty()) {
      sql.write("DELETE FROM notice_address WHERE user_id = $1 AND means = $2", values.tuple());
    } else {
      sql.write(SET_ADDRESS, values.add(address.get()).add(now).tuple());
    }
  }
}
