package org.gridline.console.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gridline.console.Await;
import org.gridline.console.Town;
import org.gridline.console.matrix.Case.Canary;
import org.junit.jupiter.api.Test;

/** Lists, maps, figures and the search hold all of an asker's tickets and none of another's. */
class ListsMatrixTest {
  private final Setting setting = Setting.shared();
  private final List<String> wrong = new ArrayList<>();
  private int cases;

  @Test
  void lists_and_maps_hold_just_ones_own() {
    for (Asker asker : living()) {
      same(asker, "/api/v1/tickets?limit=200", c -> setting.rules.sees(asker, c));
      same(
          asker,
          "/ogc/collections/tickets/items?limit=2000",
          c ->
              setting.rules.sees(asker, c)
                  && !setting.rules.blind(asker, c)
                  && !c.areas().isEmpty());
      same(
          asker,
          "/api/v1/tickets?limit=200&near=118.8445,32.1104,50",
          c -> setting.rules.sees(asker, c) && c.areas().contains("320113001001"));
      same(
          asker,
          "/api/v1/tickets?limit=200&unit=QX-CG-ZM",
          c ->
              setting.rules.sees(asker, c)
                  && !setting.rules.blind(asker, c)
                  && owned(c, "QX-CG-ZM"));
      parts(asker);
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void figures_count_just_ones_own() {
    for (Asker asker : living()) {
      String day = Things.today();
      String body = get(asker, "/api/v1/indicators" + day + "&by=unit").body();
      Set<String> units = new TreeSet<>();
      Town.json(body).path("rows").forEach(row -> units.add(row.path("group").asText()));
      if (asker.reach().equals("none")) {
        assertThat(units).as(asker.label()).isEmpty();
        continue;
      }
      for (JsonNode row : Town.json(body).path("indicators"))
        for (String side : List.of("numerator", "denominator", "excluded")) {
          String id = row.path("id").asText();
          String tickets =
              get(asker, "/api/v1/indicators/" + id + "/tickets" + day + "&limit=1000&side=" + side)
                  .body();
          cases++;
          none(asker, id, tickets);
        }
      none(asker, "csv", get(asker, "/api/v1/indicators" + day + "&by=unit&format=csv").body());
    }
    assertThat(wrong).isEmpty();
    assertThat(cases).isGreaterThan(500);
  }

  @Test
  void the_search_finds_what_one_may_read_and_nothing_else() {
    Await.until(() -> setting.fixture.cases.stream().allMatch(this::indexed));
    for (Asker asker : living())
      for (Case ticket : setting.fixture.cases)
        for (Canary canary : ticket.canaries()) {
          if (canary.kind() == Canary.Kind.TICKET) continue;
          boolean inWords = words(ticket).contains(canary.text());
          boolean may = inWords && setting.rules.mayRead(asker, ticket, canary);
          boolean found = numbers(asker, search(canary.text())).contains(ticket.number());
          if (found != may)
            wrong.add(
                asker + (found ? " finds " : " does not find ") + canary + " of " + ticket.label());
        }
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_ticket_shows_its_own_files_and_a_part_those_of_its_whole() {
    for (Asker asker : living())
      for (Case ticket : setting.fixture.cases) {
        if (!setting.rules.sees(asker, ticket)) continue;
        Set<Long> expected = new TreeSet<>();
        for (Fixture.File file : setting.fixture.files)
          if (file.seenIn().contains(ticket.id())) expected.add(file.id());
        Set<Long> shown = new TreeSet<>();
        String body = get(asker, "/api/v1/tickets/" + ticket.id() + "/attachments").body();
        for (JsonNode one : Town.json(body).path("attachments")) {
          shown.add(one.path("id").asLong());
          Fixture.File file = setting.fixture.file(one.path("id").asLong());
          if (one.path("ofOrigin").asBoolean() == (file.seenIn().getFirst() == ticket.id()))
            wrong.add(asker + " is told wrongly whose " + file + " is");
        }
        if (!shown.equals(expected))
          wrong.add(asker + " of '" + ticket.label() + "' " + shown + " instead of " + expected);
      }
    assertThat(wrong).isEmpty();
  }

  private boolean indexed(Case ticket) {
    return setting.town.get("operator1", search(matter(ticket))).body().contains(ticket.number());
  }

  private static String matter(Case ticket) {
    return ticket.canaries().stream()
        .filter(c -> c.kind() == Canary.Kind.MATTER)
        .findFirst()
        .orElseThrow()
        .text();
  }

  /** What was said when it was reported; what handlers wrote later is not searched. */
  private static String words(Case ticket) {
    return ticket.telling().words() + ticket.telling().address();
  }

  private static String search(String what) {
    return "/api/v1/tickets?limit=200&q=" + URLEncoder.encode(what, StandardCharsets.UTF_8);
  }

  private static boolean owned(Case ticket, String unit) {
    return ticket.owner().equals(unit);
  }

  private void parts(Asker asker) {
    for (Fixture.Part part : setting.fixture.parts) {
      String near = get(asker, "/api/v1/components?limit=500&area=" + part.community()).body();
      cases++;
      if (near.contains(part.code()) != setting.rules.sees(asker, part))
        wrong.add(asker + " and component " + part.code());
    }
  }

  private void same(Asker asker, String path, Predicate<Case> mine) {
    Set<String> expected =
        setting.fixture.cases.stream()
            .filter(mine)
            .map(Case::number)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> found = numbers(asker, path);
    if (!found.equals(expected))
      wrong.add(asker + " " + path + " gets " + found + " instead of " + expected);
  }

  private Set<String> numbers(Asker asker, String path) {
    String body = get(asker, path).body();
    cases++;
    return setting.fixture.cases.stream()
        .map(Case::number)
        .filter(n -> body.contains("\"" + n + "\""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void none(Asker asker, String where, String text) {
    setting
        .rules
        .leak(asker, setting.fixture.cases, text, canary -> false)
        .ifPresent(told -> wrong.add(asker + " " + where + " " + told));
  }

  private HttpResponse<String> get(Asker asker, String path) {
    var request = setting.town.request(path);
    asker.headers().forEach(request::header);
    HttpResponse<String> answer = setting.town.send(request);
    assertThat(answer.statusCode()).as(asker + " " + path + answer.body()).isEqualTo(200);
    return answer;
  }

  private List<Asker> living() {
    return setting.askers.stream().filter(a -> a.door() == Asker.Door.IN).toList();
  }
}
