package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.TicketNumbers;

/** Users and sessions. A role that the pack no longer has grants nothing. */
final class PgAccounts implements Accounts {
  private static final String USER =
      "u.id, u.login, u.name_zh, u.name_en, u.unit, u.areas, u.roles";

  private static final String INSERT =
      """
      INSERT INTO app_user (id, login, name_zh, name_en, unit, areas, roles, password_hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (login) DO NOTHING
      """;

  private static final String SET_UP =
      """
      WITH link AS (
        UPDATE setup_link SET used_at = $9
         WHERE token_hash = $10 AND used_at IS NULL AND expires_at > $9 AND NOT EXISTS (SELECT FROM app_user)
        RETURNING 1)
      INSERT INTO app_user (id, login, name_zh, name_en, unit, areas, roles, password_hash)
      SELECT $1, $2, $3, $4, $5, $6, $7, $8 FROM link RETURNING id
      """;

  private final Sql sql;
  private final TicketNumbers numbers;
  private final Map<String, Role> roles;
  private final UnaryOperator<List<String>> follow;

  /**
   * @param follow what somebody's areas have become; here, so that no use case can forget it
   */
  PgAccounts(Sql sql, TicketNumbers numbers, List<Role> roles, UnaryOperator<List<String>> follow) {
    this.follow = follow;
    this.sql = sql;
    this.numbers = numbers;
    this.roles =
        roles.stream().collect(Collectors.toUnmodifiableMap(Role::id, Function.identity()));
  }

  @Override
  public Optional<Account> findByLogin(String login) {
    Iterator<Row> rows =
        sql.read(
                "SELECT "
                    + USER
                    + ", u.password_hash, u.failures, u.locked_until FROM app_user u"
                    + " WHERE u.login = $1 AND u.disabled_at IS NULL",
                new Bind().add(login).tuple())
            .iterator();
    if (!rows.hasNext()) return Optional.empty();
    Row r = rows.next();
    return Optional.of(
        new Account(
            user(r),
            r.getString("password_hash"),
            r.getInteger("failures"),
            Optional.ofNullable(r.getOffsetDateTime("locked_until"))
                .map(OffsetDateTime::toInstant)));
  }

  @Override
  public Optional<Session> findSession(byte[] tokenHash, Instant now) {
    Iterator<Row> rows =
        sql.read(
                "SELECT "
                    + USER
                    + ", s.csrf, s.expires_at FROM app_session s JOIN app_user u ON u.id = s.user_id"
                    + " WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.revoked_at IS NULL AND u.disabled_at IS NULL",
                new Bind().add(tokenHash).add(now).tuple())
            .iterator();
    if (!rows.hasNext()) return Optional.empty();
    Row r = rows.next();
    return Optional.of(
        new Session(user(r), r.getString("csrf"), r.getOffsetDateTime("expires_at").toInstant()));
  }

  @Override
  public void recordFailure(long user, Optional<Instant> lockedUntil) {
    // A lock starts the count afresh, so that one more mistake after it does not lock again at
    // once.
    sql.write(
        "UPDATE app_user SET failures = CASE WHEN $2::timestamptz IS NULL THEN failures + 1 ELSE 0 END,"
            + " locked_until = $2 WHERE id = $1",
        new Bind()
            .add(user)
            .add(lockedUntil.map(at -> at.atOffset(java.time.ZoneOffset.UTC)))
            .tuple());
  }

  @Override
  public void open(byte[] tokenHash, String csrf, long user, Instant now, Instant expiresAt) {
    sql.write(
        """
        WITH calm AS (UPDATE app_user SET failures = 0, locked_until = NULL WHERE id = $3 AND failures > 0),
             old AS (DELETE FROM app_session WHERE user_id = $3 AND expires_at < $4)
        INSERT INTO app_session (token_hash, csrf, user_id, opened_at, expires_at) VALUES ($1, $2, $3, $4, $5)
        """,
        new Bind().add(tokenHash).add(csrf).add(user).add(now).add(expiresAt).tuple());
  }

  @Override
  public void revoke(byte[] tokenHash, Instant now) {
    sql.write(
        "UPDATE app_session SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL",
        new Bind().add(tokenHash).add(now).tuple());
  }

  @Override
  public void addMissing(List<NewUser> users) {
    for (NewUser user : users) sql.write(INSERT, bind(user).tuple());
  }

  @Override
  public boolean anyUser() {
    return sql.read("SELECT 1 FROM app_user LIMIT 1", new Bind().tuple()).size() > 0;
  }

  @Override
  public List<User> listByIds(List<Long> ids) {
    List<User> users = new ArrayList<>();
    for (Row row :
        sql.read(
            "SELECT " + USER + " FROM app_user u WHERE u.id = ANY($1)",
            new Bind().longs(ids).tuple())) {
      users.add(user(row));
    }
    return users;
  }

  @Override
  public void offerSetup(byte[] tokenHash, Instant expiresAt) {
    sql.write(
        // Only the newest link holds: an older one may stand in a terminal or a copied file.
        "WITH old AS (DELETE FROM setup_link WHERE used_at IS NULL)"
            + " INSERT INTO setup_link (token_hash, expires_at) VALUES ($1, $2)",
        new Bind().add(tokenHash).add(expiresAt).tuple());
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

  private User user(Row r) {
    return new User(
        r.getLong("id"),
        r.getString("login"),
        new Names(r.getString("name_zh"), r.getString("name_en")),
        Optional.ofNullable(r.getString("unit")),
        follow.apply(Arrays.asList(r.getArrayOfStrings("areas"))),
        Arrays.stream(r.getArrayOfStrings("roles"))
            .map(roles::get)
            .filter(java.util.Objects::nonNull)
            .toList());
  }
}
