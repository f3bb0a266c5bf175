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

  /**
   * A unit that may be responsible.
   *
   * @param rule id of the duty rule, or code of the component, that says so
   * @param basis what it says
   */
  record Candidate(Unit unit, String rule, String basis) {}

  /** Why nobody could be named with certainty. */
  enum Doubt {
    NO_CATEGORY,
    WEAK_CATEGORY,
    DOUBTFUL_PLACE,
    NO_RULE,
    SEVERAL_RULES,
    /** Several components may be meant, so several owners. */
    SEVERAL_COMPONENTS,
    /** The component that is named lies far from where the report says it is. */
    COMPONENT_ELSEWHERE,
    /** The city wants a person to dispatch even what is certain. */
    BY_HAND
  }
}
