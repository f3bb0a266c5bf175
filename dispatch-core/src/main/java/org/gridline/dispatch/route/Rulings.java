package org.gridline.dispatch.route;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.event.Actor;

/** The command centre's rulings that became duty rules. Called on virtual threads. */
public interface Rulings {
  /** A ruling stands above whatever the pack says. */
  int PRIORITY = 1_000_000;

  /** All of them, those that were followed by another one included; dates say which hold. */
  List<DutyRule> list();

  /**
   * Gives a ruling its end, or another one, with a line that stays.
   *
   * @param today whoever is over by then stays as it was
   * @return as it stands now; empty when there is no such ruling, or it is over
   */
  Optional<DutyRule> end(End end, LocalDate today);

  /** What was said of their ends, newest first. */
  List<End> listEnds();

  /**
   * @param rule the rule's id
   * @param validTo the first day on which it no longer holds
   * @param by who said so, and for whom they acted
   */
  record End(String rule, LocalDate validTo, String why, Actor.Person by, Instant at) {}
}
