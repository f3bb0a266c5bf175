package org.gridline.dispatch.search.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.store.Desk;
import org.gridline.dispatch.store.TestDatabase;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.dispatch.ticket.TicketStore.Near;
import org.gridline.dispatch.ticket.TicketStore.Search;
import org.gridline.dispatch.ticket.TicketStore.Sort;
import org.gridline.dispatch.ticket.TicketWords.Found;
import org.gridline.dispatch.ticket.TicketWords.Reader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tickets are found by their words, by those who may see them, whatever happens to the index. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class TicketsByWordsTest {
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final Scope ALL = new Scope.District();
  private static final double YAOHUA_LON = 118.8445;
  private static final double YAOHUA_LAT = 32.1204;

  private final String url = TestDatabase.fresh();
  private final Path folder = fresh();
  private Desk desk;
  private LuceneTicketWords words;
  private Ticket lamp;
  private Ticket maqun;
  private Ticket english;

  @BeforeAll
  void three_calls() {
    desk = Desk.open(url);
    words = open(folder);
    lamp = desk.call("尧化门街路燈不亮,晚上黑灯瞎火,我住12幢502室", YAOHUA_LON, YAOHUA_LAT).ticket();
    maqun = desk.call("路灯坏了,垃圾满溢", 118.9018, 32.0574).ticket();
    english = desk.call("Two potholes near the SCHOOL gate", YAOHUA_LON, YAOHUA_LAT).ticket();
    until(() -> caughtUp(words));
  }

  @AfterAll
  void close() {
    words.close();
    desk.close();
  }

  @ParameterizedTest
  @CsvSource({
    "路灯, lamp maqun",
    "路燈, lamp maqun",
    "路灯不亮, lamp",
    "路灯 晚上, lamp",
    "黑灯瞎, lamp",
    "化门街, lamp",
    "尧化门, lamp",
    "尧化门街晚上, lamp",
    "垃圾, maqun",
    "坏了垃圾, maqun",
    "亮, lamp",
    "门路灯, ''",
    "pothole, english",
    "POTHOLES, english",
    "ｐｏｔｈｏｌｅ, english",
    "scho, english",
    "school pothole, english",
    "othole, ''",
    "502, ''",
    "12幢, ''",
    "王样例, ''",
    "13800000001, ''",
  })
  void others_find(String query, String tickets) {
    List<Long> three = List.of(lamp.id(), maqun.id(), english.id());
    assertThat(find(query, Reader.OTHERS, ALL).ids().stream().filter(three::contains))
        .as(query)
        .containsExactlyInAnyOrderElementsOf(ids(tickets));
  }

  @Test
  void the_centre_finds_what_it_reads_and_no_caller() {
    assertThat(find("502", Reader.CENTRE, ALL).ids()).containsExactly(lamp.id());
    assertThat(find("12幢", Reader.CENTRE, ALL).ids()).containsExactly(lamp.id());
    assertThat(find("王样例", Reader.CENTRE, ALL).ids()).isEmpty();
    assertThat(find("13800000001", Reader.CENTRE, ALL).ids()).isEmpty();
  }

  @Test
  void a_scope_limits_hits_and_counts() {
    Scope yaohua = new Scope.Limited(Set.of("320113001"), Set.of());
    assertThat(find("化门街", Reader.OTHERS, yaohua))
        .isEqualTo(new Found(List.of(lamp.id()), Optional.empty(), 1));
    String unit = maqun.owner().orElseThrow().unit();
    assertThat(find("路灯", Reader.OTHERS, new Scope.Limited(Set.of(), Set.of(unit))).ids())
        .contains(maqun.id());
    assertThat(
            find("垃圾", Reader.OTHERS, new Scope.Limited(Set.of("nowhere"), Set.of("nobody")))
                .total())
        .isZero();
    assertThat(find("路灯", Reader.OTHERS, new Scope.Limited(Set.of(), Set.of())).total()).isZero();
    assertThat(find("路灯", Reader.CENTRE, new Scope.Nothing()).total()).isZero();
  }

  @Test
  void every_wish_of_a_search_counts_as_in_the_store() {
    Search any = search(Sort.NEWEST, 50, Optional.empty());
    Instant at = lamp.registeredAt();
    String unit = lamp.owner().orElseThrow().unit();
    String code = lamp.matter().category().orElseThrow().code();
    String kind = lamp.matter().category().orElseThrow().kind();
    List<Search> fitting =
        List.of(
            with(
                any,
                List.of(lamp.state()),
                Optional.of(unit),
                Optional.of("320113001"),
                Optional.of(kind),
                code.substring(0, 2),
                Optional.of(at),
                Optional.of(at.plusNanos(1_000)),
                lamp.number().substring(0, 4),
                Optional.of(new Near(YAOHUA_LON, YAOHUA_LAT, 5))));
    for (Search s : fitting) {
      assertThat(words.find("化门街", Reader.OTHERS, s, ALL).ids()).containsExactly(lamp.id());
      assertThat(desk.database().tickets().list(s, ALL).tickets())
          .extracting(Ticket::id)
          .containsExactly(lamp.id());
    }
    List<Search> missing =
        List.of(
            with(
                any,
                List.of(TicketState.CLOSED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()),
            with(
                any,
                List.of(),
                Optional.of("NOBODY"),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()),
            with(
                any,
                List.of(),
                Optional.empty(),
                Optional.of("1"),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()),
            with(
                any,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("none"),
                "",
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()),
            with(
                any,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "none",
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()),
            with(
                any,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.of(at),
                "",
                Optional.of(new Near(YAOHUA_LON, YAOHUA_LAT, 5))),
            with(
                any,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                "none",
                Optional.empty()));
    for (Search s : missing)
      assertThat(words.find("路灯", Reader.OTHERS, s, ALL).ids()).doesNotContain(lamp.id());
  }

  @Test
  void pages_hold_each_ticket_once_in_the_stores_order() {
    try (Desk other = Desk.open(TestDatabase.fresh());
        LuceneTicketWords all = open(other, fresh())) {
      for (int i = 0; i < 7; i++) other.call("下水道堵塞", YAOHUA_LON, YAOHUA_LAT);
      until(
          () ->
              all.ready()
                  && all.position() == other.database().events().end().seq()
                  && all.diff().same());
      for (Sort sort : Sort.values()) {
        List<Long> paged = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
          Found page = all.find("下水道", Reader.OTHERS, search(sort, 3, cursor), ALL);
          assertThat(page.total()).isEqualTo(7);
          paged.addAll(page.ids());
          cursor = page.next();
        } while (cursor.isPresent());
        Search whole = search(sort, 50, Optional.empty());
        assertThat(paged)
            .containsExactlyElementsOf(
                other.database().tickets().list(whole, ALL).tickets().stream()
                    .map(Ticket::id)
                    .toList());
        assertThat(other.database().tickets().listAmong(paged, whole, ALL))
            .extracting(Ticket::id)
            .containsExactlyElementsOf(paged);
      }
    }
    assertThatThrownBy(
            () -> words.find("路灯", Reader.OTHERS, search(Sort.DUE, 3, Optional.of("12")), ALL))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.INVALID_REQUEST));
  }

  @Test
  void a_changed_ticket_is_found_as_it_stands() {
    Ticket ticket = desk.call("路灯不亮,路灯坏了,晚上黑灯瞎火,旁边有围挡", YAOHUA_LON, YAOHUA_LAT).ticket();
    until(() -> !find("围挡", Reader.OTHERS, ALL).ids().isEmpty());
    Ticket signed =
        desk.act(
            ticket, desk.handlerOf(ticket.owner().orElseThrow().unit()), ActionKind.SIGN, Map.of());
    Search handling =
        with(
            search(Sort.NEWEST, 9, Optional.empty()),
            List.of(signed.state()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty());
    until(() -> words.find("围挡", Reader.OTHERS, handling, ALL).ids().equals(List.of(ticket.id())));
    until(() -> words.diff().same());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "?",
        "*灯",
        "路*",
        "路灯 OR 垃圾",
        "centre:502",
        "others:*",
        "-路灯",
        "\"",
        "路灯~2",
        "[a TO z]",
        "(((((",
        "😀",
        "\u0000\u001b",
        "\ud83d",
        "路\udc00灯",
        "/.*/",
        "^",
        "' OR 1=1 --"
      })
  void no_syntax_reaches_the_index(String query) {
    Found found = find(query, Reader.OTHERS, ALL);
    assertThat(found.ids()).doesNotContain(english.id());
  }

  @Test
  void huge_questions_are_bounded() {
    assertThat(find("路灯".repeat(5_000), Reader.OTHERS, ALL).ids()).contains(lamp.id());
    assertThat(find("路灯" + "x".repeat(9_998), Reader.OTHERS, ALL).ids()).isEmpty();
    find("a b ".repeat(2_500), Reader.OTHERS, ALL);
  }

  @Test
  void an_index_deleted_while_running_is_made_anew() throws IOException {
    int before = words.rebuilds();
    Instant deleted = Instant.now();
    delete(folder);
    until(() -> words.rebuilds() > before);
    assertThat(Duration.between(deleted, Instant.now())).isLessThan(Duration.ofSeconds(30));
    until(() -> caughtUp(words));
    assertThat(find("化门街", Reader.OTHERS, ALL).ids()).containsExactly(lamp.id());
  }

  @Test
  void another_start_goes_on_where_the_last_one_stopped() throws IOException {
    Path own = fresh();
    try (LuceneTicketWords first = open(own)) {
      until(() -> caughtUp(first));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .isEqualTo("rwx------");
    desk.call("电梯故障", YAOHUA_LON, YAOHUA_LAT);
    try (LuceneTicketWords again = open(own)) {
      until(() -> caughtUp(again));
      assertThat(again.rebuilds()).isZero();
      assertThat(
              again
                  .find("电梯故障", Reader.OTHERS, search(Sort.NEWEST, 5, Optional.empty()), ALL)
                  .ids())
          .isNotEmpty();
    }
  }

  @Test
  void a_broken_or_foreign_index_is_made_anew() throws IOException {
    Path own = fresh();
    try (LuceneTicketWords first = open(own)) {
      until(() -> caughtUp(first));
    }
    try (Stream<Path> files = Files.list(own)) {
      for (Path f : files.filter(f -> f.getFileName().toString().startsWith("segments")).toList())
        Files.write(f, new byte[] {1, 2, 3});
    }
    try (LuceneTicketWords again = open(own)) {
      until(() -> caughtUp(again));
      assertThat(again.rebuilds()).isPositive();
    }
    try (Desk other = Desk.open(TestDatabase.fresh());
        LuceneTicketWords foreign = open(other, own)) {
      until(() -> foreign.ready() && foreign.rebuilds() > 0 && foreign.diff().same());
      assertThat(foreign.diff().tickets()).isZero();
    }
  }

  @Test
  void words_of_a_forgotten_person_are_not_made_again() throws SQLException {
    String own = TestDatabase.fresh();
    try (Desk other = Desk.open(own);
        LuceneTicketWords index = open(other, fresh())) {
      Ticket ticket = other.call("路灯不亮,路灯坏了,晚上黑灯瞎火,噪音扰民", YAOHUA_LON, YAOHUA_LAT).ticket();
      Search newest = search(Sort.NEWEST, 5, Optional.empty());
      until(() -> index.find("噪音扰民", Reader.CENTRE, newest, ALL).total() == 1);
      try (var connection = TestDatabase.connectTo(own);
          var erase =
              connection.prepareStatement(
                  "UPDATE person SET wrapped_key = NULL, sealed = NULL, erased_at = now()")) {
        erase.executeUpdate();
      }
      String unit = ticket.owner().orElseThrow().unit();
      other.act(ticket, other.handlerOf(unit), ActionKind.SIGN, Map.of());
      until(() -> index.find("噪音扰民", Reader.CENTRE, newest, ALL).total() == 0);
      until(() -> index.diff().same() && index.diff().tickets() == 1);
    }
  }

  @Test
  void before_the_log_is_read_words_are_refused() {
    LuceneTicketWords cold =
        new LuceneTicketWords(
            fresh(), desk.database().events(), desk.database().tickets(), (r, t, k, p) -> t);
    assertThatThrownBy(
            () -> cold.find("路灯", Reader.OTHERS, search(Sort.NEWEST, 5, Optional.empty()), ALL))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.UNAVAILABLE));
  }

  private boolean caughtUp(LuceneTicketWords index) {
    return index.ready()
        && index.position() == desk.database().events().end().seq()
        && index.diff().same()
        && index.diff().tickets() > 0;
  }

  private Found find(String query, Reader reader, Scope scope) {
    return words.find(query, reader, search(Sort.NEWEST, 50, Optional.empty()), scope);
  }

  private List<Long> ids(String names) {
    Map<String, Ticket> known = Map.of("lamp", lamp, "maqun", maqun, "english", english);
    return Stream.of(names.split(" "))
        .filter(n -> !n.isEmpty())
        .map(n -> Optional.ofNullable(known.get(n)).orElseThrow().id())
        .toList();
  }

  private LuceneTicketWords open(Path folder) {
    return open(desk, folder);
  }

  private static LuceneTicketWords open(Desk desk, Path folder) {
    LuceneTicketWords words =
        new LuceneTicketWords(
            folder,
            desk.database().events(),
            desk.database().tickets(),
            (reader, text, ticket, particulars) -> text.replaceAll("[0-9]+(幢|室)", "***"));
    words.start();
    return words;
  }

  private static Search search(Sort sort, int limit, Optional<String> cursor) {
    return new Search(
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        sort,
        limit,
        cursor,
        Set.of());
  }

  private static Search with(
      Search s,
      List<TicketState> states,
      Optional<String> unit,
      Optional<String> area,
      Optional<String> kind,
      String code,
      Optional<Instant> from,
      Optional<Instant> to,
      String number,
      Optional<Near> near) {
    return new Search(
        states,
        unit,
        area.stream().toList(),
        kind,
        code,
        from,
        to,
        number,
        near,
        s.sort(),
        s.limit(),
        s.cursor(),
        s.flags());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
  }

  private static Path fresh() {
    try {
      return Files.createTempDirectory("gridline-search").resolve("search");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plus(MOST);
    while (true) {
      try {
        if (condition.getAsBoolean()) return;
      } catch (Failure notYet) {
        // Unavailable for as long as the index is being made.
      }
      if (Instant.now().isAfter(end)) throw new AssertionError("did not come true within " + MOST);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
