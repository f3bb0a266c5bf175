package org.gridline.dispatch.store;

/**
 * Through which tickets a file is seen. A part shows what the ticket that it was split off had by
 * that step, and what that one showed; nothing is copied. It follows from the step itself: a part
 * whose split did not come about, or went back into where it came from, shows nothing but its own.
 */
final class SplitSight {
  private static final String SPLIT_AT =
      """
      e.ticket_id = o.id AND e.kind = 'TicketSplit' AND e.data::jsonb ->> 'part' = p.id::text
      """;

  /**
   * The tickets {@code line (id, last)} whose files, up to that version, are seen in those that the
   * condition on {@code ticket t} chooses.
   */
  static final String UP =
      """
      line(id, last) AS (
        SELECT t.id, 2147483647 FROM ticket t WHERE %%s
        UNION ALL
        SELECT o.id, e.version
          FROM line n
          JOIN ticket p ON p.id = n.id
          JOIN ticket o ON o.id = (p.life ->> 'origin')::bigint AND p.master IS DISTINCT FROM o.id
          JOIN ticket_event e ON %s)
      """
          .formatted(SPLIT_AT);

  /** The tickets {@code seen (id)} in which the file of {@code evidence_link l} is seen. */
  static final String DOWN =
      """
      WITH RECURSIVE seen(id) AS (
        SELECT l.ticket_id
        UNION ALL
        SELECT p.id
          FROM seen n
          JOIN ticket o ON o.id = n.id
          CROSS JOIN LATERAL jsonb_array_elements_text(o.life -> 'split') AS part(id)
          JOIN ticket p ON p.id = part.id::bigint AND p.master IS DISTINCT FROM o.id
          JOIN ticket_event e ON %s
         WHERE o.id <> l.ticket_id OR l.version <= e.version)
      """
          .formatted(SPLIT_AT);

  private SplitSight() {}
}
