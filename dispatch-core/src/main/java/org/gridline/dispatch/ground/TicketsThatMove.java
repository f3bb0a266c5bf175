package org.gridline.dispatch.ground;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.gridline.dispatch.classify.Suggestion;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.component.RouteByComponent;
import org.gridline.dispatch.component.RouteByComponent.Lead;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.Assignment;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.ticket.Policy;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore;
import org.gridline.gis.position.Position;

/**
 * Which open tickets would lie in another area, or belong to another unit, if they came in on
 * another ground. A ticket keeps what it has; this says what the change means for new ones like it.
 */
public final class TicketsThatMove {
  private static final int PAGE = 500;

  private final Places before;
  private final Places after;
  private final Router router;
  private final RouteByComponent components;
  private final Policy policy;
  private final LocalDate day;
  private final int most;
  private final List<Moving> shown = new ArrayList<>();
  private long looked;
  private long area;
  private long unit;

  private TicketsThatMove(
      GroundSnapshot before,
      GroundSnapshot after,
      Router router,
      RouteByComponent components,
      Policy policy,
      LocalDate day,
      int most) {
    this.components = components;
    this.before = before.places();
    this.after = after.places();
    this.router = router;
    this.policy = policy;
    this.day = day;
    this.most = most;
  }

  /**
   * A ticket that would move.
   *
   * @param from codes that it would leave
   * @param to codes that it would come to
   * @param unitFrom the unit by the ground before; empty when a person would have to decide
   * @param unitTo the unit by the ground after
   */
  public record Moving(
      String number,
      List<String> from,
      List<String> to,
      Optional<String> unitFrom,
      Optional<String> unitTo) {
    public Moving {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }

    boolean otherUnit() {
      return !unitFrom.equals(unitTo);
    }
  }

  /** Whether all open tickets were looked at, or only those that there was time for. */
  public enum Extent {
    ALL,
    PART
  }

  /**
   * How many of the open tickets with a position.
   *
   * @param area would lie in another area of any layer
   * @param unit would belong to another unit, or to a person's decision
   */
  public record Counted(long looked, long area, long unit, List<Moving> shown, Extent extent) {
    public Counted {
      shown = List.copyOf(shown);
    }
  }

  /**
   * Looks at every open ticket; reads them in pages.
   *
   * @param patience when it is over, the answer is what was found until then
   * @param progress told how many were looked at
   */
  public static Counted count(
      TicketStore tickets,
      GroundSnapshot before,
      GroundSnapshot after,
      Router router,
      RouteByComponent components,
      Policy policy,
      LocalDate day,
      int most,
      Patience patience,
      LongConsumer progress) {
    TicketsThatMove all = new TicketsThatMove(before, after, router, components, policy, day, most);
    long last = 0;
    while (!patience.over()) {
      List<Ticket> page = tickets.listOpen(new Scope.District(), last, PAGE);
      for (Ticket ticket : page) ticket.place().position().ifPresent(at -> all.look(ticket, at));
      progress.accept(all.looked);
      if (page.size() < PAGE) return all.counted(Extent.ALL);
      last = page.getLast().id();
    }
    return all.counted(Extent.PART);
  }

  private Counted counted(Extent extent) {
    return new Counted(looked, area, unit, shown, extent);
  }

  private void look(Ticket ticket, Position at) {
    looked++;
    Place was = place(before, at);
    Place is = place(after, at);
    List<String> from = new ArrayList<>(was.areaCodes());
    from.removeAll(is.areaCodes());
    List<String> to = new ArrayList<>(is.areaCodes());
    to.removeAll(was.areaCodes());
    Optional<String> unitFrom = owner(ticket, was);
    Optional<String> unitTo = owner(ticket, is);
    Moving moving = new Moving(ticket.number(), from, to, unitFrom, unitTo);
    boolean elsewhere = !from.isEmpty() || !to.isEmpty();
    if (elsewhere) area++;
    if (moving.otherUnit()) unit++;
    if ((elsewhere || moving.otherUnit()) && shown.size() < most) shown.add(moving);
  }

  private static Place place(Places places, Position at) {
    return places.place(Optional.of(at), places.ground().locate(at, 0));
  }

  private Optional<String> owner(Ticket ticket, Place place) {
    return switch (byComponent(ticket, place)) {
      case Lead.To(var assignment) -> certain(assignment);
      case Lead.Past(var why) -> byRules(ticket, place);
      case Lead.Nowhere() -> byRules(ticket, place);
    };
  }

  /** A component belongs to whom it belongs to, wherever lines are drawn. */
  private Lead byComponent(Ticket ticket, Place place) {
    Optional<ComponentCode> named = ticket.matter().component().map(ComponentCode::new);
    if (named.isEmpty()) return new Lead.Nowhere();
    Optional<Unit> owner =
        ticket
            .owner()
            .filter(o -> o.ground() instanceof Ground.ByComponent)
            .flatMap(o -> policy.units().find(o.unit()));
    if (owner.isPresent())
      return new Lead.To(
          new Assignment.Certain(owner.get(), ticket.owner().orElseThrow().ground()));
    return components.lead(
        named.get(),
        ticket.rawPosition().flatMap(raw -> place.position()),
        ticket.matter().category(),
        place);
  }

  private Optional<String> byRules(Ticket ticket, Place place) {
    Optional<Suggestion> kind =
        ticket
            .matter()
            .category()
            .flatMap(policy.categories()::find)
            .map(category -> new Suggestion(category, 1, List.of()));
    return certain(router.route(kind, place, day));
  }

  private static Optional<String> certain(Assignment assignment) {
    return switch (assignment) {
      case Assignment.Certain(var owner, var ground) -> Optional.of(owner.code());
      case Assignment.Uncertain(var doubt, var candidates) -> Optional.empty();
    };
  }
}
