package org.gridline.console.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gridline.console.Await;
import org.gridline.console.Town;
import org.gridline.console.matrix.Thing.Presence;

/** Some of every kind that a call can name. */
final class Things {
  private final Map<String, List<Thing>> byKind = new HashMap<>();
  private final Town town;
  private final Fixture fixture;
  private final Rules rules;

  private Things(Town town, Fixture fixture, Rules rules) {
    this.town = town;
    this.fixture = fixture;
    this.rules = rules;
  }

  static Things build(Town town, Fixture fixture, Rules rules, Askers askers) throws SQLException {
    Things things = new Things(town, fixture, rules);
    things.ofTickets();
    things.ofPeople(askers);
    things.ofTheGround();
    assertThat(things.byKind.keySet()).containsExactlyInAnyOrderElementsOf(Kinds.ALL);
    return things;
  }

  private static Presence always(Asker asker) {
    return Presence.THERE;
  }

  private static Presence usedUp(Asker asker) {
    return Presence.EITHER;
  }

  List<Thing> of(String kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  private void put(String kind, Stream<Thing> some) {
    byKind.put(kind, some.toList());
  }

  private void one(String kind, String value, Function<Asker, Presence> to) {
    put(kind, Stream.of(new Thing(kind, value, to)));
  }

  private void ofTickets() throws SQLException {
    put(Kinds.TICKET, tickets(Kinds.TICKET, rules::sees));
    // A map says whose a ticket is, so whoever only checks it has none.
    put(Kinds.FEATURE, tickets(Kinds.FEATURE, (a, c) -> rules.sees(a, c) && !rules.blind(a, c)));
    put(
        Kinds.ATTACHMENT,
        fixture.files.stream()
            .map(
                f ->
                    new Thing(
                        Kinds.ATTACHMENT, Long.toString(f.id()), a -> Thing.when(sees(a, f)))));
    put(
        "ticketNumber",
        fixture.cases.stream()
            .limit(2)
            .map(c -> new Thing("ticketNumber", c.number(), Things::always)));
    one("ownAttachment", Long.toString(fixture.spare), Things::usedUp);
    put(
        Kinds.COMPONENT,
        fixture.parts.stream()
            .map(p -> new Thing(Kinds.COMPONENT, p.code(), a -> Thing.when(rules.sees(a, p)))));
    one(
        Kinds.CALL,
        Long.toString(fixture.call),
        a -> Thing.when(a.comesIn() && a.login().equals("operator1")));
    put(Kinds.NOTICE, notices());
    put(
        Kinds.COLLECTION,
        Stream.of("tickets", "street").map(c -> new Thing(Kinds.COLLECTION, c, Things::always)));
    one(
        "indicator",
        first("chief1", "/api/v1/indicators" + today(), "indicators", "id"),
        Things::always);
  }

  private Stream<Thing> tickets(String kind, BiPredicate<Asker, Case> seen) {
    return fixture.cases.stream()
        .map(c -> new Thing(kind, Long.toString(c.id()), a -> Thing.when(seen.test(a, c))));
  }

  private boolean sees(Asker asker, Fixture.File file) {
    return file.seenIn().isEmpty()
        ? asker.comesIn() && asker.login().equals("operator1")
        : fixture.tickets(file).stream().anyMatch(ticket -> rules.sees(asker, ticket));
  }

  static String today() {
    return "?from="
        + LocalDate.now(ZoneOffset.UTC).minusDays(1)
        + "&to="
        + LocalDate.now(ZoneOffset.UTC);
  }

  /** Told to the roles that a rule names, and of those only to whoever sees the ticket. */
  private Stream<Thing> notices() throws SQLException {
    Case late = fixture.cases.get(2);
    Sql sql = new Sql(town);
    sql.run(
        "UPDATE deadline SET warn_at = clock_timestamp(), due_at = clock_timestamp() + interval '100 ms'"
            + " WHERE clock = 'sign' AND ticket_id = "
            + late.id());
    String ids = "SELECT id FROM notice WHERE ticket_id = " + late.id() + " ORDER BY id";
    Await.until(() -> !sql.list(ids).isEmpty());
    sql.run("UPDATE notice SET shown_at = created_at");
    return sql.list(ids).stream()
        .map(
            id ->
                new Thing(
                    Kinds.NOTICE,
                    id,
                    a -> rules.sees(a, late) ? Presence.EITHER : Presence.HIDDEN));
  }

  private void ofPeople(Askers askers) throws SQLException {
    Asker other = askers.sacrifice();
    one("user", Long.toString(askers.id(other.login())), Things::always);
    one("login", other.login(), Things::always);
    String session =
        new Sql(town)
            .list("SELECT id FROM app_session WHERE user_id = " + askers.id(other.login()))
            .getFirst();
    one("session", session, a -> Thing.when(a.login().equals(other.login())));
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    town.token("hedao1");
    one(
        "delegation",
        id(
            made(
                "shuiwu1",
                "/api/v1/delegations",
                "{\"to\":\"hedao1\",\"until\":\"" + now.plusDays(2) + "\"}")),
        a -> a.may("grantRoles") ? Presence.EITHER : Presence.HIDDEN);
    JsonNode shifts =
        made(
            "yaohua1",
            "/api/v1/duty-shifts",
            "{\"shifts\":[{\"user\":\"worker1\",\"role\":\"worker\",\"from\":\"%s\",\"until\":\"%s\"}]}"
                .formatted(now, now.plusHours(8)));
    one(
        "shift",
        id(shifts.path("shifts").path(0)),
        a ->
            a.reach().equals("district") || a.unit().equals("ST-320113001")
                ? Presence.EITHER
                : Presence.HIDDEN);
    JsonNode proposed =
        made(
            "sysadmin1",
            "/api/v1/users/" + askers.id("revisitor2") + "/actions",
            "{\"action\":\"delete\",\"version\":2,\"why\":\"离职\"}");
    one("proposal", id(proposed.path("proposal")), Things::usedUp);
    String number = fixture.cases.getFirst().number();
    one(
        "erasure",
        id(
            made(
                "dataofficer1",
                "/api/v1/erasures",
                "{\"ticket\":\"" + number + "\",\"ground\":\"request\"}")),
        Things::usedUp);
    String pair =
        "{\"keep\":%d,\"merge\":%d}"
            .formatted(fixture.cases.get(5).id(), fixture.cases.get(9).id());
    String alarm =
        "{\"areas\":[\"320113009\"],\"why\":\"演练\",\"until\":\"%s\"}".formatted(now.plusHours(1));
    one("emergency", id(made("commander1", "/api/v1/emergencies", alarm)), Things::usedUp);
    one("ruling", ruling(), Things::usedUp);
    one("callerMerge", id(made("operator1", "/api/v1/caller-merges", pair)), Things::usedUp);
  }

  /** For a matter that nothing here is about, so that no ticket goes elsewhere by it. */
  private String ruling() throws SQLException {
    String id = "R1-1";
    new Sql(town)
        .run(
            "INSERT INTO duty_rule_ruled (id, unit, kind, category, area, valid_from, ticket_id, version) VALUES"
                + " ('%s', 'QX-GA', 'event', '10002', '320113009', '2020-01-01', %d, 9999)"
                    .formatted(id, fixture.cases.getFirst().id()));
    return id;
  }

  private void ofTheGround() {
    one("layer", "street", Things::always);
    put(
        "tile",
        Map.of("z", "12", "x", "3401", "y", "1660").entrySet().stream()
            .map(e -> new Thing("tile", e.getKey() + "=" + e.getValue(), Things::always)));
    String current =
        Town.json(town.get("chief1", "/api/v1/boundary-versions")).path("current").asText();
    one("boundaryVersion", current, Things::always);
    put("unit", Stream.of("QX-CG-ZM", "QX-GA").map(u -> new Thing("unit", u, Things::always)));
    put("area", Stream.of("320113001", "320113002").map(c -> new Thing("area", c, Things::always)));
    HttpResponse<String> layer =
        town.send(
            town.as("sysadmin1", "/api/v1/boundary-imports?layer=street&code=code&file=a.geojson")
                .POST(BodyPublishers.ofString("{\"type\":\"FeatureCollection\",\"features\":[]}")));
    one("boundaryImport", id(done(layer)), Things::usedUp);
    HttpResponse<String> register =
        town.send(
            town.as("sysadmin1", "/api/v1/components/imports?name=a.csv")
                .POST(
                    BodyPublishers.ofString(
                        "code,kind,class,lon,lat\n1,component,01037,118.8,32.1\n")));
    one("componentImport", id(done(register)), Things::always);
  }

  private JsonNode made(String user, String path, String body) {
    return done(town.post(user, path, body));
  }

  private static JsonNode done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return Town.json(answer);
  }

  private static String id(JsonNode node) {
    return node.path("id").asText();
  }

  private String first(String user, String path, String list, String member) {
    return Town.json(town.get(user, path)).path(list).path(0).path(member).asText();
  }
}
