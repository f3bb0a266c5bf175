package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.component.ComponentState;
import org.gridline.dispatch.component.Components;
import org.gridline.dispatch.component.Components.Incoming;
import org.gridline.dispatch.component.Components.Search;
import org.gridline.dispatch.component.Owners;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.ground.AreaUpkeep;
import org.gridline.dispatch.ground.AreaUpkeep.Kind;
import org.gridline.dispatch.ground.AreaUpkeep.Phase;
import org.gridline.dispatch.ground.AreaUpkeep.Progress;
import org.gridline.dispatch.ground.AreaUpkeep.Settled;
import org.gridline.dispatch.ground.AreaUpkeep.Standing;
import org.gridline.dispatch.ground.AreaUpkeep.Turn;
import org.gridline.dispatch.ground.KeepAreas;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

/** Boundaries change under components and older tickets, and both are found where they lie. */
class AreasFollowTheGroundTest {
  private static final String WHOLE = "320113001001";
  private static final String WEST = "320113001901";
  private static final String EAST = "320113001902";
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int MANY = 450;

  @Test
  void components_are_found_by_those_who_got_the_part_and_by_the_whole_again_after_a_take_back() {
    try (MovingGround ground = new MovingGround()) {
      List<Geometry> halves = MovingGround.halves(ground.area(WHOLE).shape());
      Component west = component(ground, 1, MovingGround.in(halves.getFirst()));
      Component east = component(ground, 2, MovingGround.in(halves.getLast()));
      register(ground, List.of(west, east));
      split(ground);
      ground.settle();
      assertThat(found(ground, ground.holder(WEST))).containsExactly(west.code());
      assertThat(found(ground, ground.holder(EAST))).containsExactly(east.code());
      assertThat(found(ground, ground.holder(WHOLE)))
          .as("those of the whole go on seeing both")
          .containsExactly(west.code(), east.code());
      Component now = stored(ground, west);
      assertThat(now.boundaryVersion()).isEqualTo(ground.current.get().version());
      assertThat(now.areas()).containsExactlyElementsOf(place(ground, west.position()).areas());
      assertThat(now.version()).as("nothing happened to the component itself").isEqualTo(1);
      assertThat(ground.database.components().history(west.code(), new Scope.District()))
          .hasSize(1);

      ground.takeBack();
      ground.settle();
      assertThat(stored(ground, west).areaCodes()).contains(WHOLE).doesNotContain(WEST);
      assertThat(found(ground, ground.holder(WHOLE))).containsExactly(west.code(), east.code());
    }
  }

  @Test
  void a_survey_that_began_before_the_switch_does_not_keep_the_old_areas() {
    try (MovingGround ground = new MovingGround()) {
      Component old =
          component(
              ground,
              1,
              MovingGround.in(MovingGround.halves(ground.area(WHOLE).shape()).getFirst()));
      register(ground, List.of(old));
      split(ground);
      ground.settle();
      // The surveyor read it before; their step carries what they read.
      register(ground, List.of(with(old, "改名", LocalDate.of(2027, 1, 1))));
      assertThat(stored(ground, old).areaCodes()).contains(WHOLE);
      ground.settle();
      assertThat(stored(ground, old).areaCodes()).contains(WEST).doesNotContain(WHOLE);
    }
  }

  @Test
  void a_keeper_that_is_killed_half_way_is_followed_by_another_and_writes_nothing_when_it_wakes() {
    try (MovingGround ground = new MovingGround()) {
      register(ground, many(ground));
      split(ground);
      KeepAreas killed = ground.keeper("killed", Duration.ofMillis(300));
      assertThat(killed.step(Kind.COMPONENTS)).isTrue();
      AreaUpkeep sleepers = ground.database.areaUpkeep(Duration.ofMillis(300), Duration.ZERO);
      Turn held =
          sleepers
              .take(Kind.COMPONENTS, ground.current.get().version(), "killed", now(ground))
              .orElseThrow();
      List<Standing> read = sleepers.listNext(held, 10);
      assertThat(read).hasSize(10);

      KeepAreas other = ground.keeper("other", LONG);
      long waits = 0;
      while (!other.step(Kind.COMPONENTS)) waits++;
      assertThat(waits).as("the turn is the killed one's for a while").isPositive();
      assertThat(
              sleepers.write(
                  held, read.stream().map(s -> new Settled(s, List.of())).toList(), now(ground)))
          .as("its turn is over")
          .isFalse();
      while (other.step(Kind.COMPONENTS)) Thread.onSpinWait();
      Progress done = progress(ground, Kind.COMPONENTS);
      assertThat(done.phase()).isEqualTo(Phase.DONE);
      assertThat(done.looked()).as("each once").isEqualTo(MANY);
      assertThat(done.total()).isEqualTo(MANY);
      assertEverybodyStands(ground);
    }
  }

  @Test
  void two_servers_share_the_work_and_do_nothing_twice() throws Exception {
    try (MovingGround ground = new MovingGround()) {
      register(ground, many(ground));
      split(ground);
      List<Callable<Void>> servers = new ArrayList<>();
      for (String node : List.of("a", "b")) {
        KeepAreas keeper = ground.keeper(node, LONG);
        servers.add(
            () -> {
              do keeper.step(Kind.COMPONENTS);
              while (progress(ground, Kind.COMPONENTS).phase() != Phase.DONE
                  || !progress(ground, Kind.COMPONENTS)
                      .version()
                      .equals(ground.current.get().version()));
              return null;
            });
      }
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        for (Future<Void> one : threads.invokeAll(servers)) one.get();
      }
      assertThat(progress(ground, Kind.COMPONENTS).looked()).isEqualTo(MANY);
      assertEverybodyStands(ground);
    }
  }

  @Test
  void a_node_that_still_stands_on_the_ground_before_is_given_no_turn() {
    try (MovingGround ground = new MovingGround()) {
      String before = ground.current.get().version();
      register(ground, many(ground));
      split(ground);
      AreaUpkeep upkeep = ground.database.areaUpkeep(LONG, Duration.ZERO);
      assertThat(upkeep.take(Kind.COMPONENTS, before, "late", now(ground))).isEmpty();
      assertThat(upkeep.take(Kind.TICKETS, before, "late", now(ground))).isEmpty();
    }
  }

  @Test
  void older_tickets_of_a_split_area_belong_to_the_part_that_they_lie_in() {
    try (MovingGround ground = new MovingGround()) {
      List<Geometry> halves = MovingGround.halves(ground.area(WHOLE).shape());
      Ticket west = ground.call(halves.getFirst());
      Ticket east = ground.call(halves.getLast());
      split(ground);
      ground.settle();
      assertThat(ground.seenBy(WEST)).containsExactly(west.number());
      assertThat(ground.seenBy(EAST)).containsExactly(east.number());
      assertThat(ground.seenBy(WHOLE)).containsExactly(west.number(), east.number());
      assertThat(ground.filtered(WEST)).containsExactly(west.number());
      assertThat(ground.filtered(WHOLE)).containsExactly(west.number(), east.number());
      Ticket stored = ground.database.tickets().get(west.id(), new Scope.District());
      assertThat(stored.place().areas())
          .as("shown as it was taken")
          .isEqualTo(west.place().areas());
      assertThat(stored.place().codesNow()).contains(WHOLE, WEST);
      assertThat(shifted(ground)).containsExactly(west.id(), east.id());

      Ticket late = ground.call(halves.getFirst());
      ground.takeBack();
      ground.settle();
      assertThat(ground.seenBy(WHOLE))
          .as("what was taken in the part meanwhile as well")
          .containsExactly(west.number(), east.number(), late.number());
      assertThat(ground.database.tickets().get(west.id(), new Scope.District()).place().codesNow())
          .doesNotContain(WEST);
    }
  }

  @Test
  void a_ticket_that_came_in_on_the_ground_before_is_found_by_the_late_pass() {
    try (MovingGround ground = new MovingGround()) {
      Geometry west = MovingGround.halves(ground.area(WHOLE).shape()).getFirst();
      var before = ground.current.holding();
      split(ground);
      var fresh = ground.current.holding();
      KeepAreas keeper = ground.keeper("k", LONG);
      while (keeper.step(Kind.TICKETS)) Thread.onSpinWait();
      assertThat(progress(ground, Kind.TICKETS).phase()).isEqualTo(Phase.LATE);
      ground.current.swap(before.ground(), before.succession());
      Ticket straggler = ground.call(west);
      ground.current.swap(fresh.ground(), fresh.succession());
      assertThat(ground.seenBy(WEST)).isEmpty();
      while (keeper.step(Kind.TICKETS)) Thread.onSpinWait();
      assertThat(progress(ground, Kind.TICKETS).phase()).isEqualTo(Phase.DONE);
      assertThat(ground.seenBy(WEST)).containsExactly(straggler.number());
    }
  }

  @Test
  void merged_and_renumbered_areas_keep_their_tickets() {
    try (MovingGround ground = new MovingGround()) {
      Area one = ground.area("320113001002");
      Area two = ground.area("320113001003");
      Area three = ground.area("320113001006");
      Ticket first = ground.call(one.shape());
      Ticket second = ground.call(two.shape());
      Ticket third = ground.call(three.shape());
      ground.redraw(
          Set.of(one.code(), two.code(), three.code()),
          MovingGround.like(one, "320113001903", one.shape().union(two.shape())),
          MovingGround.like(three, "320113001904", three.shape()));
      assertThat(ground.seenBy("320113001903"))
          .as("at once, before anything was looked at")
          .containsExactly(first.number(), second.number());
      ground.settle();
      assertThat(ground.seenBy("320113001903")).containsExactly(first.number(), second.number());
      assertThat(ground.seenBy(one.code())).contains(first.number());
      assertThat(ground.seenBy("320113001904")).containsExactly(third.number());
      assertThat(ground.seenBy(three.code())).containsExactly(third.number());
    }
  }

  @Test
  void who_holds_a_code_that_is_used_again_sees_nothing_of_what_it_meant_before() {
    try (MovingGround ground = new MovingGround()) {
      List<Geometry> halves = MovingGround.halves(ground.area(WHOLE).shape());
      Area elsewhere = ground.area("320113001007");
      Ticket west = ground.call(halves.getFirst());
      Ticket there = ground.call(elsewhere.shape());
      split(ground);
      ground.settle();
      // The number of the area that was split is given to another one.
      ground.redraw(
          Set.of(elsewhere.code()), MovingGround.like(elsewhere, WHOLE, elsewhere.shape()));
      assertThat(ground.current.succession().follow(List.of(WHOLE)))
          .containsExactly(WHOLE, elsewhere.code());
      ground.settle();
      Ticket fresh = ground.call(elsewhere.shape());
      assertThat(ground.seenBy(WHOLE)).containsExactly(there.number(), fresh.number());
      assertThat(ground.filtered(WHOLE)).containsExactly(there.number(), fresh.number());
      assertThat(ground.seenBy(WEST)).containsExactly(west.number());
      assertThat(ground.seenBy(elsewhere.code())).containsExactly(there.number(), fresh.number());
    }
  }

  @Test
  void open_tickets_of_an_area_are_found_by_their_index() throws SQLException {
    try (MovingGround ground = new MovingGround();
        Connection c = TestDatabase.connectTo(ground.desk.url());
        Statement s = c.createStatement()) {
      s.execute("SET enable_seqscan = off");
      s.execute("SET enable_indexscan = off");
      ResultSet open =
          s.executeQuery(
              "SELECT pg_get_expr(i.indpred, i.indrelid) FROM pg_index i"
                  + " WHERE i.indexrelid = 'ticket_open_areas'::regclass");
      open.next();
      ResultSet plan =
          s.executeQuery(
              "EXPLAIN SELECT t.id FROM ticket t WHERE "
                  + open.getString(1)
                  + " AND "
                  + Scoped.AREAS
                  + " && ARRAY['320113001']");
      StringBuilder lines = new StringBuilder();
      while (plan.next()) lines.append(plan.getString(1)).append('\n');
      assertThat(lines.toString()).contains("Index Cond: (COALESCE(areas_now, areas) && ");
      assertThat(lines.toString()).doesNotContain("Seq Scan");
    }
  }

  private static void split(MovingGround ground) {
    Area whole = ground.area(WHOLE);
    List<Geometry> halves = MovingGround.halves(whole.shape());
    ground.redraw(
        Set.of(WHOLE),
        MovingGround.like(whole, WEST, halves.getFirst()),
        MovingGround.like(whole, EAST, halves.getLast()));
  }

  private static Instant now(MovingGround ground) {
    return ground.database.clock().instant();
  }

  private static Progress progress(MovingGround ground, Kind kind) {
    return ground.database.areaUpkeep().list().stream()
        .filter(p -> p.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> shifted(MovingGround ground) {
    return ground.database.areaUpkeep().listShifts(0, 100).stream()
        .flatMap(s -> s.tickets().stream())
        .toList();
  }

  private static void assertEverybodyStands(MovingGround ground) {
    for (Component one : many(ground)) {
      Component stored = stored(ground, one);
      assertThat(stored.boundaryVersion()).isEqualTo(ground.current.get().version());
      assertThat(stored.areas()).isEqualTo(place(ground, one.position()).areas());
    }
  }

  private static Place place(MovingGround ground, Position at) {
    Places places = ground.current.places();
    return places.place(Optional.of(at), places.ground().locate(at, 0));
  }

  private static List<Component> many(MovingGround ground) {
    List<Component> all = new ArrayList<>();
    Position centre =
        MovingGround.in(ground.current.get().findArea("320113001").orElseThrow().shape());
    for (int i = 0; i < MANY; i++) all.add(component(ground, i + 1, centre.moved(i * 5, i * 0.1)));
    return all;
  }

  private static Component component(MovingGround ground, int number, Position at) {
    Place place = place(ground, at);
    return new Component(
        new ComponentCode("32011303005%06d".formatted(number)),
        new CategoryKey("component", "03005"),
        "垃圾箱",
        at,
        place.areas(),
        place.boundaryVersion(),
        new Owners(Optional.empty(), Optional.empty(), Optional.empty()),
        ComponentState.INTACT,
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2026, 1, 1),
        "",
        "",
        Component.Origin.SYNTHETIC,
        1);
  }

  private static Component with(Component old, String name, LocalDate changed) {
    return new Component(
        old.code(),
        old.type(),
        name,
        old.position(),
        old.areas(),
        old.boundaryVersion(),
        old.owners(),
        old.state(),
        old.since(),
        changed,
        old.source(),
        old.note(),
        old.origin(),
        1);
  }

  private static void register(MovingGround ground, List<Component> all) {
    List<Incoming> rows =
        all.stream()
            .map(c -> new Incoming(c, Optional.empty(), Optional.empty(), Optional.empty()))
            .toList();
    ground.database.components().take(rows, new Actor.Rule("t"), now(ground));
  }

  private static Component stored(MovingGround ground, Component one) {
    return ground.database.components().get(one.code(), new Scope.District());
  }

  private static List<ComponentCode> found(MovingGround ground, Scope scope) {
    Components components = ground.database.components();
    Search all =
        new Search(
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            100,
            Optional.empty());
    return components.list(all, scope).components().stream()
        .map(near -> near.component().code())
        .toList();
  }
}
