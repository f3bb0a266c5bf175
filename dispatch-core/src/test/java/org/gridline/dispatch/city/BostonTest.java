package org.gridline.dispatch.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.GZIPInputStream;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.classify.Suggestion;
import org.gridline.dispatch.classify.SynonymClassifier;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.deadline.TimeLimit;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.Assignment;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.route.Unit;
import org.gridline.gis.TestData;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.RawPosition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real city, taken on by its folder alone, judged by what the city itself did. */
class BostonTest {
  private static final Path FOLDER =
      Path.of("").toAbsolutePath().resolve("../config/cities/boston").normalize();
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("MM/dd/yyyy hh:mm:ss a", Locale.US);

  private static CityPack pack;
  private static Places places;
  private static Router router;

  @BeforeAll
  static void read() {
    for (String file : List.of("wards", "precincts", "police_districts", "neighborhoods"))
      TestData.get("boston2015/" + file + ".geojson.gz");
    pack = CityPackReader.read(FOLDER);
    places =
        new Places(
            GroundIndex.build(pack.boundaries(), pack.city().suspectPoints()),
            pack.gazetteer(),
            pack.boundaryVersion());
    router =
        new Router(pack.duties(), pack.policy().units(), pack.certainScore(), pack.dispatching());
  }

  @Test
  void it_holds_what_the_city_has() {
    assertThat(pack.boundaries().list("police")).hasSize(12);
    assertThat(pack.boundaries().list("neighborhood")).hasSize(26);
    assertThat(pack.boundaries().list("ward"))
        .hasSize(22)
        .allSatisfy(a -> assertThat(a.code()).hasSize(2));
    assertThat(pack.boundaries().list("precinct")).hasSize(255);
    assertThat(pack.city().languages()).first().isEqualTo("en-US");
    assertThat(pack.policy().categories().list().stream().filter(c -> c.parent().isPresent()))
        .hasSize(158);
    assertThat(pack.policy().units().list().stream().filter(u -> u.kind().equals("team")))
        .hasSize(150);
  }

  @Test
  void a_place_is_known_by_every_layer_and_city_hall_by_none_alone() {
    Place beacon = place(-71.0648, 42.3574);
    assertThat(beacon.areas())
        .extracting(Place.AreaName::layer, Place.AreaName::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("police", "A1"),
            org.assertj.core.groups.Tuple.tuple("neighborhood", "N30"),
            org.assertj.core.groups.Tuple.tuple("ward", "05"),
            org.assertj.core.groups.Tuple.tuple("precinct", "0503"));
    assertThat(place(-71.0587, 42.3594).flag()).isEqualTo(Place.Flag.SUSPECT);
  }

  /** Derived from the first half year, so the second half tests it; see the pack's SOURCE.md. */
  @Test
  void july_to_december_mostly_goes_where_the_city_sent_it() throws IOException {
    Map<String, Category> types = new HashMap<>();
    for (Category c : pack.policy().categories().list())
      if (c.parent().isPresent()) types.put(c.name().en(), c);
    int rows = 0;
    int queue = 0;
    int department = 0;
    int suspect = 0;
    for (Map<String, String> row : requests()) {
      LocalDate day = LocalDateTime.parse(row.get("OPEN_DT"), WRITTEN).toLocalDate();
      if (day.getMonthValue() <= 6) continue;
      Place place =
          place(Double.parseDouble(row.get("LONGITUDE")), Double.parseDouble(row.get("LATITUDE")));
      if (place.flag() == Place.Flag.SUSPECT) suspect++;
      if (!place.certain()) continue;
      rows++;
      Suggestion type =
          new Suggestion(Objects.requireNonNull(types.get(row.get("TYPE"))), 1, List.of());
      if (!(router.route(Optional.of(type), place, day)
          instanceof Assignment.Certain(Unit owner, var ground))) continue;
      if (owner.name().en().equals(row.get("QUEUE"))) queue++;
      String above =
          owner.parent().map(p -> pack.policy().units().get(p)).orElse(owner).name().en();
      if (above.startsWith(row.get("Department") + " (")) department++;
    }
    assertThat(suspect).isGreaterThan(8_000);
    assertThat(rows).isGreaterThan(54_000);
    assertThat((double) queue / rows).isCloseTo(0.803, within(0.005));
    assertThat((double) department / rows).isCloseTo(0.955, within(0.005));
  }

  @Test
  void english_words_are_whole_words_and_one_short_word_is_never_certain() {
    SynonymClassifier classifier = new SynonymClassifier(pack.policy().categories());
    assertThat(classifier.classify("the team leader misled me", 3)).isEmpty();
    assertThat(classifier.classify("there is lead in the water", 3))
        .first()
        .satisfies(s -> assertThat(s.category().name().en()).isEqualTo("Lead"))
        .satisfies(s -> assertThat(s.score()).isLessThan(pack.certainScore()));
    assertThat(classifier.classify("Rodent activity behind the school", 3))
        .first()
        .satisfies(s -> assertThat(s.category().name().en()).isEqualTo("Rodent Activity"))
        .satisfies(s -> assertThat(s.score()).isGreaterThanOrEqualTo(pack.certainScore()));
  }

  private static List<Map<String, String>> requests() throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    var csv = new com.fasterxml.jackson.dataformat.csv.CsvMapper();
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(
                        Files.newInputStream(TestData.get("boston2015/boston_311_2015.csv.gz"))),
                    StandardCharsets.UTF_8));
        com.fasterxml.jackson.databind.MappingIterator<Map<String, String>> lines =
            csv.readerForMapOf(String.class)
                .with(com.fasterxml.jackson.dataformat.csv.CsvSchema.emptySchema().withHeader())
                .readValues(in)) {
      lines.forEachRemaining(rows::add);
    }
    return rows;
  }

  private static Place place(double lon, double lat) {
    return places.locate(
        Optional.of(new RawPosition(lon, lat, Crs.WGS84)), OptionalDouble.empty(), "");
  }

  /** Clocks went forward on Sunday 2015-03-08 and back on Sunday 2015-11-01. */
  @Test
  void working_hours_go_by_the_clock_on_the_wall_and_urgent_hours_by_elapsed_time() {
    CategoryKey any = new CategoryKey("311", "0101");
    TimeLimit day = new TimeLimit(Clock.HANDLE, "", "", "", "", 8, TimeLimit.LimitUnit.WH, "");
    assertThat(due(day, "2015-03-06T12:30")).isEqualTo(at("2015-03-09T12:30"));
    assertThat(due(day, "2015-10-30T12:30")).isEqualTo(at("2015-11-02T12:30"));
    TimeLimit hours = new TimeLimit(Clock.HANDLE, "", "", "", "", 24, TimeLimit.LimitUnit.UH, "");
    TimeLimit days = new TimeLimit(Clock.HANDLE, "", "", "", "", 1, TimeLimit.LimitUnit.UD, "");
    for (TimeLimit limit : List.of(hours, days)) {
      assertThat(due(limit, "2015-03-07T12:00")).isEqualTo(at("2015-03-08T13:00"));
      assertThat(due(limit, "2015-10-31T12:00")).isEqualTo(at("2015-11-01T11:00"));
      assertThat(Duration.between(at("2015-10-31T12:00"), due(limit, "2015-10-31T12:00")))
          .isEqualTo(Duration.ofHours(24));
    }
    Deadline paused =
        pack.policy().calendar().start(day, at("2015-03-06T12:30")).pause(at("2015-03-06T16:30"));
    assertThat(pack.policy().calendar().resume(paused, at("2015-03-09T08:30")).dueAt())
        .isEqualTo(at("2015-03-09T12:30"));
    assertThat(pack.policy().limits().find(Clock.HANDLE, "report", Optional.of(any), "normal"))
        .isPresent();
  }

  private static Instant due(TimeLimit limit, String from) {
    return pack.policy().calendar().start(limit, at(from)).dueAt();
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(ZoneId.of("America/New_York")).toInstant();
  }
}
