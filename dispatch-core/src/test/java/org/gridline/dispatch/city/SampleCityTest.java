package org.gridline.dispatch.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.classify.SynonymClassifier;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.Assignment;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.RawPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample pack is complete, and a broken pack says where it is broken. */
class SampleCityTest {
  private static final Path FOLDER =
      Path.of("").toAbsolutePath().resolve("../config/cities/qixia-sample").normalize();
  private static final CityPack PACK = CityPackReader.read(FOLDER);
  private static final GroundIndex GROUND = GroundIndex.build(PACK.boundaries());
  private static final Places PLACES = new Places(GROUND, PACK.gazetteer(), PACK.boundaryVersion());
  private static final Router ROUTER =
      new Router(PACK.duties(), PACK.policy().units(), PACK.certainScore(), PACK.dispatching());

  @Test
  void it_holds_what_the_district_holds() {
    assertThat(PACK.boundaries().list("street")).hasSize(21);
    assertThat(PACK.boundaries().list("community")).hasSize(142);
    assertThat(PACK.boundaries().list("grid")).hasSizeBetween(1_150, 1_250);
    assertThat(PACK.boundaries().list("specialGrid")).hasSizeBetween(5, 50);
    assertThat(PACK.boundaries().list("patrolGrid")).hasSizeBetween(250, 350);
    assertThat(PACK.boundaries().list("unitGrid")).hasSizeBetween(9_500, 10_500);
    assertThat(leaves("event")).hasSize(250);
    assertThat(leaves("SQ")).hasSizeGreaterThan(70);
    assertThat(PACK.policy().units().list()).hasSizeGreaterThan(40);
  }

  @Test
  void every_class_has_exactly_one_owner_everywhere_but_for_the_few_that_people_must_decide() {
    Set<String> undecided = new TreeSet<>();
    for (Area community : PACK.boundaries().list("community")) {
      var point = community.shape().getInteriorPoint();
      Place place = place(point.getX(), point.getY());
      assertThat(place.findArea("community")).map(Place.AreaName::code).hasValue(community.code());
      for (Category category : PACK.policy().categories().list()) {
        if (!PACK.policy().categories().leaf(category.key())) continue;
        var chosen = new org.gridline.dispatch.classify.Suggestion(category, 1, List.of());
        if (ROUTER.route(Optional.of(chosen), place, LocalDate.of(2026, 11, 21))
            instanceof Assignment.Uncertain) {
          undecided.add(category.key().kind() + ":" + category.key().code());
        }
      }
    }
    assertThat(undecided)
        .containsExactly(
            "SQ:SQ0106",
            "SQ:SQ1204",
            "SQ:SQ9901",
            "event:06027",
            "event:06030",
            "event:06048",
            "event:09017");
  }

  @Test
  void whoever_owns_a_ticket_somebody_signs_it_and_others_check_it_and_ask_the_caller() {
    UnitTree units = PACK.policy().units();
    Set<String> stuck = new TreeSet<>();
    for (String owner : owners(units)) {
      if (nobody(ActionKind.SIGN, u -> units.withSubUnits(u).contains(owner)))
        stuck.add(owner + " sign");
      for (ActionKind judging : List.of(ActionKind.CHECK, ActionKind.REVISIT)) {
        if (nobody(
            judging,
            u -> !units.withSubUnits(u).contains(owner) && !units.withSubUnits(owner).contains(u)))
          stuck.add(owner + " " + judging.id());
      }
    }
    assertThat(stuck).isEmpty();
  }

  /** Every unit that a duty rule can name. */
  private static Set<String> owners(UnitTree units) {
    Set<String> owners = new TreeSet<>();
    for (Unit unit : units.list())
      if (unit.area().isPresent() || !unit.kind().equals("centre")) owners.add(unit.code());
    for (Category category : PACK.policy().categories().list())
      for (var rule : PACK.duties().winners(category.key(), List.of(), LocalDate.of(2026, 11, 21)))
        if (!rule.unit().startsWith("@")) owners.add(rule.unit());
    return owners;
  }

  private static boolean nobody(ActionKind action, Predicate<String> unit) {
    return PACK.people().stream()
        .filter(p -> unit.test(p.unit()))
        .flatMap(p -> p.roles().stream())
        .noneMatch(
            id ->
                PACK.roles().stream()
                    .anyMatch(
                        r ->
                            r.id().equals(id)
                                && r.permissions().contains(new Permission.Act(action))));
  }

  @Test
  void the_first_classifier_finds_what_callers_mean_and_says_by_which_words() throws IOException {
    SynonymClassifier classifier = new SynonymClassifier(PACK.policy().categories());
    int first = 0;
    int among = 0;
    List<String> lines;
    try (Stream<String> all =
        Files.lines(Path.of("src/test/resources/org/gridline/dispatch/classify/examples.csv"))) {
      lines = all.skip(1).toList();
    }
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      String wanted = cells[cells.length - 2] + ":" + cells[cells.length - 1];
      List<String> found = new ArrayList<>();
      classifier
          .classify(line, 3)
          .forEach(
              s -> {
                found.add(s.category().key().kind() + ":" + s.category().key().code());
                assertThat(s.because()).isNotEmpty();
                assertThat(s.score()).isBetween(0.0, 1.0);
              });
      if (!found.isEmpty() && found.getFirst().equals(wanted)) first++;
      if (found.contains(wanted)) among++;
    }
    // A floor, not a claim: the sentences and the synonyms come from the same hand.
    assertThat((double) first / lines.size()).isGreaterThan(0.85);
    assertThat((double) among / lines.size()).isGreaterThan(0.9);
  }

  @Test
  void gazetteer_positions_lie_where_they_say() {
    assertThat(PACK.gazetteer().list("服务中心", 1_000))
        .hasSizeGreaterThanOrEqualTo(142)
        .allSatisfy(
            hit -> {
              var at = hit.entry().position();
              assertThat(place(at.lon(), at.lat()).areaCodes()).contains(hit.entry().area());
            });
    assertThat(PACK.gazetteer().find("南京市栖霞区尧化新村社区服务中心门口")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "units.csv      | XX,NOWHERE,坏,bad,department,   | no parent",
        "duties.csv     | D9,NOBODY,event,01,,10,x,,2020-01-01, | no unit NOBODY",
        "duties.csv     | D9,QX-ZX,event,01,,ten,x,,2020-01-01, | column priority",
        "duties.csv     | D9,QX-ZX,event,01,,10,,,2020-01-01, | column basis: D9 names no ground",
        "duties.csv     | D9,QX-ZX,event,01,,10,x,perhaps,2020-01-01, | confirmed: is yes or no",
        "limits.csv     | accept,,,,,-3,UH,x                 | limit out of range",
        "limits.csv     | tea,,,,,3,UH,x                     | no clock tea",
        "calendar.csv   | 2026-13-45,holiday,x,x             | 2026-13-45",
        "categories.csv | event,01001,01,重复,twice,,yes      | category twice",
        "people.csv     | x,x,x,king,QX-ZX,,x                | unknown role",
      })
  void a_broken_pack_is_refused_and_says_where(
      String file, String row, String complaint, @TempDir Path copy) throws IOException {
    copyPack(copy);
    Files.writeString(
        copy.resolve(file),
        Files.readString(copy.resolve(file)).stripTrailing() + "\n" + row + "\n");
    assertThatThrownBy(() -> CityPackReader.read(copy))
        .isInstanceOf(UnusablePack.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void a_clock_without_a_limit_for_every_ticket_is_refused(@TempDir Path copy) throws IOException {
    copyPack(copy);
    Path limits = copy.resolve("limits.csv");
    Files.write(
        limits,
        Files.readAllLines(limits).stream().filter(l -> !l.startsWith("total,,,,,")).toList());
    assertThatThrownBy(() -> CityPackReader.read(copy))
        .isInstanceOf(UnusablePack.class)
        .hasMessageContaining("limits.csv: total");
  }

  @Test
  void a_city_that_dispatches_by_hand_leaves_even_the_certain_to_a_person(@TempDir Path copy)
      throws IOException {
    copyPack(copy);
    Path city = copy.resolve("city.yaml");
    Files.writeString(city, Files.readString(city).replace("autoFile: true", "autoFile: false"));
    CityPack pack = CityPackReader.read(copy);
    Router byHand =
        new Router(pack.duties(), pack.policy().units(), pack.certainScore(), pack.dispatching());
    Category waste =
        pack.policy()
            .categories()
            .find(new org.gridline.dispatch.classify.CategoryKey("event", "06010"))
            .orElseThrow();
    var chosen = new org.gridline.dispatch.classify.Suggestion(waste, 1, List.of());
    assertThat(byHand.route(Optional.of(chosen), place(118.89, 32.12), LocalDate.of(2026, 11, 21)))
        .isInstanceOfSatisfying(
            Assignment.Uncertain.class,
            u -> {
              assertThat(u.doubt()).isEqualTo(Assignment.Doubt.BY_HAND);
              assertThat(u.candidates()).hasSize(1);
            });
  }

  @Test
  void a_pack_that_names_files_outside_itself_is_refused(@TempDir Path copy) throws IOException {
    copyPack(copy);
    Path city = copy.resolve("city.yaml");
    Files.writeString(
        city, Files.readString(city).replace("boundaries/grid.geojson", "../../../etc/passwd"));
    assertThatThrownBy(() -> CityPackReader.read(copy)).hasMessageContaining("outside the pack");
    assertThatThrownBy(() -> CityPackReader.read(copy.resolve("nothing")))
        .hasMessageContaining("no city.yaml");
  }

  private static void copyPack(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(FOLDER.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(target);
        else Files.copy(file, target);
      }
    }
  }

  private static Place place(double lon, double lat) {
    return PLACES.locate(
        Optional.of(new RawPosition(lon, lat, Crs.WGS84)), OptionalDouble.empty(), "");
  }

  private static List<Category> leaves(String kind) {
    return PACK.policy().categories().list().stream()
        .filter(c -> c.key().kind().equals(kind) && PACK.policy().categories().leaf(c.key()))
        .toList();
  }

  /** Lists without entries would leave people with nothing to choose. */
  @Test
  void every_list_that_forms_offer_is_there() {
    Map<String, Integer> sizes =
        PACK.vocabulary().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().size()));
    assertThat(sizes).containsOnlyKeys("types", "urgencies", "channels").doesNotContainValue(0);
    assertThat(PACK.policy().choices().closings()).isNotEmpty();
  }
}
