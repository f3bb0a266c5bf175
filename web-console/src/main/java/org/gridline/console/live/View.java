package org.gridline.console.live;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.track.Tracks.Last;

/**
 * What one client gets to see: what its user may see, narrowed by what it asked for.
 *
 * @param user id of who looks
 * @param selves who acts when this user does, if they may check results: of what one of them was
 *     drawn to check they see less; empty for everybody else
 * @param watchesWorkers whether they may see where workers are
 */
public record View(long user, Set<Long> selves, Scope scope, Wish wish, boolean watchesWorkers) {
  private static final Permission CHECK = new Permission.Act(ActionKind.CHECK);

  public View {
    selves = Set.copyOf(selves);
  }

  /** Somebody who sees tickets and no workers. */
  View(long user, Set<Long> selves, Scope scope, Wish wish) {
    this(user, selves, scope, wish, false);
  }

  public static View of(User user, UnitTree units, Wish wish) {
    return new View(
        user.id(),
        user.may(CHECK) ? user.selves() : Set.of(),
        user.scope(units),
        wish,
        user.may(Permission.Right.WATCH_WORKERS));
  }

  View wishing(Wish other) {
    return new View(user, selves, scope, other, watchesWorkers);
  }

  /** Two views with the same audience are told the same, byte for byte. */
  View anybody() {
    return new View(0, selves, scope, wish, watchesWorkers);
  }

  /** Whether it shows where this worker is. */
  boolean shows(Last worker) {
    return watchesWorkers
        && wish.holds(Optional.of(worker.position()))
        && wish.holds(worker.areas())
        && (wish.units().isEmpty() || worker.unit().filter(wish.units()::contains).isPresent())
        && scope.covers(worker.areas(), worker.unit().orElse(""));
  }

  Shown shows(Audience ticket) {
    if (!wish.holds(ticket.position()) || !wish.holds(ticket.areas())) return Shown.NOTHING;
    if (!mayKnow(ticket)) return Shown.NOTHING;
    boolean drawn = !Collections.disjoint(selves, ticket.drawn());
    boolean blind = drawn || !Collections.disjoint(selves, ticket.checkers());
    // Whoever checks must not learn from a filter who handles.
    if (!wish.units().isEmpty() && (blind || !inHands(ticket))) return Shown.NOTHING;
    if (!blind) return Shown.WHOLE;
    return drawn ? Shown.AS_CHECKER : Shown.AS_PAST_CHECKER;
  }

  private boolean mayKnow(Audience ticket) {
    if (scope.covers(ticket.areas(), ticket.unit())) return true;
    for (String helper : ticket.helpers()) if (scope.covers(Set.of(), helper)) return true;
    return false;
  }

  private boolean inHands(Audience ticket) {
    return wish.units().contains(ticket.unit())
        || !Collections.disjoint(wish.units(), ticket.helpers());
  }
}
