package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.call.CallLog;
import org.gridline.dispatch.call.CallMark;
import org.gridline.dispatch.call.CallPart;
import org.gridline.dispatch.call.CallStep;
import org.gridline.dispatch.call.CallerId;
import org.gridline.dispatch.call.PhoneCall;
import org.gridline.dispatch.people.PersonalCipher;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketNumbers;

/**
 * Calls in PostgreSQL. A step is merged by maxima and minima of times, which commute, so two nodes
 * that take two steps at once need no lock and no retry.
 */
final class PgCallLog implements CallLog {
  private static final int MOST_OPEN = 20;

  private static final String TAKE =
      """
      WITH fresh AS (
        INSERT INTO call_event (id, digest, received_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING RETURNING id),
      whole AS (
        INSERT INTO phone_call AS c (id, exchange_call, called, wrapped_key, phone_mac, sealed, began_at, ended_at)
        SELECT $4, $5, $6, $7, $8, $9, $10, $11 FROM fresh
        ON CONFLICT (exchange_call) DO UPDATE SET
          called = CASE WHEN c.called = '' THEN excluded.called ELSE c.called END,
          -- The number is sealed for one row; who came second without knowing that row leaves it alone.
          wrapped_key = CASE WHEN %1$s THEN excluded.wrapped_key ELSE c.wrapped_key END,
          phone_mac = CASE WHEN %1$s THEN excluded.phone_mac ELSE c.phone_mac END,
          sealed = CASE WHEN %1$s THEN excluded.sealed ELSE c.sealed END,
          began_at = LEAST(c.began_at, excluded.began_at),
          ended_at = LEAST(c.ended_at, excluded.ended_at)
        RETURNING id),
      part AS (
        INSERT INTO call_part AS p (call_id, agent, %2$s)
        SELECT id, $12::bigint, %3$s FROM whole WHERE $12::bigint IS NOT NULL
        ON CONFLICT (call_id, agent) DO UPDATE SET %4$s)
      SELECT count(*) FROM whole
      """
          .formatted(
              "c.sealed IS NULL AND c.erased_at IS NULL AND c.id = excluded.id",
              String.join(", ", columns("%s")),
              String.join(", ", values(13)),
              String.join(", ", columns("%1$s = GREATEST(p.%1$s, excluded.%1$s)")));

  private static final String CALL =
      """
      SELECT c.id, c.called, c.wrapped_key, c.sealed, c.phone_mac, c.began_at, c.ended_at AS over_at,
        ARRAY(SELECT k.ticket_id FROM call_ticket k WHERE k.call_id = c.id ORDER BY 1) AS tickets, p.agent, %s
        FROM phone_call c LEFT JOIN call_part p ON p.call_id = c.id
      """
          .formatted(String.join(", ", columns("p.%s")));

  private static final String BY_EXCHANGE = CALL + " WHERE c.exchange_call = $1 ORDER BY c.id";

  private static final String FIND =
      CALL
          + " WHERE c.id = $1 AND EXISTS (SELECT FROM call_part m WHERE m.call_id = c.id AND m.agent = $2)";

  private static final String OPEN =
      CALL
          + """
           WHERE c.id = ANY(ARRAY(
             SELECT m.call_id FROM call_part m
              WHERE m.agent = $1 AND m.call_id > $2 AND m.ended_at IS NULL ORDER BY m.call_id DESC LIMIT $3))
           ORDER BY c.id DESC
          """;

  private static final String TICKETS =
      "SELECT "
          + TicketRows.COLUMNS
          + " FROM ticket t WHERE t.person_id = ANY(ARRAY(SELECT q.id FROM person p JOIN person q"
          + " ON q.id = coalesce(p.merged_into, p.id) OR q.merged_into = coalesce(p.merged_into, p.id)"
          + " WHERE p.phone_mac = $1)) AND "
          + Scoped.sql(2)
          + " ORDER BY NOT t.\"open\", t.id DESC LIMIT $5";

  private final Sql sql;
  private final PersonalCipher cipher;
  private final TicketNumbers numbers;

  PgCallLog(Sql sql, PersonalCipher cipher, TicketNumbers numbers) {
    this.sql = sql;
    this.cipher = cipher;
    this.numbers = numbers;
  }

  @Override
  public Taken take(CallStep step) {
    long id = findId(step.exchangeCall()).orElseGet(numbers::nextId);
    Optional<String> number = text(step.caller());
    Optional<byte[]> key = number.map(n -> cipher.newWrappedKey());
    Optional<Instant> whole =
        step.agent().isEmpty() ? Optional.of(step.at()) : Optional.<Instant>empty();
    Bind values =
        new Bind()
            .add(step.event())
            .add(step.digest())
            .add(step.receivedAt())
            .add(id)
            .add(step.exchangeCall())
            .add(step.called())
            .add(key)
            .add(mac(step.caller()))
            .add(key.map(k -> cipher.seal(k, id, utf8(number.orElseThrow()))))
            .add(step.at())
            .add(whole.map(at -> at.atOffset(ZoneOffset.UTC)))
            .add(step.agent().isPresent() ? step.agent().getAsLong() : null);
    for (CallMark mark : CallMark.values()) {
      values.add(mark == step.mark() ? step.at().atOffset(ZoneOffset.UTC) : null);
    }
    boolean first = sql.write(TAKE, values.tuple()).iterator().next().getLong(0) > 0;
    if (!first) refuseOther(step);
    PhoneCall call =
        read(sql.read(BY_EXCHANGE, new Bind().add(step.exchangeCall()).tuple())).stream()
            .findFirst()
            .orElseThrow(PgCallLog::reused);
    return first ? new Taken.First(call) : new Taken.Again(call);
  }

  private void refuseOther(CallStep step) {
    Iterator<Row> rows =
        sql.read(
                "SELECT digest FROM call_event WHERE id = $1", new Bind().add(step.event()).tuple())
            .iterator();
    if (!rows.hasNext() || !Arrays.equals(rows.next().getBuffer(0).getBytes(), step.digest())) {
      throw reused();
    }
  }

  private static Failure reused() {
    return new Failure(
        FailureCode.EVENT_ID_REUSED, "新事件请用新编号 · another event needs an id of its own");
  }

  private Optional<Long> findId(String exchangeCall) {
    Iterator<Row> rows =
        sql.read(
                "SELECT id FROM phone_call WHERE exchange_call = $1",
                new Bind().add(exchangeCall).tuple())
            .iterator();
    return rows.hasNext() ? Optional.of(rows.next().getLong(0)) : Optional.empty();
  }

  @Override
  public Optional<PhoneCall> find(long call, long agent) {
    return read(sql.read(FIND, new Bind().add(call).add(agent).tuple())).stream().findFirst();
  }

  @Override
  public List<PhoneCall> listOpen(long agent, Instant now) {
    long youngest = PgTicketNumbers.idAt(now.minus(CallPart.LONGEST_CALL));
    return read(sql.read(OPEN, new Bind().add(agent).add(youngest).add((long) MOST_OPEN).tuple()));
  }

  @Override
  public void recordLook(long call, long agent, Instant at) {
    sql.write(
        "UPDATE call_part SET seen_at = $3 WHERE call_id = $1 AND agent = $2 AND seen_at IS NULL",
        new Bind().add(call).add(agent).add(at).tuple());
  }

  @Override
  public List<Ticket> listTickets(CallerId.Known caller, Scope scope, int most) {
    Bind values = Scoped.bind(new Bind().add(cipher.mac(caller.e164())), scope);
    return TicketRows.list(sql.read(TICKETS, values.add((long) most).tuple()));
  }

  @Override
  public int countCalls(CallerId.Known caller, Instant from, long except) {
    return sql.read(
            "SELECT count(*)::int FROM phone_call WHERE phone_mac = $1 AND began_at >= $2 AND id <> $3",
            new Bind().add(cipher.mac(caller.e164())).add(from).add(except).tuple())
        .iterator()
        .next()
        .getInteger(0);
  }

  /** Rows of one call follow each other. */
  private List<PhoneCall> read(Iterable<Row> rows) {
    List<PhoneCall> calls = new ArrayList<>();
    List<CallPart> parts = new ArrayList<>();
    Optional<Row> before = Optional.empty();
    for (Row row : rows) {
      if (before.isPresent() && !before.get().getLong("id").equals(row.getLong("id"))) {
        calls.add(call(before.get(), parts));
        parts.clear();
      }
      if (row.getLong("agent") != null) parts.add(part(row));
      before = Optional.of(row);
    }
    before.ifPresent(row -> calls.add(call(row, parts)));
    return calls;
  }

  private PhoneCall call(Row row, List<CallPart> parts) {
    return new PhoneCall(
        row.getLong("id"),
        caller(row),
        row.getString("called"),
        row.getOffsetDateTime("began_at").toInstant(),
        Optional.ofNullable(row.getOffsetDateTime("over_at")).map(t -> t.toInstant()),
        parts,
        List.of(row.getArrayOfLongs("tickets")));
  }

  private static CallPart part(Row row) {
    Map<CallMark, Instant> marks = new EnumMap<>(CallMark.class);
    for (CallMark mark : CallMark.values()) {
      Optional.ofNullable(row.getOffsetDateTime(column(mark)))
          .ifPresent(at -> marks.put(mark, at.toInstant()));
    }
    return new CallPart(row.getLong("agent"), marks);
  }

  private CallerId caller(Row row) {
    Buffer sealed = row.getBuffer("sealed");
    if (sealed == null) return new CallerId.Withheld();
    byte[] clear =
        cipher.open(row.getBuffer("wrapped_key").getBytes(), row.getLong("id"), sealed.getBytes());
    String text = new String(clear, StandardCharsets.UTF_8);
    return row.getBuffer("phone_mac") == null ? new CallerId.Other(text) : new CallerId.Known(text);
  }

  private Optional<byte[]> mac(CallerId caller) {
    return caller instanceof CallerId.Known n
        ? Optional.of(cipher.mac(n.e164()))
        : Optional.empty();
  }

  private static Optional<String> text(CallerId caller) {
    return switch (caller) {
      case CallerId.Known(var e164) -> Optional.of(e164);
      case CallerId.Other(var text) -> Optional.of(text);
      case CallerId.Withheld() -> Optional.empty();
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String column(CallMark mark) {
    return mark.name().toLowerCase(java.util.Locale.ROOT) + "_at";
  }

  private static List<String> columns(String format) {
    return Arrays.stream(CallMark.values()).map(m -> format.formatted(column(m))).toList();
  }

  private static List<String> values(int first) {
    return IntStream.range(first, first + CallMark.values().length)
        .mapToObj(n -> "$" + n + "::timestamptz")
        .toList();
  }
}
