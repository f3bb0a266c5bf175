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
   * A component's owner, asked before any duty rule.
   *
   * @param component its code
   * @param name what it was called then
   * @param role in which way the unit owns it: authority, property or maintenance
   * @param by how the report came to it: named or near
   * @param metres between it and the report's position; 0 when the report had none
   */
  record ByComponent(
      String component,
      String name,
      String role,
      String by,
      double metres,
      String boundaryVersion,
      List<String> areas)
      implements Ground {}

  /**
   * A person decided and said why; the reason's text is personal data and stands with the event's
   * words.
   */
  record ByPerson(long user, String boundaryVersion, List<String> areas) implements Ground {}
}
