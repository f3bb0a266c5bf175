package org.gridline.dispatch.route;

import java.util.List;

/** Why a unit owns a ticket; stored with the assignment so that it can be explained years later. */
public sealed interface Ground {
  String boundaryVersion();

  List<String> areas();

  /** A duty rule decided. {@code score} is the category's, 0 to 1. */
  record ByRule(String rule, String basis, double score, String boundaryVersion, List<String> areas)
      implements Ground {}

  /**
   * A person decided and said why; the reason's text is personal data and stands with the event's
   * words.
   */
  record ByPerson(long user, String boundaryVersion, List<String> areas) implements Ground {}
}
