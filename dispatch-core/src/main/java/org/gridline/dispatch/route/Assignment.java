package org.gridline.dispatch.route;

import java.util.List;

/** The router's answer. */
public sealed interface Assignment {
  /** Exactly one unit, by a ground. */
  record Certain(Unit unit, Ground ground) implements Assignment {}

  /** A person has to decide; candidates best first, possibly none. */
  record Uncertain(Doubt doubt, List<Candidate> candidates) implements Assignment {
    public Uncertain {
      candidates = List.copyOf(candidates);
    }
  }

  /** A unit that may be responsible, and the rule that says so. */
  record Candidate(Unit unit, DutyRule rule) {}

  /** Why nobody could be named with certainty. */
  enum Doubt {
    NO_CATEGORY,
    WEAK_CATEGORY,
    DOUBTFUL_PLACE,
    NO_RULE,
    SEVERAL_RULES,
    /** The city wants a person to dispatch even what is certain. */
    BY_HAND
  }
}
