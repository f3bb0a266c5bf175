package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.city.ComponentFiles;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.component.ComponentRules;
import org.gridline.dispatch.component.ComponentState;
import org.gridline.dispatch.component.Components;
import org.gridline.dispatch.component.Components.Around;
import org.gridline.dispatch.component.Components.Incoming;
import org.gridline.dispatch.component.Components.Search;
import org.gridline.dispatch.component.FileRow;
import org.gridline.dispatch.component.ImportComponents;
import org.gridline.dispatch.component.ImportComponents.Form;
import org.gridline.dispatch.component.Owners;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.intake.Receipt;
import org.gridline.dispatch.intake.Report;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 部件: a report that names one or stands beside one goes to its owner before any duty rule. */
class S20_ComponentLeadsToItsOwnerTest {
  private static final CategoryKey BIN = new CategoryKey("component", "03005");
  private static final CategoryKey BIN_FAULT = new CategoryKey("event", "03005");
  private static final Scope ALL = new Scope.District();
  private static final String URL = TestDatabase.fresh();
  // Inside 尧化社区, far from the sample's own components, which are not imported here.
  private static final Position HERE = new Position(118.8459, 32.1093);

  private static Desk desk;
  private static Components components;
  private static ImportComponents importing;
  private static int number;

  @BeforeAll
  static void open() {
    desk = Desk.open(URL);
    components = desk.database().components();
    Places places =
        new Places(
            GroundIndex.build(desk.pack().boundaries()),
            desk.pack().gazetteer(),
            desk.pack().boundaryVersion());
    ComponentRules rules =
        ComponentFiles.read(
            Desk.repository().resolve("config/cities/qixia-sample"),
            desk.pack().city(),
            desk.pack().policy().categories());
    importing =
        new ImportComponents(
            components,
            rules,
            () -> places,
            desk.pack().policy().units(),
            ZoneId.of("Asia/Shanghai"),
            desk.database().clock());
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @Test
  void a_named_component_goes_to_its_maintainer_and_the_ground_says_so() {
    Position at = HERE.moved(900, 0.3);
    String code = bin(at, "QX-CG", "QX-CG-HW", "CM-320113001001", "完好");
    Receipt receipt = taken(report("坏了,请来修", Optional.empty(), Optional.of(code)));
    assertThat(receipt.ticket().state()).isEqualTo(TicketState.PENDING_SIGN);
    assertThat(receipt.ticket().owner().orElseThrow().unit()).isEqualTo("CM-320113001001");
    Ground.ByComponent ground =
        (Ground.ByComponent) receipt.ticket().owner().orElseThrow().ground();
    assertThat(ground.component()).isEqualTo(code);
    assertThat(ground.role()).isEqualTo("maintenance");
    assertThat(ground.by()).isEqualTo("named");
    assertThat(receipt.ticket().matter().category()).contains(BIN_FAULT);
    assertThat(receipt.ticket().matter().component()).contains(code);
    // The component's own position serves, and the stored ticket says the same.
    assertThat(receipt.ticket().place().position().orElseThrow().lon())
        .isCloseTo(at.lon(), org.assertj.core.data.Offset.offset(1e-6));
    Ticket stored = desk.database().tickets().get(receipt.ticket().id(), ALL);
    assertThat(stored.matter()).isEqualTo(receipt.ticket().matter());
    assertThat(stored.owner()).isEqualTo(receipt.ticket().owner());
  }

  @Test
  void without_a_maintainer_the_proprietor_answers_and_then_the_authority() {
    String owned = bin(HERE.moved(1_000, 1), "QX-CG", "QX-CG-HW", "", "完好");
    assertThat(owner(taken(report("坏了", Optional.empty(), Optional.of(owned)))))
        .isEqualTo("QX-CG-HW");
    String watched = bin(HERE.moved(1_050, 1), "QX-CG", "", "", "完好");
    assertThat(owner(taken(report("坏了", Optional.empty(), Optional.of(watched)))))
        .isEqualTo("QX-CG");
  }

  @Test
  void digits_in_the_words_name_it_too() {
    String code = bin(HERE.moved(700, 2), "", "", "QX-LH", "破损");
    Receipt receipt =
        taken(report("编号" + code + "的垃圾箱坏了", Optional.of(HERE.moved(690, 2)), Optional.empty()));
    assertThat(owner(receipt)).isEqualTo("QX-LH");
    // One digit more is another number.
    Receipt other = taken(report("订单1" + code + ",垃圾箱坏了", Optional.of(HERE), Optional.empty()));
    assertThat(other.component()).isEmpty();
  }

  @Test
  void one_of_the_class_beside_an_exact_position_is_pointed_at() {
    Position at = HERE.moved(300, 3);
    String code = bin(at, "", "", "QX-LH", "完好");
    Receipt receipt = taken(bin(at.moved(3, 1), OptionalDouble.empty()));
    assertThat(owner(receipt)).isEqualTo("QX-LH");
    Ground.ByComponent ground =
        (Ground.ByComponent) receipt.ticket().owner().orElseThrow().ground();
    assertThat(ground.by()).isEqualTo("near");
    assertThat(ground.metres()).isBetween(2.0, 4.0);
    assertThat(ground.component()).isEqualTo(code);
    // Ten metres away, or a position known within 30 m, points at nothing.
    assertThat(taken(bin(at.moved(10, 1), OptionalDouble.empty())).component()).isEmpty();
    assertThat(taken(bin(at.moved(3, 1), OptionalDouble.of(30))).component()).isEmpty();
  }

  @Test
  void several_near_ones_go_to_a_person_with_candidates() {
    Position at = HERE.moved(350, 4.5);
    bin(at, "", "", "QX-LH", "完好");
    bin(at.moved(2, 1), "", "", "QX-CG-HW", "完好");
    Receipt receipt = taken(bin(at.moved(1, 1), OptionalDouble.empty()));
    assertThat(receipt.ticket().owner()).isEmpty();
    assertThat(receipt.candidates())
        .extracting(c -> c.unit().code())
        .containsExactlyInAnyOrder("QX-LH", "QX-CG-HW");
  }

  @Test
  void what_has_no_owner_or_was_removed_falls_through_with_the_reason() throws SQLException {
    String nobodys = bin(HERE.moved(400, 5.5), "", "", "", "完好");
    Receipt receipt = taken(report("垃圾箱坏了", Optional.empty(), Optional.of(nobodys)));
    assertThat(receipt.ticket().owner().orElseThrow().ground()).isInstanceOf(Ground.ByRule.class);
    assertThat(receipt.ticket().matter().component()).contains(nobodys);
    assertThat(passed(receipt)).contains("\"componentPassed\":\"no_owner\"");
    String gone = bin(HERE.moved(450, 5.5), "", "", "QX-LH", "移除");
    assertThat(passed(taken(report("垃圾箱坏了", Optional.empty(), Optional.of(gone)))))
        .contains("\"componentPassed\":\"removed\"");
  }

  @Test
  void units_that_are_unknown_or_have_nobody_fall_through_too() throws SQLException {
    String unknown = old("QX-GONE");
    assertThat(passed(taken(report("垃圾箱坏了", Optional.empty(), Optional.of(unknown)))))
        .contains("\"componentPassed\":\"unit_unknown\"");
    String empty = old("CM-320113001002");
    Receipt receipt = taken(report("垃圾箱坏了", Optional.empty(), Optional.of(empty)));
    assertThat(passed(receipt)).contains("\"componentPassed\":\"unit_unstaffed\"");
    assertThat(receipt.ticket().owner().orElseThrow().ground()).isInstanceOf(Ground.ByRule.class);
  }

  @Test
  void a_named_one_that_lies_elsewhere_goes_to_a_person() {
    String code = bin(HERE.moved(200, 0), "", "", "QX-LH", "完好");
    Receipt receipt = taken(report("垃圾箱坏了", Optional.of(HERE.moved(1_200, 0)), Optional.of(code)));
    assertThat(receipt.ticket().owner()).isEmpty();
    assertThat(receipt.candidates()).extracting(c -> c.unit().code()).containsExactly("QX-LH");
    assertThatThrownBy(
            () -> taken(report("坏了", Optional.empty(), Optional.of("32011303005999999"))))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.COMPONENT_UNKNOWN));
  }

  @Test
  void noise_with_the_code_of_a_component_is_no_matter_of_its_maintainer() throws SQLException {
    String code = bin(HERE.moved(500, 2.2), "", "", "QX-LH", "完好");
    CategoryKey noise = new CategoryKey("event", "06028");
    Receipt chosen = taken(with(report("很吵", Optional.empty(), Optional.of(code)), noise));
    assertThat(chosen.ticket().matter().category()).contains(noise);
    assertThat(owner(chosen)).isEqualTo("QX-GA-ZA");
    assertThat(chosen.ticket().owner().orElseThrow().ground()).isInstanceOf(Ground.ByRule.class);
    assertThat(chosen.ticket().matter().component()).as("kept on the ticket").contains(code);
    assertThat(passed(chosen)).contains("\"componentPassed\":\"other_matter\"");
  }

  @Test
  void words_that_leave_no_doubt_count_like_a_choice_and_doubtful_ones_don_t() throws SQLException {
    String code = bin(HERE.moved(520, 2.2), "", "", "QX-LH", "完好");
    Receipt lamp = taken(report("路灯不亮", Optional.empty(), Optional.of(code)));
    assertThat(lamp.ticket().matter().category()).contains(new CategoryKey("event", "01037"));
    assertThat(lamp.ticket().owner().orElseThrow().ground()).isInstanceOf(Ground.ByRule.class);
    assertThat(passed(lamp)).contains("\"componentPassed\":\"other_matter\"");
    Receipt doubtful = taken(report("这个要修一下", Optional.empty(), Optional.of(code)));
    assertThat(owner(doubtful)).isEqualTo("QX-LH");
    assertThat(doubtful.ticket().matter().category()).contains(BIN_FAULT);
  }

  @Test
  void another_category_that_the_pack_names_for_the_class_leads_to_the_owner_too() {
    String code = bin(HERE.moved(540, 2.2), "", "", "QX-LH", "完好");
    CategoryKey overflowing = new CategoryKey("event", "06042");
    Receipt receipt = taken(with(report("太满了", Optional.empty(), Optional.of(code)), overflowing));
    assertThat(owner(receipt)).isEqualTo("QX-LH");
    assertThat(receipt.ticket().matter().category()).contains(overflowing);
  }

  @Test
  void several_named_ones_that_all_fit_no_matter_are_passed() throws SQLException {
    String one = bin(HERE.moved(560, 2.2), "", "", "QX-LH", "完好");
    String two = bin(HERE.moved(580, 2.2), "", "", "QX-CG-HW", "完好");
    Report report =
        with(
            report(one + "和" + two + "之间很吵", Optional.of(HERE.moved(570, 2.2)), Optional.empty()),
            new CategoryKey("event", "06028"));
    Receipt receipt = taken(report);
    assertThat(owner(receipt)).isEqualTo("QX-GA-ZA");
    assertThat(passed(receipt)).contains("\"componentPassed\":\"other_matter\"");
  }

  @Test
  void the_same_rows_again_change_nothing_and_others_leave_history() throws SQLException {
    Map<String, String> row = row(HERE.moved(600, 0.9), "", "", "QX-LH", "完好");
    row.put("changed", "2026-01-05");
    row.put("since", "2026-01-05");
    assertThat(take(row).tally().added()).isEqualTo(1);
    assertThat(take(row).tally().unchanged()).isEqualTo(1);
    row.put("name", "新名称");
    row.put("changed", "2026-02-05");
    assertThat(take(row).tally().changed()).isEqualTo(1);
    row.put("name", "更旧的名称");
    row.put("changed", "2026-01-20");
    assertThat(take(row).tally().kept()).isEqualTo(1);
    ComponentCode code = new ComponentCode(code(row));
    assertThat(components.get(code, ALL).name()).isEqualTo("新名称");
    assertThat(components.get(code, ALL).changedOn()).isEqualTo(LocalDate.of(2026, 2, 5));
    assertThat(components.history(code, ALL)).hasSize(2);
    try (Connection c = TestDatabase.connectTo(URL);
        Statement s = c.createStatement()) {
      assertThatThrownBy(() -> s.execute("UPDATE component_history SET why = 'x'"))
          .hasMessageContaining("history does not change");
      assertThatThrownBy(() -> s.execute("DELETE FROM component_history"))
          .hasMessageContaining("history does not change");
      assertThatThrownBy(() -> s.execute("TRUNCATE component_history"))
          .hasMessageContaining("history does not change");
    }
  }

  @Test
  void each_bad_row_is_refused_with_its_line_and_the_good_ones_go_on() {
    Map<String, String> good = row(HERE.moved(650, 1.4), "", "", "QX-LH", "完好");
    List<FileRow> rows = new ArrayList<>();
    rows.add(new FileRow(2, good, Optional.empty()));
    rows.add(bad(3, good, "code", "12345"));
    rows.add(bad(4, good, "code", "32011501001000001"));
    rows.add(bad(5, good, "code", "3201130300500000x"));
    rows.add(bad(6, good, "class", "01001"));
    rows.add(bad(7, good, "lon", "121.5"));
    rows.add(bad(8, good, "lon", "NaN"));
    rows.add(bad(9, good, "lat", "1e400"));
    rows.add(bad(10, good, "maintenance", "没有的单位"));
    rows.add(bad(11, good, "state", "崭新"));
    rows.add(bad(12, good, "since", "2099-01-01"));
    rows.add(bad(13, good, "name", "x".repeat(101)));
    rows.add(bad(14, good, "name", "nul\u0000"));
    rows.add(bad(15, good, "name", "\uFFFD"));
    rows.add(FileRow.unreadable(16, "too long"));
    rows.add(new FileRow(17, good, Optional.empty()));
    rows.add(new FileRow(18, Map.of(), Optional.empty()));
    ImportComponents.Report report =
        importing.takePack(rows.iterator(), new Form(Crs.WGS84, "t", Component.Origin.SURVEYED));
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.rejected()).isEqualTo(16);
    assertThat(report.told())
        .extracting(ImportComponents.Rejected::line)
        .containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L);
    assertThat(report.told()).allSatisfy(r -> assertThat(r.reason()).isNotBlank());
  }

  @Test
  void units_by_their_names_and_other_systems_are_understood() {
    Map<String, String> row = row(HERE.moved(800, 1.7), "", "", "", "完好");
    row.put("maintenance_name", "绿化园林局");
    assertThat(take(row).rejected()).isZero();
    assertThat(components.get(new ComponentCode(code(row)), ALL).owners().maintenance())
        .contains("QX-LH");
  }

  @Test
  void nothing_outside_the_scope_is_found_and_near_ones_come_first() {
    Position at = HERE.moved(250, 5);
    String code = bin(at, "", "", "QX-LH", "完好");
    Scope yaohua = new Scope.Limited(java.util.Set.of("320113001"), java.util.Set.of());
    Scope maqun = new Scope.Limited(java.util.Set.of("320113002"), java.util.Set.of());
    Scope greens = new Scope.Limited(java.util.Set.of(), java.util.Set.of("QX-LH"));
    Search near = search(Optional.of(new Around(at, 60)));
    assertThat(components.list(near, yaohua).components().getFirst().component().code().text())
        .isEqualTo(code);
    assertThat(components.list(near, greens).components()).isNotEmpty();
    assertThat(components.list(near, maqun).components()).isEmpty();
    assertThat(components.list(near, new Scope.Nothing()).components()).isEmpty();
    assertThat(components.history(new ComponentCode(code), maqun)).isEmpty();
    assertThatThrownBy(() -> components.get(new ComponentCode(code), maqun))
        .isInstanceOf(Failure.class);
  }

  @Test
  void a_large_file_is_written_in_short_statements() {
    List<Incoming> rows = new ArrayList<>();
    Instant now = desk.database().clock().instant();
    for (int i = 0; i < 200; i++) {
      Position at = HERE.moved(i / 10.0, i);
      Component c =
          new Component(
              new ComponentCode("32011303005%06d".formatted(700_000 + i)),
              BIN,
              "批量",
              at,
              List.of(),
              "v",
              new Owners(Optional.empty(), Optional.empty(), Optional.empty()),
              ComponentState.REMOVED,
              LocalDate.of(2026, 1, 1),
              LocalDate.of(2026, 1, 1),
              "",
              "",
              Component.Origin.SYNTHETIC,
              1);
      rows.add(new Incoming(c, Optional.empty(), Optional.empty(), Optional.empty()));
    }
    long from = System.nanoTime();
    assertThat(components.take(rows, new Actor.Rule("t"), now).added()).isEqualTo(200);
    System.out.printf("200 components written in %d ms%n", (System.nanoTime() - from) / 1_000_000);
    assertThat(components.take(rows, new Actor.Rule("t"), now).unchanged()).isEqualTo(200);
  }

  private static Search search(Optional<Around> near) {
    return new Search(
        Optional.empty(), "", Optional.empty(), Optional.empty(), near, 10, Optional.empty());
  }

  private static FileRow bad(long line, Map<String, String> good, String column, String value) {
    Map<String, String> cells = new HashMap<>(good);
    cells.put("code", "32011303005%06d".formatted(++number));
    cells.put(column, value);
    return new FileRow(line, cells, Optional.empty());
  }

  private static Map<String, String> row(
      Position at, String authority, String property, String maintenance, String state) {
    Map<String, String> cells = new HashMap<>();
    cells.put("code", "32011303005%06d".formatted(++number));
    cells.put("class", "03005");
    cells.put("lon", String.valueOf(at.lon()));
    cells.put("lat", String.valueOf(at.lat()));
    cells.put("authority", authority);
    cells.put("property", property);
    cells.put("maintenance", maintenance);
    cells.put("state", state);
    return cells;
  }

  private static String code(Map<String, String> row) {
    return row.getOrDefault("code", "");
  }

  private static ImportComponents.Report take(Map<String, String> row) {
    return importing.takePack(
        List.of(new FileRow(2, row, Optional.empty())).iterator(),
        new Form(Crs.WGS84, "t", Component.Origin.SYNTHETIC));
  }

  private static String bin(
      Position at, String authority, String property, String maintenance, String state) {
    Map<String, String> row = row(at, authority, property, maintenance, state);
    assertThat(take(row).told()).isEmpty();
    return code(row);
  }

  /** As it stands in a register whose units were reorganised since. */
  private static String old(String maintenance) {
    Component c =
        new Component(
            new ComponentCode("32011303005%06d".formatted(++number)),
            BIN,
            "旧",
            HERE.moved(150, number),
            List.of(),
            "v",
            new Owners(Optional.empty(), Optional.empty(), Optional.of(maintenance)),
            ComponentState.INTACT,
            LocalDate.of(2020, 1, 1),
            LocalDate.of(2020, 1, 1),
            "",
            "",
            Component.Origin.SYNTHETIC,
            1);
    components.take(
        List.of(new Incoming(c, Optional.empty(), Optional.empty(), Optional.empty())),
        new Actor.Rule("t"),
        desk.database().clock().instant());
    return c.code().text();
  }

  private static Report report(String words, Optional<Position> at, Optional<String> component) {
    Report plain = Desk.report(words, HERE.lon(), HERE.lat());
    return new Report(
        plain.channel(),
        plain.type(),
        plain.urgency(),
        words,
        plain.caller(),
        "",
        at.map(p -> new RawPosition(p.lon(), p.lat(), Crs.WGS84)),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        component.map(ComponentCode::new));
  }

  private static Report bin(Position at, OptionalDouble accuracy) {
    Report plain = with(report("垃圾箱坏了", Optional.of(at), Optional.empty()), BIN_FAULT);
    return new Report(
        plain.channel(),
        plain.type(),
        plain.urgency(),
        plain.words(),
        plain.caller(),
        "",
        plain.position(),
        accuracy,
        plain.category(),
        plain.observedAt(),
        plain.call(),
        plain.component());
  }

  private static Report with(Report plain, CategoryKey category) {
    return new Report(
        plain.channel(),
        plain.type(),
        plain.urgency(),
        plain.words(),
        plain.caller(),
        plain.address(),
        plain.position(),
        plain.accuracyMetres(),
        Optional.of(category),
        plain.observedAt(),
        plain.call(),
        plain.component());
  }

  private static Receipt taken(Report report) {
    return switch (desk.take(report, UUID.randomUUID().toString())) {
      case TakeReport.Answer.First(var receipt, var bytes) -> receipt;
      case TakeReport.Answer.Again(var bytes) -> throw new AssertionError("a fresh key");
    };
  }

  private static String owner(Receipt receipt) {
    return receipt.ticket().owner().orElseThrow().unit();
  }

  private static String passed(Receipt receipt) throws SQLException {
    try (Connection c = TestDatabase.connectTo(URL);
        var query =
            c.prepareStatement(
                "SELECT data FROM ticket_event WHERE ticket_id = ? AND version = 1")) {
      query.setLong(1, receipt.ticket().id());
      var rows = query.executeQuery();
      rows.next();
      return rows.getString(1);
    }
  }
}
