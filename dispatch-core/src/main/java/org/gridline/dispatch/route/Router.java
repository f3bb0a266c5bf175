package org.gridline.dispatch.route;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.classify.Suggestion;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.route.Assignment.Candidate;
import org.gridline.dispatch.route.Assignment.Doubt;

/**
 * Finds the responsible unit from category, place and duty rules.
 *
 * @param certainScore the least score of a category at which an owner may be certain, 0 to 1
 * @param dispatching whether a certain owner is acted on by rule or shown to a person
 */
public record Router(
    DutyTable duties, UnitTree units, double certainScore, Dispatching dispatching) {
  /** Who acts on a certain owner; a setting of the city. */
  public enum Dispatching {
    BY_RULE,
    BY_HAND
  }

  /** The owner of a matter at a place on a day, or why a person has to decide. */
  public Assignment route(Optional<Suggestion> kind, Place place, LocalDate day) {
    if (kind.isEmpty()) return new Assignment.Uncertain(Doubt.NO_CATEGORY, List.of());
    Suggestion best = kind.get();
    List<DutyRule> winners = winners(best, place, day);
    List<Candidate> candidates = candidates(winners, place);
    if (!place.certain()) return new Assignment.Uncertain(Doubt.DOUBTFUL_PLACE, candidates);
    if (best.score() < certainScore)
      return new Assignment.Uncertain(Doubt.WEAK_CATEGORY, candidates);
    if (candidates.isEmpty()) return new Assignment.Uncertain(Doubt.NO_RULE, candidates);
    // A rival whose unit is not known here is a rival still.
    boolean rivals = candidates.size() < winners.size();
    if (rivals || candidates.stream().map(Candidate::unit).distinct().count() > 1) {
      return new Assignment.Uncertain(Doubt.SEVERAL_RULES, candidates);
    }
    if (dispatching == Dispatching.BY_HAND) {
      return new Assignment.Uncertain(Doubt.BY_HAND, candidates);
    }
    Candidate winner = candidates.getFirst();
    return new Assignment.Certain(
        winner.unit(),
        new Ground.ByRule(
            winner.rule(),
            winner.basis(),
            best.score(),
            place.boundaryVersion(),
            place.areaCodes()));
  }

  /**
   * The same for a place that may as well be one of the others: certain only if all lead to the
   * same unit, since what can't be decided goes to a person with the candidates.
   */
  public Assignment route(
      Optional<Suggestion> kind, Place place, List<Place> others, LocalDate day) {
    Assignment here = route(kind, place, day);
    if (!(here instanceof Assignment.Certain(var unit, var ground)) || kind.isEmpty()) return here;
    List<Candidate> candidates =
        new ArrayList<>(candidates(winners(kind.get(), place, day), place));
    boolean agreed = true;
    for (Place other : others) {
      agreed &=
          route(kind, other, day) instanceof Assignment.Certain(var rival, var why)
              && rival.equals(unit);
      for (Candidate found : candidates(winners(kind.get(), other, day), other)) {
        if (candidates.stream().noneMatch(c -> c.unit().equals(found.unit())))
          candidates.add(found);
      }
    }
    return agreed ? here : new Assignment.Uncertain(Doubt.DOUBTFUL_PLACE, candidates);
  }

  private List<DutyRule> winners(Suggestion kind, Place place, LocalDate day) {
    return duties.winners(kind.category().key(), place.areaCodes(), day);
  }

  private List<Candidate> candidates(List<DutyRule> winners, Place place) {
    return winners.stream()
        .flatMap(
            rule ->
                ownerOf(rule, place)
                    .map(unit -> new Candidate(unit, rule.id(), rule.explanation()))
                    .stream())
        .toList();
  }

  private Optional<Unit> ownerOf(DutyRule rule, Place place) {
    if (!rule.unit().startsWith("@")) return units.find(rule.unit());
    return place.findArea(rule.unit().substring(1)).flatMap(area -> units.findByArea(area.code()));
  }
}
