package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Draw;
import org.gridline.dispatch.ticket.Life.Check;
import org.gridline.dispatch.ticket.Lifecycle.Who;
import org.gridline.dispatch.ticket.Lot.Turn;

/**
 * 随机抽取核查员: by lot from those who are independent of the handling. Whoever waits longest for a turn
 * has the greatest weight, and nobody checks the same unit twice in a row where another is free
 * (domain page §13).
 */
final class Draws {
  private static final Comparator<Turn> LONGEST_WAIT =
      Comparator.comparing((Turn t) -> t.drawnAt().orElse(Instant.MIN))
          .thenComparing(t -> t.user().id());

  private final Standing standing;
  private final LifeRules.Checking rules;

  Draws(Policy policy) {
    this.standing = new Standing(policy.units());
    this.rules = policy.rules().checking();
  }

  /** For a ticket that comes to its check; nobody where the city draws nobody or nobody is free. */
  Draw first(Ticket ticket, Optional<Lot> lot) {
    return lot.filter(l -> rules.drawn())
        .flatMap(l -> draw(ticket, l, Set.of()))
        .orElse(Draw.nobody());
  }

  /** Somebody else than whoever was drawn, and than whoever checked before. */
  Draw instead(Ticket ticket, Optional<Lot> lot) {
    Set<Long> not = new HashSet<>();
    ticket
        .progress()
        .life()
        .check()
        .ifPresent(
            check -> {
              not.add(check.checker());
              check.repeats().ifPresent(not::add);
            });
    return lot.flatMap(l -> draw(ticket, l, not))
        .orElseThrow(
            () ->
                new Failure(
                    FailureCode.ILLEGAL_ACTION, "没有其他可抽取的核查员 · nobody else is free to check"));
  }

  /**
   * What a check that was passed leads to: somebody who repeats it, in the city's share of cases
   * and where another is free.
   */
  Draw repeat(Ticket ticket, Action action) {
    if (!(action instanceof Action.Drawing(var kind, var lot, var words)) || lot.isEmpty())
      return Draw.nobody();
    Optional<Check> check = ticket.progress().life().check().filter(c -> c.repeats().isEmpty());
    if (check.isEmpty() || rules.repeated() == 0) return Draw.nobody();
    long seed = lot.get().seed();
    if (!Draw.repeats(seed, rules.repeated())) return Draw.decided(seed);
    return draw(ticket, lot.get(), Set.of(check.get().checker())).orElse(Draw.decided(seed));
  }

  private Optional<Draw> draw(Ticket ticket, Lot lot, Set<Long> not) {
    List<Turn> free =
        lot.turns().stream()
            .filter(t -> !not.contains(t.user().id()))
            .filter(t -> standing.fits(Who.INDEPENDENT_OF_HANDLING, ticket, t.user()))
            .sorted(LONGEST_WAIT)
            .toList();
    List<Turn> others =
        free.stream().filter(t -> !lot.last().equals(Optional.of(t.user().id()))).toList();
    List<Turn> pool = others.isEmpty() ? free : others;
    if (pool.isEmpty()) return Optional.empty();
    List<String> weighted =
        IntStream.range(0, pool.size())
            .mapToObj(i -> pool.get(i).user().id() + ":" + (pool.size() - i))
            .toList();
    return Optional.of(Draw.from(lot.seed(), weighted, lot.last().orElse(0L)));
  }
}
