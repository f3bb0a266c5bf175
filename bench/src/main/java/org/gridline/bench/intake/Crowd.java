package org.gridline.bench.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gridline.bench.common.RunDatabase;

/**
 * Closed tickets of the past, many times the first hundred with other ids, numbers and callers:
 * tickets, their events, callers and words. Triggers rest meanwhile, and the events keep the order
 * of those that they were copied from, so that nobody seals them again.
 */
final class Crowd {
  private static final int MODELS = 100;

  /** Ids of one copy lie closer together than this, and before everything that is there. */
  private static final long ASIDE = 1L << 26;

  private static final int COPIES = 500;

  private final RunDatabase run;

  Crowd(RunDatabase run) {
    this.run = run;
  }

  /** Until there are so many tickets. */
  void fill(long tickets) throws SQLException {
    run.execute(
        "SET session_replication_role = replica",
        "CREATE TABLE model AS SELECT id, person_id, words_id FROM ticket ORDER BY id LIMIT "
            + MODELS);
    long copy = 1_000;
    for (long there = run.count("ticket"); there < tickets; there += (long) COPIES * MODELS) {
      String copies = "generate_series(" + copy + ", " + (copy + COPIES - 1) + ") AS c";
      for (String sql :
          List.of(
              copied(
                  "ticket",
                  Map.of(
                      "id", moved("t.id"),
                      "person_id", moved("t.person_id"),
                      "words_id", moved("t.words_id"),
                      "number", "t.number || '-' || c",
                      "state", "'CLOSED'"),
                  "ticket t JOIN model m ON m.id = t.id, " + copies),
              copied(
                  "ticket_event",
                  Map.of("ticket_id", moved("t.ticket_id"), "id", moved("t.id")),
                  "ticket_event t JOIN model m ON m.id = t.ticket_id, " + copies),
              copied(
                  "person",
                  Map.of("id", moved("t.id"), "phone_mac", "sha256((t.id || ' ' || c)::bytea)"),
                  "person t JOIN model m ON m.person_id = t.id, " + copies),
              copied(
                  "words",
                  Map.of("id", moved("t.id"), "person_id", moved("t.person_id")),
                  "words t JOIN model m ON m.words_id = t.id, " + copies))) run.execute(sql);
      copy += COPIES;
    }
    run.execute("SET session_replication_role = origin", "VACUUM ANALYZE", "CHECKPOINT");
  }

  private static String moved(String id) {
    return "(" + id + " - c::bigint * " + ASIDE + ")";
  }

  private String copied(String table, Map<String, String> other, String from) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement s = run.connection().createStatement();
        ResultSet rows =
            s.executeQuery(
                "SELECT attname FROM pg_attribute WHERE attrelid = '"
                    + table
                    + "'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''")) {
      while (rows.next()) columns.add(rows.getString(1));
    }
    return "INSERT INTO %s (%s) SELECT %s FROM %s"
        .formatted(
            table,
            String.join(", ", columns.stream().map(c -> '"' + c + '"').toList()),
            String.join(
                ", ", columns.stream().map(c -> other.getOrDefault(c, "t.\"" + c + '"')).toList()),
            from);
  }
}
