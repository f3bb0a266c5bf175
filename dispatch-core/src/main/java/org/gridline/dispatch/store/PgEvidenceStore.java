package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.evidence.Cover;
import org.gridline.dispatch.evidence.EvidenceRules.Limits;
import org.gridline.dispatch.evidence.EvidenceStore;
import org.gridline.dispatch.evidence.Filed;
import org.gridline.dispatch.evidence.Finding.Size;
import org.gridline.dispatch.evidence.Piece;
import org.gridline.dispatch.people.PersonalCipher;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.TicketNumbers;

/**
 * Evidence in PostgreSQL. Each part is a statement of its own, so that no transaction lives as long
 * as an upload; a file is there once its last statement says so.
 */
final class PgEvidenceStore implements EvidenceStore {
  private static final Duration A_DAY = Duration.ofDays(1);

  /** An upload that is older belongs to a server that went away. */
  static final Duration LONGEST_UPLOAD = Duration.ofHours(1);

  private static final String BEGIN =
      """
      WITH used AS (
        SELECT count(*) AS files, coalesce(sum(bytes), 0)::bigint AS bytes,
               count(*) FILTER (WHERE state = 'ARRIVING' AND begun_at > $5) AS arriving
          FROM evidence WHERE uploaded_by = $2 AND begun_at > $4),
      made AS (
        INSERT INTO evidence (id, uploaded_by, begun_at, bytes, state, wrapped_key)
        SELECT $1, $2, $3, 0, 'ARRIVING', $6 FROM used WHERE files < $7 AND bytes < $8 AND arriving < $9
        RETURNING id),
      waiting AS (INSERT INTO evidence_waiting (evidence_id, since) SELECT id, $3 FROM made)
      SELECT bytes, EXISTS (SELECT FROM made) AS made FROM used
      """;

  private static final String ADD =
      """
      WITH counted AS (
        UPDATE evidence SET bytes = bytes + $5 WHERE id = $1 AND state = 'ARRIVING' RETURNING id),
      chunk AS (
        INSERT INTO evidence_chunk (sha256, wrapped_key, sealed) SELECT $3, $4, $6 FROM counted
        ON CONFLICT (sha256) DO NOTHING)
      INSERT INTO evidence_part (evidence_id, n, chunk) SELECT id, $2, $3 FROM counted
      """;

  private static final String FINISH =
      """
      UPDATE evidence
         SET state = 'READY', sha256 = $2, type = $3, width = $4, height = $5, shown = $6, details = $7, cover_at = $8,
             cover_length = $9, cover_with = $10, finished_at = $11, orientation = $13
       WHERE id = $1 AND state = 'ARRIVING' AND bytes = $12
      """;

  /** The row stays for a day, since what was sent in vain counts as sent. */
  private static final String ABANDON =
      """
      WITH given_up AS (
        UPDATE evidence SET state = 'ABANDONED' WHERE id = $1 AND state = 'ARRIVING' RETURNING id),
      parts AS (
        DELETE FROM evidence_part p USING given_up g WHERE p.evidence_id = g.id RETURNING p.chunk)
      INSERT INTO evidence_loose (sha256) SELECT DISTINCT chunk FROM parts
      """;

  private static final String KEY = "SELECT wrapped_key FROM evidence WHERE id = $1";

  private static final String OWN =
      "SELECT "
          + EvidenceRows.COLUMNS
          + """
          FROM unnest($1::bigint[]) WITH ORDINALITY AS asked(id, n)
          JOIN evidence e ON e.id = asked.id
          LEFT JOIN evidence_link l ON l.evidence_id = e.id
          WHERE e.uploaded_by = $2 AND e.state = 'READY' AND l.evidence_id IS NULL ORDER BY asked.n
          """;

  private static final String OF_TICKET =
      "WITH RECURSIVE "
          + SplitSight.UP.formatted("t.id = $1 AND " + Scoped.sql(2))
          + " SELECT "
          + EvidenceRows.COLUMNS
          + """
          FROM line n
          JOIN evidence_link l ON l.ticket_id = n.id AND l.version <= n.last
          JOIN evidence e ON e.id = l.evidence_id
          WHERE e.state = 'READY' ORDER BY l.ticket_id, l.version, e.id
          """;

  private static final String ONE =
      "SELECT "
          + EvidenceRows.COLUMNS
          + ", s.tickets"
          + """
           FROM evidence e
           LEFT JOIN evidence_link l ON l.evidence_id = e.id
           CROSS JOIN LATERAL (
             SELECT ARRAY(%s SELECT t.id FROM seen n JOIN ticket t ON t.id = n.id WHERE %s ORDER BY t.id) AS tickets) s
          WHERE e.id = $1 AND e.state = 'READY'
            AND CASE WHEN l.evidence_id IS NULL THEN e.uploaded_by = $5 ELSE s.tickets <> '{}' END
          """
              .formatted(SplitSight.DOWN, Scoped.sql(2));

  private static final String PART =
      """
      SELECT c.sha256, c.wrapped_key, c.sealed
        FROM evidence_part p JOIN evidence_chunk c ON c.sha256 = p.chunk WHERE p.evidence_id = $1 AND p.n = $2
      """;

  private final Sql sql;
  private final PersonalCipher cipher;
  private final EvidenceRows rows;
  private final TicketNumbers numbers;

  /** Keys of the files that arrive at this node; a handful. */
  private final ConcurrentMap<Long, byte[]> arriving = new ConcurrentHashMap<>();

  PgEvidenceStore(Sql sql, PersonalCipher cipher, TicketNumbers numbers) {
    this.sql = sql;
    this.cipher = cipher;
    this.rows = new EvidenceRows(cipher);
    this.numbers = numbers;
  }

  @Override
  public Begun begin(long user, Instant now, Limits limits) {
    long id = numbers.nextId();
    byte[] key = cipher.newWrappedKey();
    Bind values =
        new Bind()
            .add(id)
            .add(user)
            .add(now)
            .add(now.minus(A_DAY))
            .add(now.minus(LONGEST_UPLOAD))
            .add(key)
            .add((long) limits.filesADay())
            .add(limits.bytesADay())
            .add((long) limits.atOnce());
    Row used = sql.write(BEGIN, values.tuple()).iterator().next();
    if (!used.getBoolean("made"))
      throw new Failure(
          FailureCode.ATTACHMENTS_USED_UP,
          "同时上传过多或今日已满 · too many at once, or as much as one may send in a day");
    arriving.put(id, key);
    return new Begun(id, limits.bytesADay() - used.getLong("bytes"));
  }

  @Override
  public void add(long id, int n, byte[] sha256, byte[] part) {
    byte[] key = cipher.newWrappedKey();
    Bind values =
        new Bind()
            .add(id)
            .add(n)
            .add(sha256)
            .add(key)
            .add((long) part.length)
            .add(cipher.seal(key, record(sha256), part));
    if (add(values) != 1) throw gone();
  }

  /** An equal chunk may have been swept away at this very moment; then this one takes its place. */
  private int add(Bind values) {
    try {
      return sql.write(ADD, values.tuple()).rowCount();
    } catch (Failure swept) {
      boolean again =
          swept.getCause() instanceof PgException e
              && Constraints.CHUNK_GONE.equals(e.getConstraint());
      if (!again) throw swept;
      return sql.write(ADD, values.tuple()).rowCount();
    }
  }

  /** A sealed chunk opens only under its own address. */
  private static long record(byte[] sha256) {
    return ByteBuffer.wrap(sha256).getLong();
  }

  @Override
  public void finish(Piece piece) {
    byte[] key = Optional.ofNullable(arriving.remove(piece.id())).orElseGet(() -> key(piece.id()));
    List<Cover> covers = piece.finding().covers();
    Bind values =
        new Bind()
            .add(piece.id())
            .add(HexFormat.of().parseHex(piece.sha256()))
            .add(piece.type().name())
            .add(piece.finding().size().map(Size::width))
            .add(piece.finding().size().map(Size::height))
            .add(piece.finding().shown().name())
            .add(rows.seal(key, piece))
            .longs(covers.stream().map(Cover::at).toList())
            .longs(covers.stream().map(Cover::length).toList())
            .add(covers.stream().map(c -> Buffer.buffer(c.with())).toArray(Buffer[]::new))
            .add(piece.at())
            .add(piece.bytes())
            .add(piece.finding().orientation());
    if (sql.write(FINISH, values.tuple()).rowCount() != 1) throw gone();
  }

  private byte[] key(long id) {
    Iterator<Row> row = sql.read(KEY, new Bind().add(id).tuple()).iterator();
    Buffer key = row.hasNext() ? row.next().getBuffer("wrapped_key") : null;
    if (key == null) throw gone();
    return key.getBytes();
  }

  @Override
  public void abandon(long id) {
    arriving.remove(id);
    sql.write(ABANDON, new Bind().add(id).tuple());
  }

  @Override
  public List<Piece> listOwn(List<Long> ids, long user) {
    List<Piece> own = new ArrayList<>();
    for (Row r : sql.read(OWN, new Bind().longs(ids).add(user).tuple())) own.add(rows.piece(r));
    return own;
  }

  @Override
  public List<Filed> list(long ticket, Scope scope) {
    List<Filed> all = new ArrayList<>();
    for (Row r : sql.read(OF_TICKET, Scoped.bind(new Bind().add(ticket), scope).tuple()))
      all.add(rows.filed(r));
    return all;
  }

  @Override
  public Optional<Found> find(long id, Scope scope, long user) {
    Bind values = Scoped.bind(new Bind().add(id), scope).add(user);
    Iterator<Row> found = sql.read(ONE, values.tuple()).iterator();
    if (!found.hasNext()) return Optional.empty();
    Row r = found.next();
    return Optional.of(new Found(rows.filed(r), List.of(r.getArrayOfLongs("tickets"))));
  }

  @Override
  public byte[] part(long id, int n) {
    Iterator<Row> found = sql.read(PART, new Bind().add(id).add(n).tuple()).iterator();
    if (!found.hasNext()) throw gone();
    Row r = found.next();
    return cipher.open(
        r.getBuffer("wrapped_key").getBytes(),
        record(r.getBuffer("sha256").getBytes()),
        r.getBuffer("sealed").getBytes());
  }

  private static Failure gone() {
    return new Failure(FailureCode.NOT_FOUND, "附件已不在 · the attachment is gone");
  }
}
