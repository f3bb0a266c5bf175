package org.gridline.dispatch.search.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.place.Addresses.Hit;
import org.gridline.dispatch.place.Addresses.Span;
import org.gridline.dispatch.place.AreaPlaces;
import org.gridline.dispatch.place.Gazetteer.Entry;
import org.gridline.dispatch.place.Gazetteer.Origin;
import org.gridline.dispatch.store.Desk;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes first for what somebody types; the table beside this test is the specification. */
class AddressRankingTest {
  private static final CityPack PACK =
      CityPackReader.read(Desk.repository().resolve("config/cities/qixia-sample"));
  private static final LuceneAddresses ADDRESSES = LuceneAddresses.build(places());

  @ParameterizedTest
  @CsvFileSource(resources = "ranking.csv", numLinesToSkip = 1)
  void first_hit(String query, String first, String why) {
    List<String> names = ADDRESSES.list(query, 5).stream().map(h -> h.entry().name()).toList();
    assertThat(names).as(why).isNotEmpty();
    assertThat(names.getFirst()).as(why + " " + names).isEqualTo(first);
  }

  @Test
  void the_parts_that_fit_are_named() {
    assertThat(spans("yhgongyuan")).containsExactly(new Span(0, 4));
    assertThat(spans("湿地公园")).containsExactly(new Span(3, 7));
    assertThat(spans("尧化 地铁")).containsExactly(new Span(0, 2), new Span(3, 5));
    assertThat(spans("city hall")).containsExactly(new Span(0, 4), new Span(5, 9));
    Hit alias = ADDRESSES.list("尧化菜", 1).getFirst();
    assertThat(alias.name()).isEqualTo("尧化菜场");
    assertThat(alias.matched()).containsExactly(new Span(0, 3));
  }

  @Test
  void each_place_comes_once_and_no_more_than_asked_for() {
    List<Hit> hits = ADDRESSES.list("y", 20);
    assertThat(hits).hasSize(20);
    assertThat(hits).extracting(Hit::entry).doesNotHaveDuplicates();
    assertThat(hits).extracting(Hit::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(hits).allSatisfy(h -> assertThat(h.score()).isBetween(0.0, 1.0));
  }

  @Test
  void an_area_has_a_point_inside_it() {
    Hit street = ADDRESSES.list("尧化街道", 1).getFirst();
    assertThat(street.entry().area()).isEqualTo("320113001");
    assertThat(street.entry().kind()).isEqualTo("street");
    assertThat(street.entry().origin()).isEqualTo(Origin.SYNTHETIC);
  }

  @ParameterizedTest
  @Timeout(5)
  @ValueSource(
      strings = {
        "",
        " ",
        "\u0000\u0001\u001b[31m",
        "\ud800",
        "\udc00尧",
        "尧\ud83d",
        "😀😀😀",
        "****",
        "????",
        "[a-z]+",
        "yao|hua/men",
        "|",
        "/",
        "\ue000",
        "尧\ue000化",
        "AND OR NOT",
        "\"尧化\"~9",
        "name:尧",
        "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "h h h h h h h h h h h h h h h h h h h h h",
        "zhchshzhchshzhchshzhchshzhchsh"
      })
  void nothing_typed_breaks_it(String query) {
    assertThatCode(() -> ADDRESSES.list(query, 20)).doesNotThrowAnyException();
  }

  @Test
  @Timeout(20)
  void huge_and_random_texts_are_answered() {
    ADDRESSES.list("尧化".repeat(5_000), 20);
    ADDRESSES.list("a ".repeat(5_000), 20);
    Random random = new Random(7);
    String letters = "yaohumenzcsgi 尧化门路12号*|/";
    for (int i = 0; i < 150; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(30); n >= 0; n--)
        text.append(letters.charAt(random.nextInt(letters.length())));
      for (Hit hit : ADDRESSES.list(text.toString(), 20))
        for (Span span : hit.matched())
          assertThat(span.to()).isLessThanOrEqualTo(hit.name().length());
    }
  }

  private static List<Span> spans(String query) {
    return ADDRESSES.list(query, 1).getFirst().matched();
  }

  private static List<Entry> places() {
    List<Entry> places = new ArrayList<>(PACK.gazetteer().entries());
    places.addAll(AreaPlaces.list(PACK.boundaries(), Map.of(), Origin.SYNTHETIC));
    try (InputStream in = AddressRankingTest.class.getResourceAsStream("places.csv")) {
      if (in == null) throw new AssertionError("places.csv is missing");
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(cells -> place(cells[0], cells[1]))
          .forEach(places::add);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return places;
  }

  private static Entry place(String name, String aliases) {
    List<String> others = Arrays.stream(aliases.split("\\|")).filter(a -> !a.isEmpty()).toList();
    return new Entry(name, others, "1", new Position(118.9, 32.1), "poi", Origin.SYNTHETIC);
  }
}
