package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.gridline.dispatch.store.Desk;
import org.gridline.dispatch.store.TestDatabase;
import org.gridline.gis.TestData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Real tickets of a real city are replayed over HTTP while the server and the replay are killed
 * again and again. Every row gets one ticket, and the answers are the city's own.
 */
@Tag("torture")
@Timeout(900)
class S11_CityThroughTheFrontDoorTest {
  private static final int ROWS = 3_000;

  private static final Duration MOST = Duration.ofMinutes(2);

  /** City Hall, which the city writes when it knows no place. */
  private static final String DEFAULT_POINT = ",42.3594,-71.0587,";

  @Test
  void a_city_is_replayed_through_kills_with_nothing_lost_or_doubled() throws Exception {
    Path file = TestData.get("boston2015/boston_311_2015.csv.gz");
    for (String layer : List.of("wards", "precincts", "police_districts", "neighborhoods"))
      TestData.get("boston2015/" + layer + ".geojson.gz");
    String url = TestDatabase.fresh();
    Path data = Town.folder();
    int port = Town.freePort();
    Path boston = Desk.repository().resolve("config/cities/boston");
    ServerProcess server = new ServerProcess(boston, url, data, port);
    ReplayProcess replay =
        new ReplayProcess(
            data, port, file.resolveSibling(".").normalize(), "--limit", Integer.toString(ROWS));
    try {
      awaitRows(replay, 200);
      killAndStartAgain(server);
      awaitRows(replay, 800);
      killAndStartAgain(server);
      awaitRows(replay, 1_400);
      replay.killAndStartAgain();
      awaitRows(replay, 2_000);
      killAndStartAgain(server);
      assertThat(replay.awaitEnd(240)).as(replay::said).isZero();
    } finally {
      replay.end();
      server.kill();
    }
    Map<String, List<String>> ledger = replay.ledger();
    JsonNode result = replay.result();
    System.out.println(result);

    assertThat(replay.said()).contains("waiting for the server");
    assertThat(result.path("rows").asInt()).isEqualTo(ROWS);
    assertThat(result.path("acknowledged").asInt()).isEqualTo(ROWS);
    assertThat(result.path("sent").asInt()).as("the second run went on").isLessThan(ROWS - 1_000);
    assertThat(ledger).hasSize(ROWS);
    everyRowHasOneTicket(url, ledger);
    theChainVerifies(url);
    assertThat(result.at("/truth/ward/share").asDouble()).isGreaterThanOrEqualTo(0.985);
    assertThat(result.at("/truth/police/share").asDouble()).isGreaterThanOrEqualTo(0.99);
    rowsWithoutAPlaceAreNotRouted(file, ledger);
  }

  /** A cold server on a busy machine takes its time over the first rows. */
  private static void awaitRows(ReplayProcess replay, int rows) {
    Instant end = Instant.now().plus(MOST);
    while (replay.ledger().size() < rows) {
      assertThat(replay.running()).as(replay::said).isTrue();
      assertThat(Instant.now()).as(replay::said).isBefore(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static void killAndStartAgain(ServerProcess server) {
    server.kill();
    server.startAgain();
    server.awaitReady();
  }

  private static void everyRowHasOneTicket(String url, Map<String, List<String>> ledger)
      throws Exception {
    Map<String, String> acknowledged = new HashMap<>();
    ledger.forEach((row, cells) -> acknowledged.put("boston:" + row, cells.get(2)));
    Map<String, String> stored = new HashMap<>();
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement();
        ResultSet rows =
            s.executeQuery(
                "SELECT i.key, t.id, i.created_at > now() - interval '1 day' FROM idempotency i"
                    + " FULL JOIN ticket t ON t.id = i.ticket_id")) {
      while (rows.next()) {
        // However old the report is, its key is kept from when it came in.
        assertThat(rows.getBoolean(3)).as("a key of today").isTrue();
        assertThat(rows.getString(1)).as("key of ticket " + rows.getString(2)).isNotNull();
        assertThat(stored.put(rows.getString(1), rows.getString(2))).isNull();
      }
    }
    assertThat(stored).isEqualTo(acknowledged);
    assertThat(new HashSet<>(stored.values())).hasSize(ROWS);
  }

  private static void theChainVerifies(String url) {
    try (Desk desk = Desk.open(url)) {
      Await.until(() -> desk.database().verifier().verify().unsealed() == 0);
      assertThat(desk.database().verifier().verify().broken()).isEmpty();
    }
  }

  private static void rowsWithoutAPlaceAreNotRouted(Path file, Map<String, List<String>> ledger)
      throws IOException {
    Set<String> unplaced = new HashSet<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .limit(2L * ROWS)
          .filter(line -> line.contains(DEFAULT_POINT))
          .map(line -> line.substring(0, line.indexOf(',')))
          .filter(ledger::containsKey)
          .forEach(unplaced::add);
    }
    assertThat(unplaced).hasSizeGreaterThan(100);
    for (String row : unplaced) {
      List<String> cells = Objects.requireNonNull(ledger.get(row));
      assertThat(cells.get(5)).as("flag of " + row).isEqualTo("suspect");
      assertThat(cells.get(6)).as("owner of " + row).isEmpty();
    }
  }
}
