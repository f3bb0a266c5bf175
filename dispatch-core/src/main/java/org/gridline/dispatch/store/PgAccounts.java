package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.AdminKind;
import org.gridline.dispatch.people.PersonalCipher;
import org.gridline.dispatch.people.SignInPolicy;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.TicketNumbers;

/** Users and sessions. */
final class PgAccounts implements Accounts {
  private static final String POLICY =
      "p.version AS policy_version, p.least_length, p.history, p.rotation_days, p.most_failures,"
          + " p.lock_minutes, p.session_hours, p.second_factor AS policy_factor";

  private static final String INSERT =
      """
      INSERT INTO app_user (id, login, name_zh, name_en, unit, areas, roles, password_hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (login) DO NOTHING
      """;

  private static final String SET_UP =
      """
      WITH link AS (
        UPDATE setup_link s SET used_at = $9
         WHERE s.token_hash = $10 AND s.used_at IS NULL AND s.expires_at > $9
           AND NOT EXISTS (SELECT FROM app_user u JOIN admin_role a ON a.role = ANY (u.roles) WHERE a.kind = s.kind)
           AND NOT EXISTS (SELECT FROM app_user u WHERE u.login = $2)
        RETURNING 1),
      made AS (
        INSERT INTO app_user (id, login, name_zh, name_en, unit, areas, roles, password_hash)
        SELECT $1, $2, $3, $4, $5, $6::text[], $7::text[], $8 FROM link RETURNING id)
      INSERT INTO people_log (at, kind, subject, after)
      SELECT $9, 'setUp', id, jsonb_build_object('user', $2::text, 'roles', array_to_string($7::text[], ' ')) FROM made
      RETURNING subject
      """;

  /** A lock starts the count afresh, so that one more mistake after it does not lock again. */
  private static final String FAILURE =
      """
      WITH old AS (
        DELETE FROM sign_in_failure WHERE login_mac IN (
          SELECT login_mac FROM sign_in_failure
           WHERE last_at < $2::timestamptz - interval '1 day' AND login_mac <> $1 LIMIT 20 FOR UPDATE SKIP LOCKED)),
      counted AS (
        INSERT INTO sign_in_failure AS f (login_mac, failures, last_at) VALUES ($1, 1, $2)
        ON CONFLICT (login_mac) DO UPDATE SET
          failures = CASE WHEN f.last_at < $2::timestamptz - interval '1 day' THEN 1
                          WHEN f.failures + 1 >= $3 THEN 0 ELSE f.failures + 1 END,
          locked_until = CASE WHEN f.last_at >= $2::timestamptz - interval '1 day' AND f.failures + 1 >= $3 THEN $4
                              ELSE f.locked_until END,
          last_at = $2
        RETURNING f.locked_until)
      INSERT INTO people_log (at, kind, subject)
      SELECT $2, 'locked', (SELECT u.id FROM app_user u WHERE u.login = $5) FROM counted WHERE locked_until = $4
      """;

  private static final String OPEN =
      """
      WITH calm AS (DELETE FROM sign_in_failure WHERE login_mac = $6),
           old AS (DELETE FROM app_session WHERE user_id = $3 AND expires_at < $4),
           opened AS (
        INSERT INTO app_session (token_hash, csrf, user_id, opened_at, expires_at, agent)
        VALUES ($1, $2, $3, $4, $5, $7) RETURNING user_id)
      INSERT INTO people_log (at, kind, actor, subject) SELECT $4, 'signIn', user_id, user_id FROM opened
      """;

  private final Sql sql;
  private final TicketNumbers numbers;
  private final UserRows users;
  private final PersonalCipher cipher;
  private final SignInPolicy usual;

  /**
   * @param usual how one signs in while nobody decided otherwise
   */
  PgAccounts(
      Sql sql, TicketNumbers numbers, UserRows users, PersonalCipher cipher, SignInPolicy usual) {
    this.sql = sql;
    this.numbers = numbers;
    this.users = users;
    this.cipher = cipher;
    this.usual = usual;
  }

  /** The key of a name's failures. */
  static byte[] mac(PersonalCipher cipher, String login) {
    return cipher.mac("login " + login);
  }

  @Override
  public Optional<Account> findByLogin(String login) {
    Iterator<Row> rows =
        sql.read(
                "SELECT "
                    + UserRows.COLUMNS
                    + ", u.password_hash, u.password_at, u.totp_sealed IS NOT NULL AS second_factor"
                    + " FROM app_user u WHERE u.login = $1 AND u.disabled_at IS NULL",
                new Bind().add(login).tuple())
            .iterator();
    if (!rows.hasNext()) return Optional.empty();
    Row r = rows.next();
    return Optional.of(
        new Account(
            users.user(r),
            r.getString("password_hash"),
            r.getOffsetDateTime("password_at").toInstant(),
            r.getBoolean("second_factor")));
  }

  @Override
  public Optional<Session> findSession(byte[] tokenHash, Instant now) {
    ByteBuffer key = ByteBuffer.wrap(tokenHash);
    return Optional.ofNullable(listLiving(List.of(key), now).get(key));
  }

  @Override
  public Map<ByteBuffer, Session> listLiving(Collection<ByteBuffer> tokenHashes, Instant now) {
    List<Row> rows = new ArrayList<>();
    Set<Long> grantors = new HashSet<>();
    for (Row r :
        sql.read(
            "SELECT "
                + UserRows.COLUMNS
                + ", u.password_at, u.totp_sealed IS NOT NULL AS second_factor, s.id AS session_id,"
                + " s.token_hash, s.csrf, s.expires_at, g.id AS grantor, "
                + POLICY
                + " FROM app_session s JOIN app_user u ON u.id = s.user_id"
                + " LEFT JOIN sign_in_policy p ON true"
                + " LEFT JOIN delegation d ON d.id = s.delegation_id AND d.holder = u.id"
                + " AND d.ended_at IS NULL AND d.from_at <= $2 AND d.until_at > $2"
                + " LEFT JOIN app_user g ON g.id = d.grantor AND g.disabled_at IS NULL"
                + " WHERE s.token_hash = ANY ($1) AND s.expires_at > $2 AND s.revoked_at IS NULL"
                + " AND u.disabled_at IS NULL",
            new Bind().buffers(tokenHashes).add(now).tuple())) {
      rows.add(r);
      if (r.getLong("grantor") != null) grantors.add(r.getLong("grantor"));
    }
    Map<Long, User> away = new HashMap<>();
    if (!grantors.isEmpty())
      for (User user : listByIds(List.copyOf(grantors))) away.put(user.id(), user);
    Map<ByteBuffer, Session> living = HashMap.newHashMap(rows.size());
    for (Row r : rows)
      living.put(ByteBuffer.wrap(r.getBuffer("token_hash").getBytes()), session(r, away, now));
    return living;
  }

  private Session session(Row r, Map<Long, User> away, Instant now) {
    User user = users.user(r);
    return new Session(
        r.getLong("session_id"),
        acting(user, Optional.ofNullable(r.getLong("grantor")).map(away::get)),
        r.getString("csrf"),
        r.getOffsetDateTime("expires_at").toInstant(),
        policy(r)
            .chores(
                user,
                r.getOffsetDateTime("password_at").toInstant(),
                r.getBoolean("second_factor"),
                now));
  }

  /** Only business roles act for others, whatever a row says. */
  private static User acting(User user, Optional<User> grantor) {
    return grantor
        .filter(away -> user.office().isEmpty() && away.office().isEmpty())
        .map(user::actingFor)
        .orElse(user);
  }

  @Override
  public SignInPolicy policy() {
    Iterator<Row> rows =
        sql.read("SELECT " + POLICY + " FROM sign_in_policy p", new Bind().tuple()).iterator();
    return rows.hasNext() ? policy(rows.next()) : usual;
  }

  private SignInPolicy policy(Row r) {
    if (r.getInteger("policy_version") == null) return usual;
    return new SignInPolicy(
        r.getInteger("policy_version"),
        r.getInteger("least_length"),
        r.getInteger("history"),
        r.getInteger("rotation_days"),
        r.getInteger("most_failures"),
        r.getInteger("lock_minutes"),
        r.getInteger("session_hours"),
        SignInPolicy.SecondFactor.valueOf(r.getString("policy_factor")));
  }

  @Override
  public Optional<Instant> findLock(String login, Instant now) {
    Iterator<Row> rows =
        sql.read(
                "SELECT locked_until FROM sign_in_failure WHERE login_mac = $1 AND locked_until > $2",
                new Bind().add(mac(cipher, login)).add(now).tuple())
            .iterator();
    return rows.hasNext()
        ? Optional.of(rows.next().getOffsetDateTime(0)).map(OffsetDateTime::toInstant)
        : Optional.empty();
  }

  @Override
  public void recordFailure(String login, SignInPolicy policy, Instant now) {
    sql.write(
        FAILURE,
        new Bind()
            .add(mac(cipher, login))
            .add(now)
            .add(policy.mostFailures())
            .add(now.plus(policy.lock()))
            .add(login)
            .tuple());
  }

  @Override
  public void open(
      byte[] tokenHash, String csrf, User user, String agent, Instant now, Instant expiresAt) {
    sql.write(
        OPEN,
        new Bind()
            .add(tokenHash)
            .add(csrf)
            .add(user.id())
            .add(now)
            .add(expiresAt)
            .add(mac(cipher, user.login()))
            .add(agent)
            .tuple());
  }

  @Override
  public void revoke(byte[] tokenHash, Instant now) {
    sql.write(
        "UPDATE app_session SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL",
        new Bind().add(tokenHash).add(now).tuple());
  }

  @Override
  public List<OpenSession> listSessions(long user, Instant now) {
    List<OpenSession> open = new ArrayList<>();
    for (Row r :
        sql.read(
            "SELECT id, agent, opened_at, expires_at FROM app_session WHERE user_id = $1"
                + " AND expires_at > $2 AND revoked_at IS NULL ORDER BY opened_at DESC, id DESC LIMIT 200",
            new Bind().add(user).add(now).tuple())) {
      open.add(
          new OpenSession(
              r.getLong("id"),
              r.getString("agent"),
              r.getOffsetDateTime("opened_at").toInstant(),
              r.getOffsetDateTime("expires_at").toInstant()));
    }
    return open;
  }

  @Override
  public boolean revokeOwn(long user, long session, Instant now) {
    return sql.write(
                "UPDATE app_session SET revoked_at = $3"
                    + " WHERE id = $2 AND user_id = $1 AND revoked_at IS NULL AND expires_at > $3",
                new Bind().add(user).add(session).add(now).tuple())
            .rowCount()
        > 0;
  }

  @Override
  public int revokeOthers(long user, byte[] keptTokenHash, Instant now) {
    return sql.write(
            "UPDATE app_session SET revoked_at = $3"
                + " WHERE user_id = $1 AND token_hash <> $2 AND revoked_at IS NULL AND expires_at > $3",
            new Bind().add(user).add(keptTokenHash).add(now).tuple())
        .rowCount();
  }

  @Override
  public Set<String> listFree(Collection<String> logins) {
    Set<String> free = new HashSet<>();
    for (Row row :
        sql.read(
            "SELECT l.login FROM unnest($1::text[]) l (login)"
                + " WHERE NOT EXISTS (SELECT FROM app_user u WHERE u.login = l.login)",
            new Bind().strings(logins).tuple())) {
      free.add(row.getString(0));
    }
    return free;
  }

  @Override
  public void addMissing(List<NewUser> people) {
    for (NewUser user : people) sql.write(INSERT, bind(user).tuple());
  }

  @Override
  public Set<AdminKind> listMissingOffices() {
    Set<AdminKind> missing = EnumSet.allOf(AdminKind.class);
    for (Row r :
        sql.read(
            "SELECT DISTINCT a.kind FROM app_user u JOIN admin_role a ON a.role = ANY (u.roles)",
            new Bind().tuple())) {
      missing.remove(AdminKind.valueOf(r.getString("kind")));
    }
    return missing;
  }

  @Override
  public List<User> listByIds(List<Long> ids) {
    List<User> found = new ArrayList<>();
    for (Row row :
        sql.read(
            "SELECT " + UserRows.COLUMNS + " FROM app_user u WHERE u.id = ANY($1)",
            new Bind().longs(ids).tuple())) {
      found.add(users.user(row));
    }
    return found;
  }

  @Override
  public void offerSetup(AdminKind kind, byte[] tokenHash, Instant expiresAt) {
    sql.write(
        // Only the newest link holds: an older one may stand in a terminal or a copied file.
        "WITH old AS (DELETE FROM setup_link WHERE used_at IS NULL AND kind = $3)"
            + " INSERT INTO setup_link (token_hash, expires_at, kind) VALUES ($1, $2, $3)",
        new Bind().add(tokenHash).add(expiresAt).add(kind.name()).tuple());
  }

  @Override
  public Optional<AdminKind> findSetup(byte[] tokenHash, Instant now) {
    Iterator<Row> rows =
        sql.read(
                "SELECT kind FROM setup_link WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2",
                new Bind().add(tokenHash).add(now).tuple())
            .iterator();
    return rows.hasNext()
        ? Optional.of(AdminKind.valueOf(rows.next().getString(0)))
        : Optional.empty();
  }

  @Override
  public boolean setUp(byte[] tokenHash, NewUser administrator, Instant now) {
    return sql.write(SET_UP, bind(administrator).add(now).add(tokenHash).tuple()).rowCount() > 0;
  }

  private Bind bind(NewUser user) {
    return new Bind()
        .add(numbers.nextId())
        .add(user.login())
        .add(user.name().zh())
        .add(user.name().en())
        .add(user.unit())
        .strings(user.areas())
        .strings(user.roles())
        .add(user.passwordHash());
  }
}
