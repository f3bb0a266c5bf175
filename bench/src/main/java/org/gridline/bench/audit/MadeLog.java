package org.gridline.bench.audit;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.gridline.bench.common.RunDatabase;

/** A log of many tickets, each with six events as the desk writes them, with true hashes. */
final class MadeLog {
  /** Events a ticket. */
  static final int EVENTS = 6;

  private static final int CHUNK = 2_000;

  private static final String REGISTERED =
      """
      {"areas":["320113","320113007","320113007004","320113007004012"],"boundaryVersion":"6c2f0a9be1d4",\
      "candidates":[],"channel":"phone","component":"","componentPassed":"","doubt":"","placeFlag":"ok",\
      "suggestions":["EVENT:06010=0.97","EVENT:06011=0.41","EVENT:07001=0.12"],"type":"help","urgency":"normal"}""";

  private static final String GROUND =
      """
      {"how":"rule","areas":["320113","320113007","320113007004","320113007004012"],"boundaryVersion":"6c2f0a9be1d4",\
      "rule":"D-00017","score":0.97}""";

  /** Kind, state before and after, unit before and after, whose step, data. */
  private static final List<List<String>> LIFE =
      List.of(
          List.of("TicketRegistered", "", "REGISTERED", "", "", "4", REGISTERED),
          List.of(
              "TicketAccepted",
              "REGISTERED",
              "PENDING_FILING",
              "",
              "",
              "",
              "{\"categoryCode\":\"06010\",\"categoryKind\":\"EVENT\"}"),
          List.of("TicketFiled", "PENDING_FILING", "PENDING_DISPATCH", "", "", "", "{}"),
          List.of(
              "TicketDispatched",
              "PENDING_DISPATCH",
              "PENDING_SIGN",
              "",
              "U320113007",
              "",
              "{\"ground\":" + GROUND + ",\"unit\":\"U320113007\"}"),
          List.of(
              "TicketSigned", "PENDING_SIGN", "HANDLING", "U320113007", "U320113007", "77", "{}"),
          List.of(
              "FeedbackGiven",
              "HANDLING",
              "FEEDBACK_REVIEW",
              "U320113007",
              "U320113007",
              "77",
              "{\"result\":\"solved\"}"));

  private MadeLog() {}

  /** Writes the lives of so many tickets, sealed a thousand events a block. */
  static void make(RunDatabase run, int tickets) throws SQLException {
    try (Statement s = run.connection().createStatement()) {
      for (int first = 1; first <= tickets; first += CHUNK) {
        int last = Math.min(first + CHUNK - 1, tickets);
        for (int v = 1; v <= EVENTS; v++) s.execute(step(first, last, v));
        s.execute(tickets(first, last));
        seal(s);
      }
      s.execute("VACUUM ANALYZE ticket, ticket_event, event_block");
    }
  }

  private static String step(int first, int last, int version) {
    List<String> step = LIFE.get(version - 1);
    boolean person = !step.get(5).isEmpty();
    String rule = person ? "" : "auto-router";
    String words = version == 1 ? "c.t * 3" : "NULL::bigint";
    String commit = version == 1 ? "sha256(c.t::text::bytea)" : "NULL::bytea";
    String previous =
        version == 1
            ? "SELECT t, ''::bytea AS prev FROM generate_series(%d, %d) t".formatted(first, last)
            : "SELECT ticket_id AS t, hash AS prev FROM ticket_event WHERE version = %d AND ticket_id BETWEEN %d AND %d"
                .formatted(version - 1, first, last);
    return """
        INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, rule, state_before, state_after,
               unit_before, unit_after, words_id, words_commit, data, prev_hash, hash)
        SELECT c.t, %1$d, c.t * 8 + %1$d, '%2$s', '2026-05-01T00:00:00Z', %3$s, %4$s, %5$s, '%6$s', %7$s, %8$s, %9$s,
               %10$s, '%11$s', c.prev,
               sha256(convert_to(concat_ws(E'\\n', 'gridline-event-1', c.t * 8 + %1$d, c.t, %1$d, '%2$s',
                 '1777593600000000', '%12$s', '', '%13$s', '%14$s', '%6$s', '%15$s', '%16$s', COALESCE((%9$s)::text, ''),
                 COALESCE(encode(%10$s, 'hex'), ''), '%11$s', ''), 'UTF8') || c.prev)
          FROM (%17$s) c ORDER BY c.t
        """
        .formatted(
            version,
            step.get(0),
            person ? step.get(5) : "NULL",
            person ? "NULL" : "'" + rule + "'",
            orNull(step.get(1)),
            step.get(2),
            orNull(step.get(3)),
            orNull(step.get(4)),
            words,
            commit,
            step.get(6),
            step.get(5),
            rule,
            step.get(1),
            step.get(3),
            step.get(4),
            previous);
  }

  private static String tickets(int first, int last) {
    return """
        INSERT INTO ticket (id, number, state, version, channel, type, urgency, category_kind, category_code, place_flag,
               boundary_version, area_roles, areas, area_names, unit, ground, person_id, words_id, reporter, reworks,
               returns, revisit_tries, handlers, checkers, registered_at, updated_at, head_hash, life)
        SELECT ticket_id, 'N' || ticket_id, state_after, version, 'phone', 'help', 'normal', 'EVENT', '06010', 'OK',
               '6c2f0a9be1d4', '{}', '{320113,320113007,320113007004,320113007004012}', '{}', unit_after, '%s', 1,
               ticket_id * 3, 'CALLER', 0, 0, 0, '{77}', '{}', at, at, hash,
               '{"dispatches": 1, "dispatchedAt": "2026-05-01T00:00:00Z"}'
          FROM ticket_event WHERE version = %d AND ticket_id BETWEEN %d AND %d
        """
        .formatted(GROUND, EVENTS, first, last);
  }

  private static void seal(Statement s) throws SQLException {
    while (true) {
      try (var rows = s.executeQuery("SELECT seal_events(1000, now())")) {
        rows.next();
        if (rows.getLong(1) == 0) return;
      }
    }
  }

  private static String orNull(String text) {
    return text.isEmpty() ? "NULL" : "'" + text + "'";
  }
}
