package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.PeopleLog;
import org.gridline.dispatch.people.Person;
import org.gridline.dispatch.people.PersonChange;
import org.gridline.dispatch.people.PersonalCipher;
import org.gridline.dispatch.people.Proposals.Decided;
import org.gridline.dispatch.people.Proposals.Proposal;
import org.gridline.dispatch.people.SignInPolicy;
import org.jspecify.annotations.Nullable;

/** Rows of accounts, proposals and the people log. */
final class PeopleRows {
  private PeopleRows() {}

  /**
   * @param locked digests, in hexadecimal, of logins that are locked
   */
  static List<Person> persons(RowSet<Row> rows, Collection<String> locked, PersonalCipher cipher) {
    List<Person> persons = new ArrayList<>();
    for (Row r : rows) {
      String login = r.getString("login");
      String mac = HexFormat.of().formatHex(PgAccounts.mac(cipher, login));
      persons.add(
          new Person(
              r.getLong("id"),
              login,
              new Names(r.getString("name_zh"), r.getString("name_en")),
              Optional.ofNullable(r.getString("unit")),
              Arrays.asList(r.getArrayOfStrings("areas")),
              Arrays.asList(r.getArrayOfStrings("roles")),
              state(r),
              r.getBoolean("password_set"),
              r.getBoolean("second_factor"),
              locked.contains(mac),
              r.getOffsetDateTime("created_at").toInstant(),
              instant(r.getOffsetDateTime("last_sign_in")),
              r.getInteger("version")));
    }
    return persons;
  }

  private static Person.State state(Row r) {
    if (r.getOffsetDateTime("deleted_at") != null) return Person.State.DELETED;
    return r.getOffsetDateTime("disabled_at") != null ? Person.State.DISABLED : Person.State.ACTIVE;
  }

  static Proposal proposal(Row r) {
    Optional<Decided> decided =
        instant(r.getOffsetDateTime("decided_at"))
            .map(
                at ->
                    new Decided(
                        r.getLong("decided_by"), at, r.getString("outcome").equals("CONFIRMED")));
    return new Proposal(
        r.getLong("id"),
        r.getLong("subject"),
        r.getInteger("version"),
        change(r.getString("kind"), r.getJsonObject("data")),
        r.getString("why"),
        r.getLong("proposed_by"),
        r.getOffsetDateTime("proposed_at").toInstant(),
        r.getOffsetDateTime("expires_at").toInstant(),
        decided);
  }

  /** What a proposal keeps of its change, beside the kind. */
  static JsonObject data(PersonChange change) {
    return switch (change) {
      case PersonChange.Assign(var unit, var areas, var roles) ->
          new JsonObject()
              .put("unit", unit.orElse(""))
              .put("areas", new JsonArray(areas))
              .put("roles", new JsonArray(roles));
      case PersonChange.Rename(var name) ->
          new JsonObject().put("zh", name.zh()).put("en", name.en());
      case PersonChange.Plain _ -> new JsonObject();
    };
  }

  private static PersonChange change(String kind, JsonObject data) {
    return switch (kind) {
      case "assign" ->
          new PersonChange.Assign(
              Optional.of(data.getString("unit")).filter(u -> !u.isEmpty()),
              texts(data.getJsonArray("areas")),
              texts(data.getJsonArray("roles")));
      case "rename" ->
          new PersonChange.Rename(new Names(data.getString("zh"), data.getString("en")));
      default -> PersonChange.Plain.find(kind).orElseThrow();
    };
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String::valueOf).toList();
  }

  static JsonObject policy(SignInPolicy p) {
    return new JsonObject()
        .put("leastLength", p.leastLength())
        .put("history", p.history())
        .put("rotationDays", p.rotationDays())
        .put("mostFailures", p.mostFailures())
        .put("lockMinutes", p.lockMinutes())
        .put("sessionHours", p.sessionHours())
        .put("secondFactor", p.secondFactor().name());
  }

  static PeopleLog.Line line(Row r) {
    return new PeopleLog.Line(
        r.getLong("id"),
        r.getOffsetDateTime("at").toInstant(),
        r.getString("kind"),
        Optional.ofNullable(r.getLong("actor")),
        Optional.ofNullable(r.getLong("subject")),
        Optional.ofNullable(r.getLong("request")),
        told(r.getJsonObject("before")),
        told(r.getJsonObject("after")),
        r.getString("why"));
  }

  private static Map<String, String> told(JsonObject json) {
    Map<String, String> told = new TreeMap<>();
    json.forEach(
        member ->
            told.put(
                member.getKey(),
                member.getValue() instanceof JsonArray list
                    ? String.join(" ", texts(list))
                    : String.valueOf(member.getValue())));
    return told;
  }

  static Buffer[] buffers(Collection<byte[]> values) {
    return values.stream().map(Buffer::buffer).toArray(Buffer[]::new);
  }

  static Optional<Instant> instant(@Nullable OffsetDateTime at) {
    return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
  }
}
