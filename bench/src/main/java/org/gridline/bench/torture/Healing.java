package org.gridline.bench.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gridline.bench.torture.Api.Answer;
import org.gridline.bench.torture.Clerk.Mark;

/**
 * What must come true by itself after a fault, while nobody works: the log has its order, clocks
 * that ran out have fired, the live map and the search know what the database knows.
 */
final class Healing {
  /** Ten times what is promised, for a machine with other work. */
  private static final long MOST_SECONDS = 100;

  private static final int LOOK_MILLIS = 20;

  private final Postgres postgres;
  private final Api api;
  private final LiveWatch watch;
  private final String login;

  /** Something that is so or is not yet; says what is missing. */
  private interface Condition {
    Optional<String> missing() throws SQLException;
  }

  Healing(Postgres postgres, Api api, LiveWatch watch, String login) {
    this.postgres = postgres;
    this.api = api;
    this.watch = watch;
    this.login = login;
  }

  /**
   * Waits for all of it.
   *
   * @param newest tickets that the search must find
   * @throws Broken saying what did not come true
   */
  void await(List<Mark> newest) throws SQLException, InterruptedException {
    try (Connection c = postgres.connect()) {
      Ask ask = new Ask(c);
      until(() -> sealed(ask));
      until(() -> fired(ask));
      until(() -> shown(ask));
    }
    for (Mark mark : newest) until(() -> found(mark));
  }

  private static void until(Condition condition) throws SQLException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    Optional<String> missing = condition.missing();
    while (missing.isPresent()) {
      if (System.nanoTime() > end)
        throw new Broken("not healed after " + MOST_SECONDS + " s: " + missing.get());
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      missing = condition.missing();
    }
  }

  private static Optional<String> sealed(Ask ask) throws SQLException {
    return some(
        ask.number("SELECT (SELECT count(*) FROM ticket_event) - last_seq FROM seal_head"),
        "events have no position");
  }

  /** I5: none is lost. */
  private static Optional<String> fired(Ask ask) throws SQLException {
    return some(
        ask.number(
            "SELECT count(*) FROM deadline WHERE next_at < clock_timestamp() - interval '2 seconds'"),
        "clocks ran out and have not fired");
  }

  private static Optional<String> some(long count, String what) {
    return count == 0 ? Optional.empty() : Optional.of(count + " " + what);
  }

  /** I6: the live map equals the database. */
  private Optional<String> shown(Ask ask) throws SQLException {
    Map<Long, Integer> stored = new HashMap<>();
    ask.each("SELECT id, version FROM ticket", row -> stored.put(row.getLong(1), row.getInt(2)));
    Map<Long, Integer> world = watch.world();
    if (world.equals(stored)) return Optional.empty();
    long differ =
        stored.entrySet().stream().filter(e -> !e.getValue().equals(world.get(e.getKey()))).count();
    return Optional.of(
        "the live map shows %d tickets and the database has %d; %d differ"
            .formatted(world.size(), stored.size(), differ));
  }

  /** I6: so does the search. */
  private Optional<String> found(Mark mark) {
    String path = "/api/v1/tickets?q=" + URLEncoder.encode(mark.word(), StandardCharsets.UTF_8);
    if (api.get(login, path) instanceof Answer.Said said && said.status() == 200) {
      for (JsonNode ticket : said.json().path("tickets")) {
        if (ticket.path("id").asLong() == mark.ticket()) return Optional.empty();
      }
    }
    return Optional.of("the search does not find '" + mark.word() + "'");
  }
}
