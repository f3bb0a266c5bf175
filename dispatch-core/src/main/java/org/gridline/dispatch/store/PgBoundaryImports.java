package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.ground.BoundaryImport;
import org.gridline.dispatch.ground.BoundaryImport.State;
import org.gridline.dispatch.ground.BoundaryImports;

/** Imports in PostgreSQL. */
final class PgBoundaryImports implements BoundaryImports {
  private static final String SELECT =
      """
      SELECT i.id, i.state, i.percent, i.layer, i.wishes, i.file_name, i.bytes, i.sha256, i.user_id, i.created_at,
             i.version, i.valid_from, i.findings, i.changes, i.problem
        FROM boundary_import i
      """;

  private static final String RUNNING = "('RECEIVED','CHECKING','STAGING','COMPARING')";

  private static final String BEGIN =
      """
      WITH told AS (
        INSERT INTO boundary_event (at, kind, user_id, import_id, note) VALUES ($8, 'UPLOADED', $7, $1, $5))
      INSERT INTO boundary_import (id, state, layer, wishes, file_name, bytes, user_id, created_at, alive_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
      """;

  private static final String TELL =
      "UPDATE boundary_import SET state = $2, percent = $3, alive_at = $4 WHERE id = $1 AND state IN "
          + RUNNING;

  private static final String FOUND =
      "UPDATE boundary_import SET sha256 = $2, findings = $3 WHERE id = $1";

  private static final String STAGING = "UPDATE boundary_import SET version = $2 WHERE id = $1";

  private static final String END =
      """
      WITH ended AS (
        UPDATE boundary_import SET state = $2, problem = NULLIF($3, '')
         WHERE id = $1 AND state IN ('RECEIVED','CHECKING','STAGING','COMPARING','READY') RETURNING id, version),
      told AS (
        INSERT INTO boundary_event (at, kind, user_id, import_id, version, note)
        SELECT $5, $2, $4, e.id, e.version, $3 FROM ended e)
      SELECT count(*) FROM ended
      """;

  // Any running state: the pulse may have told an older one just now.
  private static final String READY =
      """
      WITH ready AS (
        UPDATE boundary_import SET state = 'READY', percent = 100, changes = $2, alive_at = $3
         WHERE id = $1 AND state IN ('RECEIVED','CHECKING','STAGING','COMPARING') RETURNING id, user_id, version)
      INSERT INTO boundary_event (at, kind, user_id, import_id, version)
      SELECT $3, 'STAGED', r.user_id, r.id, r.version FROM ready r
      """;

  private static final String STALE =
      """
      WITH old AS (
        SELECT i.id FROM boundary_import i JOIN boundary_version v ON v.version = i.version, boundary_head h
         WHERE i.state = 'READY' AND v.activated_at IS NULL AND v.base IS DISTINCT FROM h.tip
         ORDER BY i.id FOR UPDATE OF i),
      stale AS (
        UPDATE boundary_import i SET state = 'STALE', problem = $2 FROM old o WHERE i.id = o.id
        RETURNING i.id, i.version)
      INSERT INTO boundary_event (at, kind, import_id, version) SELECT $1, 'STALE', s.id, s.version FROM stale s
      """;

  private static final String IMPORT_AGAIN =
      "此后边界已变,比较的结果不再成立;请用同一文件重新导入 · the boundaries have changed since, so the comparison"
          + " no longer holds: import the same file again";

  /**
   * An import names its version before the first row of it is written; a pack's own that stands on
   * another than the end of the chain is begun anew by the next start.
   */
  private static final String LEFT =
      """
      SELECT v.version FROM boundary_version v
       WHERE v.activated_at IS NULL
         AND CASE v.origin
               WHEN 'PACK' THEN v.base IS DISTINCT FROM (SELECT h.tip FROM boundary_head h)
               ELSE NOT EXISTS (SELECT FROM boundary_import i
                                 WHERE i.version = v.version
                                   AND i.state IN ('RECEIVED','CHECKING','STAGING','COMPARING','READY')) END
       LIMIT 10
      """;

  private final Sql sql;

  PgBoundaryImports(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void begin(BoundaryImport fresh) {
    sql.write(
        BEGIN,
        new Bind()
            .add(fresh.id())
            .add(fresh.state().name())
            .add(fresh.layer())
            .add(fresh.wishes())
            .add(fresh.fileName())
            .add(fresh.bytes())
            .add(fresh.user())
            .add(fresh.createdAt())
            .tuple());
  }

  @Override
  public Optional<BoundaryImport> find(long id) {
    return read(SELECT + " WHERE i.id = $1", Tuple.of(id)).stream().findFirst();
  }

  @Override
  public List<BoundaryImport> list(int most) {
    return read(SELECT + " ORDER BY i.id DESC LIMIT $1", Tuple.of(most));
  }

  @Override
  public List<BoundaryImport> listSilent(Instant since) {
    return read(
        SELECT + " WHERE i.alive_at < $1 AND i.state IN " + RUNNING, new Bind().add(since).tuple());
  }

  @Override
  public void markStale(Instant now) {
    sql.write(STALE, new Bind().add(now).add(IMPORT_AGAIN).tuple());
  }

  @Override
  public List<String> listLeftVersions() {
    List<String> left = new ArrayList<>();
    for (Row r : sql.read(LEFT, Tuple.tuple())) left.add(r.getString(0));
    return left;
  }

  @Override
  public void tell(long id, State state, int percent, Instant now) {
    sql.write(TELL, new Bind().add(id).add(state.name()).add(percent).add(now).tuple());
  }

  @Override
  public void found(long id, String sha256, String findings) {
    sql.write(FOUND, Tuple.of(id, sha256, findings));
  }

  @Override
  public void staging(long id, String version) {
    sql.write(STAGING, Tuple.of(id, version));
  }

  @Override
  public boolean end(long id, State state, String problem, Optional<Long> user, Instant now) {
    Bind values = new Bind().add(id).add(state.name()).add(problem).add(user).add(now);
    return sql.write(END, values.tuple()).iterator().next().getLong(0) == 1;
  }

  @Override
  public void ready(long id, String changes, Instant now) {
    sql.write(READY, new Bind().add(id).add(changes).add(now).tuple());
  }

  private List<BoundaryImport> read(String query, Tuple values) {
    List<BoundaryImport> all = new ArrayList<>();
    for (Row r : sql.read(query, values))
      all.add(
          new BoundaryImport(
              r.getLong("id"),
              State.valueOf(r.getString("state")),
              r.getInteger("percent"),
              r.getString("layer"),
              r.getString("wishes"),
              r.getString("file_name"),
              r.getLong("bytes"),
              r.getString("sha256"),
              r.getLong("user_id"),
              BoundaryRows.instant(r, "created_at").orElseThrow(),
              Optional.ofNullable(r.getString("version")),
              BoundaryRows.instant(r, "valid_from"),
              r.getString("findings"),
              Optional.ofNullable(r.getString("changes")),
              Optional.ofNullable(r.getString("problem"))));
    return all;
  }
}
