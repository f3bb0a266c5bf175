package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.people.Credentials;
import org.gridline.dispatch.people.PersonalCipher;
import org.gridline.dispatch.people.User;

/** Passwords and second factors. Secrets are sealed with a key of their own for each person. */
final class PgCredentials implements Credentials {
  /**
   * Keeps the present hash as a former one; {@code $1} user, {@code $2} new hash, {@code $3} time.
   */
  private static final String CHANGED =
      """
      former AS (
        INSERT INTO password_past (user_id, set_at, password_hash)
        SELECT id, password_at, password_hash FROM app_user WHERE id IN (SELECT id FROM whose) AND password_hash <> ''
        ON CONFLICT DO NOTHING),
      old AS (
        DELETE FROM password_past WHERE user_id IN (SELECT id FROM whose) AND set_at IN (
          SELECT set_at FROM password_past WHERE user_id IN (SELECT id FROM whose) ORDER BY set_at DESC OFFSET 24)),
      links AS (
        UPDATE password_link SET used_at = $3
         WHERE user_id IN (SELECT id FROM whose) AND used_at IS NULL AND token_hash <> $4),
      ended AS (
        UPDATE app_session SET revoked_at = $3
         WHERE user_id IN (SELECT id FROM whose) AND revoked_at IS NULL AND token_hash <> $4),
      changed AS (
        UPDATE app_user SET password_hash = $2, password_at = $3 WHERE id IN (SELECT id FROM whose) RETURNING id)
      """;

  private static final String CHANGE =
      "WITH whose AS (SELECT id FROM app_user WHERE id = $1 AND disabled_at IS NULL), "
          + CHANGED
          + " INSERT INTO people_log (at, kind, actor, subject) SELECT $3, 'passwordChanged', id, id FROM changed";

  private static final String BY_LINK =
      """
      WITH whose AS (
        UPDATE password_link l SET used_at = $3 FROM app_user u
         WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $3 AND u.id = l.user_id
           AND u.disabled_at IS NULL
        RETURNING u.id),
      """
          + CHANGED
          + " INSERT INTO people_log (at, kind, actor, subject)"
          + " SELECT $3, 'passwordSetByLink', id, id FROM changed RETURNING subject";

  private static final String ENROL =
      """
      WITH done AS (
        UPDATE app_user SET totp_sealed = totp_new, totp_new = NULL, totp_step = $2
         WHERE id = $1 AND totp_new IS NOT NULL RETURNING id),
      old AS (DELETE FROM recovery_code WHERE user_id IN (SELECT id FROM done) AND code_hash <> ALL ($3)),
      codes AS (INSERT INTO recovery_code (user_id, code_hash) SELECT id, unnest($3::bytea[]) FROM done)
      INSERT INTO people_log (at, kind, actor, subject) SELECT $4, 'secondFactorEnrolled', id, id FROM done
      """;

  private final Sql sql;
  private final PersonalCipher cipher;
  private final UserRows users;

  PgCredentials(Sql sql, PersonalCipher cipher, UserRows users) {
    this.sql = sql;
    this.cipher = cipher;
    this.users = users;
  }

  @Override
  public Optional<byte[]> findSecret(long user) {
    return secret(user, "totp_sealed");
  }

  @Override
  public Optional<byte[]> findProposed(long user) {
    return secret(user, "totp_new");
  }

  private Optional<byte[]> secret(long user, String column) {
    Iterator<Row> rows =
        sql.read(
                "SELECT totp_key, " + column + " FROM app_user WHERE id = $1",
                new Bind().add(user).tuple())
            .iterator();
    if (!rows.hasNext()) return Optional.empty();
    Row r = rows.next();
    Buffer sealed = r.getBuffer(1);
    return sealed == null
        ? Optional.empty()
        : Optional.of(cipher.open(r.getBuffer(0).getBytes(), user, sealed.getBytes()));
  }

  @Override
  public boolean useStep(long user, long step) {
    return sql.write(
                "UPDATE app_user SET totp_step = $2 WHERE id = $1 AND totp_step < $2",
                new Bind().add(user).add(step).tuple())
            .rowCount()
        > 0;
  }

  @Override
  public boolean useRecoveryCode(long user, byte[] codeHash, Instant now) {
    return sql.write(
                """
                WITH used AS (
                  UPDATE recovery_code SET used_at = $3
                   WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING user_id)
                INSERT INTO people_log (at, kind, actor, subject)
                SELECT $3, 'recoveryCodeUsed', user_id, user_id FROM used
                """,
                new Bind().add(user).add(codeHash).add(now).tuple())
            .rowCount()
        > 0;
  }

  @Override
  public void propose(long user, byte[] secret) {
    Iterator<Row> rows =
        sql.read("SELECT totp_key FROM app_user WHERE id = $1", new Bind().add(user).tuple())
            .iterator();
    Buffer there = rows.next().getBuffer(0);
    byte[] key = there == null ? cipher.newWrappedKey() : there.getBytes();
    // Whoever was faster with a key of their own is asked to begin once more: the row keeps one.
    sql.write(
        "UPDATE app_user SET totp_key = $2, totp_new = $3 WHERE id = $1"
            + " AND (totp_key IS NULL OR totp_key = $2)",
        new Bind().add(user).add(key).add(cipher.seal(key, user, secret)).tuple());
  }

  @Override
  public void enrol(long user, long usedStep, List<byte[]> codeHashes, Instant now) {
    sql.write(
        ENROL,
        new Bind()
            .add(user)
            .add(usedStep)
            .add(codeHashes.stream().map(Buffer::buffer).toArray(Buffer[]::new))
            .add(now)
            .tuple());
  }

  @Override
  public void dismiss(long user, Instant now) {
    sql.write(
        """
        WITH done AS (
          UPDATE app_user SET totp_sealed = NULL, totp_new = NULL WHERE id = $1 AND totp_sealed IS NOT NULL
          RETURNING id),
        codes AS (DELETE FROM recovery_code WHERE user_id IN (SELECT id FROM done))
        INSERT INTO people_log (at, kind, actor, subject) SELECT $2, 'secondFactorRemoved', id, id FROM done
        """,
        new Bind().add(user).add(now).tuple());
  }

  @Override
  public int countRecoveryCodes(long user) {
    return sql.read(
            "SELECT count(*)::int FROM recovery_code WHERE user_id = $1 AND used_at IS NULL",
            new Bind().add(user).tuple())
        .iterator()
        .next()
        .getInteger(0);
  }

  @Override
  public List<String> listPasswords(long user, int most) {
    List<String> hashes = new ArrayList<>();
    for (Row r :
        sql.read(
            """
            SELECT password_hash FROM (
              SELECT password_hash, password_at AS set_at FROM app_user WHERE id = $1 AND password_hash <> ''
              UNION ALL SELECT password_hash, set_at FROM password_past WHERE user_id = $1) p
             ORDER BY set_at DESC LIMIT $2
            """,
            new Bind().add(user).add(most).tuple())) {
      hashes.add(r.getString(0));
    }
    return hashes;
  }

  @Override
  public void change(long user, String hash, byte[] keptTokenHash, Instant now) {
    sql.write(CHANGE, new Bind().add(user).add(hash).add(now).add(keptTokenHash).tuple());
  }

  @Override
  public void rehash(long user, String old, String fresh) {
    sql.write(
        "UPDATE app_user SET password_hash = $3 WHERE id = $1 AND password_hash = $2",
        new Bind().add(user).add(old).add(fresh).tuple());
  }

  @Override
  public Optional<User> findLink(byte[] tokenHash, Instant now) {
    Iterator<Row> rows =
        sql.read(
                "SELECT "
                    + UserRows.COLUMNS
                    + " FROM password_link l JOIN app_user u ON u.id = l.user_id WHERE l.token_hash = $1"
                    + " AND l.used_at IS NULL AND l.expires_at > $2 AND u.disabled_at IS NULL",
                new Bind().add(tokenHash).add(now).tuple())
            .iterator();
    return rows.hasNext() ? Optional.of(users.user(rows.next())) : Optional.empty();
  }

  @Override
  public boolean changeByLink(byte[] tokenHash, String hash, Instant now) {
    // $4 keeps no session: no session has a link's hash.
    return sql.write(BY_LINK, new Bind().add(tokenHash).add(hash).add(now).add(tokenHash).tuple())
            .rowCount()
        > 0;
  }
}
