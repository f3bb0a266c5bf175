package org.gridline.dispatch.ground;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.gridline.dispatch.classify.Suggestion;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.Assignment;
import org.gridline.dispatch.route.Router;
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
      Policy policy,
      LocalDate day,
      int most) {
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

  /**
   * How many of the open tickets with a position.
   *
   * @param area would lie in another area of any layer
   * @param unit would belong to another unit, or to a person's decision
   */
  public record Counted(long looked, long area, long unit, List<Moving> shown) {
    public Counted {
      shown = List.copyOf(shown);
    }
  }

  /**
   * Looks at every open ticket; reads them in pages.
   *
   * @param progress told how many were looked at
   */
  public static Counted count(
      TicketStore tickets,
      GroundSnapshot before,
      GroundSnapshot after,
      Router router,
      Policy policy,
      LocalDate day,
      int most,
      LongConsumer progress) {
    TicketsThatMove all = new TicketsThatMove(before, after, router, policy, day, most);
    long last = 0;
    while (true) {
      List<Ticket> page = tickets.listOpen(new Scope.District(), last, PAGE);
      for (Ticket ticket : page) ticket.place().position().ifPresent(at -> all.look(ticket, at));
      progress.accept(all.looked);
      if (page.size() < PAGE) return new Counted(all.looked, all.area, all.unit, all.shown);
      last = page.getLast().id();
    }
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
    Optional<Suggestion> kind =
        ticket
            .matter()
            .category()
            .flatMap(policy.categories()::find)
            .map(category -> new Suggestion(category, 1, List.of()));
    return switch (router.route(kind, place, day)) {
      case Assignment.Certain(var owner, var ground) -> Optional.of(owner.code());
      case Assignment.Uncertain(var doubt, var candidates) -> Optional.empty();
    };
  }
}
