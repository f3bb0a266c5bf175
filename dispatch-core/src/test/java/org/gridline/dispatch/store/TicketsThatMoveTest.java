package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.ComponentFiles;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.component.ComponentState;
import org.gridline.dispatch.component.Components.Incoming;
import org.gridline.dispatch.component.Owners;
import org.gridline.dispatch.component.RouteByComponent;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.ground.Patience;
import org.gridline.dispatch.ground.TicketsThatMove;
import org.gridline.dispatch.ground.TicketsThatMove.Counted;
import org.gridline.dispatch.ground.TicketsThatMove.Extent;
import org.gridline.dispatch.ground.TicketsThatMove.Moving;
import org.gridline.dispatch.intake.Report;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.route.Router.Dispatching;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

/** What new boundaries would change for the tickets that are open. */
class TicketsThatMoveTest {
  private static final String WHOLE = "320113001001";

  /** 乱堆杂物, a matter of the community. */
  private static final CategoryKey LITTER = new CategoryKey("event", "06036");

  @Test
  void a_ticket_of_a_component_stays_with_the_component_s_owner_and_others_move() {
    try (MovingGround ground = new MovingGround()) {
      Area whole = ground.area(WHOLE);
      List<Geometry> halves = MovingGround.halves(whole.shape());
      Position west = MovingGround.in(halves.getFirst());
      Ticket bin = bin(ground, west);
      Ticket litter = taken(ground, report("乱堆", west, Optional.of(LITTER), Optional.empty()));
      assertThat(bin.owner().orElseThrow().ground()).isInstanceOf(Ground.ByComponent.class);
      assertThat(litter.owner().orElseThrow().unit()).isEqualTo("CM-" + WHOLE);
      GroundSnapshot before = ground.current.get();
      ground.redraw(
          Set.of(WHOLE),
          MovingGround.like(whole, "320113001901", halves.getFirst()),
          MovingGround.like(whole, "320113001902", halves.getLast()));
      Counted counted = count(ground, before, Patience.of(Duration.ofMinutes(1)));
      assertThat(counted.extent()).isEqualTo(Extent.ALL);
      assertThat(counted.looked()).isEqualTo(2);
      assertThat(counted.area()).isEqualTo(2);
      assertThat(counted.unit()).as("only the one that polygons decided about").isEqualTo(1);
      assertThat(counted.shown())
          .extracting(Moving::number, Moving::unitFrom, Moving::unitTo)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(
                  bin.number(), Optional.of("QX-LH"), Optional.of("QX-LH")),
              org.assertj.core.groups.Tuple.tuple(
                  litter.number(), Optional.of("CM-" + WHOLE), Optional.empty()));
      assertThat(count(ground, before, Patience.of(Duration.ZERO)).extent()).isEqualTo(Extent.PART);
    }
  }

  private static Counted count(MovingGround ground, GroundSnapshot before, Patience patience) {
    CityPack pack = ground.desk.pack();
    RouteByComponent components =
        new RouteByComponent(
            ground.database.components(),
            ComponentFiles.read(
                Desk.repository().resolve("config/cities/qixia-sample"),
                pack.city(),
                pack.policy().categories()),
            pack.policy().units(),
            Dispatching.BY_RULE);
    return TicketsThatMove.count(
        ground.database.tickets(),
        before,
        ground.current.get(),
        new Router(pack.duties(), pack.policy().units(), pack.certainScore(), Dispatching.BY_RULE),
        components,
        pack.policy(),
        LocalDate.now(pack.city().timeZone()),
        100,
        patience,
        looked -> {});
  }

  private static Ticket bin(MovingGround ground, Position at) {
    Component bin =
        new Component(
            new ComponentCode("32011303005000001"),
            new CategoryKey("component", "03005"),
            "垃圾箱",
            at,
            List.of(),
            ground.current.get().version(),
            new Owners(Optional.empty(), Optional.empty(), Optional.of("QX-LH")),
            ComponentState.INTACT,
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 1, 1),
            "",
            "",
            Component.Origin.SYNTHETIC,
            1);
    ground
        .database
        .components()
        .take(
            List.of(new Incoming(bin, Optional.empty(), Optional.empty(), Optional.empty())),
            new Actor.Rule("t"),
            ground.database.clock().instant());
    return taken(ground, report("坏了", at, Optional.empty(), Optional.of(bin.code())));
  }

  private static Ticket taken(MovingGround ground, Report report) {
    return switch (ground.desk.take(report, UUID.randomUUID().toString())) {
      case TakeReport.Answer.First(var receipt, var bytes) -> receipt.ticket();
      case TakeReport.Answer.Again(var bytes) -> throw new AssertionError("a fresh key");
    };
  }

  private static Report report(
      String words,
      Position at,
      Optional<CategoryKey> category,
      Optional<ComponentCode> component) {
    Report plain = Desk.report(words, at.lon(), at.lat());
    return new Report(
        plain.channel(),
        plain.type(),
        plain.urgency(),
        words,
        plain.caller(),
        "",
        plain.position(),
        OptionalDouble.empty(),
        category,
        Optional.empty(),
        plain.call(),
        component);
  }
}
