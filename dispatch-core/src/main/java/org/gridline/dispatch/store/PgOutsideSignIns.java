package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import org.gridline.dispatch.people.OutsideSignIns;

/** Attempts to sign in by a provider outside, and the accounts that are bound to it. */
final class PgOutsideSignIns implements OutsideSignIns {
  private final Sql sql;

  PgOutsideSignIns(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void keep(byte[] stateHash, Attempt attempt, Instant expiresAt) {
    sql.write(
        """
        WITH old AS (
          DELETE FROM outside_sign_in WHERE state_hash IN (
            SELECT state_hash FROM outside_sign_in WHERE expires_at < $6::timestamptz - interval '1 hour' LIMIT 20))
        INSERT INTO outside_sign_in (state_hash, browser_hash, nonce, verifier, page, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        new Bind()
            .add(stateHash)
            .add(attempt.browserHash())
            .add(attempt.nonce())
            .add(attempt.verifier())
            .add(attempt.to())
            .add(expiresAt)
            .tuple());
  }

  @Override
  public Optional<Attempt> take(byte[] stateHash, Instant now) {
    Iterator<Row> rows =
        sql.write(
                "DELETE FROM outside_sign_in WHERE state_hash = $1"
                    + " RETURNING browser_hash, nonce, verifier, page, expires_at > $2 AS fresh",
                new Bind().add(stateHash).add(now).tuple())
            .iterator();
    if (!rows.hasNext()) return Optional.empty();
    Row r = rows.next();
    return r.getBoolean("fresh")
        ? Optional.of(
            new Attempt(
                r.getBuffer("browser_hash").getBytes(),
                r.getString("nonce"),
                r.getString("verifier"),
                r.getString("page")))
        : Optional.empty();
  }

  @Override
  public boolean bind(long user, String subject, Instant now) {
    sql.write(
        """
        WITH bound AS (
          UPDATE app_user SET outside_subject = $2 WHERE id = $1 AND outside_subject IS NULL
             AND NOT EXISTS (SELECT FROM app_user o WHERE o.outside_subject = $2) RETURNING id)
        INSERT INTO people_log (at, kind, actor, subject, after)
        SELECT $3, 'boundOutside', id, id, jsonb_build_object('subject', $2::text) FROM bound
        """,
        new Bind().add(user).add(subject).add(now).tuple());
    return sql.read(
                "SELECT 1 FROM app_user WHERE id = $1 AND outside_subject = $2",
                new Bind().add(user).add(subject).tuple())
            .size()
        > 0;
  }
}
