package org.gridline.dispatch.store;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.gridline.dispatch.people.People;
import org.gridline.dispatch.people.Person;
import org.gridline.dispatch.people.PersonalCipher;
import org.gridline.dispatch.people.Proposals.Proposal;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.SignInPolicy;
import org.gridline.dispatch.ticket.TicketNumbers;

/** Accounts as administrators keep them. Each change is one statement with its line in the log. */
final class PgPeople implements People {
  private static final String PERSON =
      """
      SELECT u.*, u.totp_sealed IS NOT NULL AS second_factor, u.password_hash <> '' AS password_set,
             (SELECT max(s.opened_at) FROM app_session s WHERE s.user_id = u.id) AS last_sign_in
        FROM app_user u
      """;

  private static final String ADD =
      """
      WITH made AS (
        INSERT INTO app_user (id, login, name_zh, name_en, unit, areas, roles, password_hash, created_at, password_at)
        VALUES ($1, $2, $3, $4, $5, '{}', '{}', '', $6, $6) ON CONFLICT (login) DO NOTHING RETURNING id),
      link AS (INSERT INTO password_link (token_hash, user_id, expires_at) SELECT $7, id, $8 FROM made)
      INSERT INTO people_log (at, kind, actor, subject, after, why) SELECT $6, 'create', $9, id, $10, $11 FROM made
      """;

  private static final String WRITE =
      """
      WITH asked AS (
        UPDATE people_request r SET decided_by = $17, decided_at = $16, outcome = 'CONFIRMED'
         WHERE r.id = $15 AND r.decided_at IS NULL AND r.expires_at > $16
           AND EXISTS (SELECT FROM app_user u WHERE u.id = r.subject AND u.version = r.version)
        RETURNING r.id),
      person AS (
        UPDATE app_user SET version = version + 1, name_zh = $3, name_en = $4, unit = $5, areas = $6, roles = $7,
               disabled_at = CASE WHEN $8 = 'ACTIVE' THEN NULL ELSE coalesce(disabled_at, $16) END,
               deleted_at = CASE WHEN $8 = 'DELETED' THEN $16::timestamptz END,
               password_hash = CASE WHEN $10 THEN '' ELSE password_hash END,
               totp_sealed = CASE WHEN $11 THEN NULL ELSE totp_sealed END,
               totp_new = CASE WHEN $11 THEN NULL ELSE totp_new END
         WHERE id = $1 AND version = $2 AND ($15::bigint IS NULL OR EXISTS (SELECT FROM asked)) RETURNING id),
      kept AS (
        INSERT INTO password_past (user_id, set_at, password_hash)
        SELECT u.id, u.password_at, u.password_hash FROM app_user u JOIN person USING (id)
         WHERE $10 AND u.password_hash <> '' ON CONFLICT DO NOTHING),
      ended AS (
        UPDATE app_session SET revoked_at = $16
         WHERE $9 AND user_id IN (SELECT id FROM person) AND revoked_at IS NULL),
      codes AS (DELETE FROM recovery_code WHERE $11 AND user_id IN (SELECT id FROM person)),
      free AS (DELETE FROM sign_in_failure WHERE $12 AND login_mac = $18 AND EXISTS (SELECT FROM person)),
      old AS (
        UPDATE password_link SET used_at = $16
         WHERE $10 AND user_id IN (SELECT id FROM person) AND used_at IS NULL),
      link AS (
        INSERT INTO password_link (token_hash, user_id, expires_at)
        SELECT $13::bytea, id, $14 FROM person WHERE $13::bytea IS NOT NULL)
      INSERT INTO people_log (at, kind, actor, subject, request, before, after, why)
      SELECT $16, $19, $17, id, $15, $20, $21, $22 FROM person
      """;

  private static final String POLICY =
      """
      WITH done AS (
        INSERT INTO sign_in_policy AS p (version, least_length, history, rotation_days, most_failures, lock_minutes,
                                         session_hours, second_factor)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (only_row) DO UPDATE SET
          version = $1, least_length = $2, history = $3, rotation_days = $4, most_failures = $5, lock_minutes = $6,
          session_hours = $7, second_factor = $8
        WHERE p.version = $1 - 1
        RETURNING 1)
      INSERT INTO people_log (at, kind, actor, before, after, why) SELECT $9, 'policy', $10, $11, $12, $13 FROM done
      """;

  private final Sql sql;
  private final TicketNumbers numbers;
  private final PersonalCipher cipher;

  PgPeople(Sql sql, TicketNumbers numbers, PersonalCipher cipher) {
    this.sql = sql;
    this.numbers = numbers;
    this.cipher = cipher;
  }

  /** Tells the database which roles are administrators, so that it can guard them. */
  static void keepRoles(Sql sql, List<Role> roles) {
    List<Role> admins = roles.stream().filter(r -> r.admin().isPresent()).toList();
    sql.write(
        """
        WITH old AS (DELETE FROM admin_role WHERE role <> ALL ($1::text[]))
        INSERT INTO admin_role (role, kind) SELECT * FROM unnest($1::text[], $2::text[])
        ON CONFLICT (role) DO UPDATE SET kind = excluded.kind WHERE admin_role.kind <> excluded.kind
        """,
        new Bind()
            .strings(admins.stream().map(Role::id).toList())
            .strings(admins.stream().map(r -> r.admin().orElseThrow().name()).toList())
            .tuple());
  }

  @Override
  public List<Person> list(Filter filter, int most, Instant now) {
    String like = "%" + filter.words().replaceAll("([\\\\%_])", "\\\\$1") + "%";
    return persons(
        sql.read(
            PERSON
                + """
                WHERE u.login > $1 AND (u.login ILIKE $2 OR u.name_zh ILIKE $2 OR u.name_en ILIKE $2)
                  AND ($3::text IS NULL OR $3 = ANY (u.roles))
                  AND (cardinality($4::text[]) = 0 OR u.unit = ANY ($4))
                  AND ($5::text IS NULL OR $5 = CASE WHEN u.deleted_at IS NOT NULL THEN 'DELETED'
                                                     WHEN u.disabled_at IS NOT NULL THEN 'DISABLED' ELSE 'ACTIVE' END)
                ORDER BY u.login LIMIT $6
                """,
            new Bind()
                .add(filter.after())
                .add(like)
                .add(filter.role())
                .strings(filter.units())
                .add(filter.state().map(Enum::name))
                .add(most)
                .tuple()),
        now);
  }

  @Override
  public Optional<Person> find(long id, Instant now) {
    return persons(sql.read(PERSON + "WHERE u.id = $1", new Bind().add(id).tuple()), now).stream()
        .findFirst();
  }

  private List<Person> persons(RowSet<Row> rows, Instant now) {
    return PeopleRows.persons(rows, locked(rows, now), cipher);
  }

  /** Digests of the names among these that are locked just now. */
  private List<String> locked(RowSet<Row> rows, Instant now) {
    List<byte[]> macs = new ArrayList<>();
    for (Row r : rows) macs.add(PgAccounts.mac(cipher, r.getString("login")));
    List<String> locked = new ArrayList<>();
    for (Row r :
        sql.read(
            "SELECT encode(login_mac, 'hex') FROM sign_in_failure WHERE login_mac = ANY ($1) AND locked_until > $2",
            new Bind().add(PeopleRows.buffers(macs)).add(now).tuple())) {
      locked.add(r.getString(0));
    }
    return locked;
  }

  @Override
  public OptionalLong add(NewPerson person, Link link, Deed deed) {
    long id = numbers.nextId();
    JsonObject after =
        new JsonObject()
            .put("user", person.login())
            .put("name", person.name().zh())
            .put("nameEn", person.name().en())
            .put("unit", person.unit().orElse(""));
    int made =
        sql.write(
                ADD,
                new Bind()
                    .add(id)
                    .add(person.login())
                    .add(person.name().zh())
                    .add(person.name().en())
                    .add(person.unit())
                    .add(deed.at())
                    .add(link.tokenHash())
                    .add(link.expiresAt())
                    .add(deed.actor())
                    .add(after)
                    .add(deed.why())
                    .tuple())
            .rowCount();
    return made > 0 ? OptionalLong.of(id) : OptionalLong.empty();
  }

  @Override
  public boolean write(Write w) {
    Person next = w.next();
    Bind values =
        new Bind()
            .add(next.id())
            .add(next.version())
            .add(next.name().zh())
            .add(next.name().en())
            .add(next.unit())
            .strings(next.areas())
            .strings(next.roles())
            .add(next.state().name())
            .add(w.also().contains(Also.END_SESSIONS))
            .add(w.also().contains(Also.FORGET_PASSWORD))
            .add(w.also().contains(Also.FORGET_SECOND_FACTOR))
            .add(w.also().contains(Also.UNLOCK))
            .add(w.link().map(Link::tokenHash).orElse(null))
            .add(w.link().map(l -> l.expiresAt().atOffset(java.time.ZoneOffset.UTC)))
            .add(w.request().map(Proposal::id))
            .add(w.deed().at())
            .add(w.deed().actor())
            .add(PgAccounts.mac(cipher, next.login()))
            .add(w.kind())
            .add(json(w.before()))
            .add(json(w.after()))
            .add(w.deed().why());
    return sql.write(WRITE, values.tuple()).rowCount() > 0;
  }

  @Override
  public boolean changePolicy(SignInPolicy before, SignInPolicy after, Deed deed) {
    return sql.write(
                POLICY,
                new Bind()
                    .add(after.version())
                    .add(after.leastLength())
                    .add(after.history())
                    .add(after.rotationDays())
                    .add(after.mostFailures())
                    .add(after.lockMinutes())
                    .add(after.sessionHours())
                    .add(after.secondFactor().name())
                    .add(deed.at())
                    .add(deed.actor())
                    .add(PeopleRows.policy(before))
                    .add(PeopleRows.policy(after))
                    .add(deed.why())
                    .tuple())
            .rowCount()
        > 0;
  }

  private static JsonObject json(Map<String, String> told) {
    return new JsonObject(Map.copyOf(told));
  }
}
