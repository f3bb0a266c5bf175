package org.gridline.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gridline.console.Await;
import org.gridline.console.Said;
import org.gridline.console.Town;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;

/** The command as an auditor runs it: on a house at work, and on one that somebody has changed. */
class AuditTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void a_server_at_work_is_intact_and_its_own_anchors_are_compared() throws Exception {
    String url = TestDatabase.fresh();
    Path data = Town.folder();
    AtomicBoolean done = new AtomicBoolean();
    try (Town town = Town.open(url, data)) {
      town.token("operator1");
      Thread caller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!done.get()) town.report("operator1", Said.lamp().toString());
                  });
      for (int i = 0; i < 5; i++) {
        assertThat(run(url, data, "verify")).as(told()).isEqualTo(Audit.INTACT);
      }
      done.set(true);
      caller.join();
      Await.until(
          () -> run(url, data, "verify") == Audit.INTACT && json().path("unsealed").asLong() == 0);
      assertThat(json().path("events").asLong()).isPositive();
      assertThat(json().path("tickets").asLong()).isPositive();
    }
    // Closing anchors the end of the log.
    assertThat(run(url, data, "verify")).isEqualTo(Audit.INTACT);
    assertThat(json().path("anchors").asText()).isEqualTo("compared");
    assertThat(json().path("unanchored").asLong()).isZero();
    assertThat(told()).contains("INTACT", "完整");

    changedAnchorIsFound(url, data);
    anchorsWithoutTheirKeyProveNothing(url, data);
    aSmuggledEventIsFound(url, data);
  }

  private void changedAnchorIsFound(String url, Path data) throws IOException {
    Path file = data.resolve("anchors.log");
    String before = Files.readString(file);
    String line = before.strip();
    char last = line.charAt(line.length() - 1);
    Files.writeString(
        file, line.substring(0, line.length() - 1) + (last == '0' ? '1' : '0') + "\n");
    assertThat(run(url, data, "verify")).isEqualTo(Audit.BROKEN);
    assertThat(json().path("ok").asBoolean(true)).isFalse();
    assertThat(json().path("broken").asText()).contains("is not the one that was anchored");
    // A line cut short by a crash, and lines that are none, are no lie.
    Files.writeString(
        file, before + "garbage\n\u0000 x 9999999999999999999 1 " + "0".repeat(64) + "\n2026");
    assertThat(run(url, data, "verify")).isEqualTo(Audit.INTACT);
    Files.writeString(file, before);
  }

  private void anchorsWithoutTheirKeyProveNothing(String url, Path data) throws IOException {
    Path elsewhere = Town.folder();
    Files.copy(data.resolve("anchors.log"), elsewhere.resolve("anchors.log"));
    assertThat(run(url, elsewhere, "verify")).isEqualTo(Audit.INTACT);
    assertThat(json().path("anchors").asText()).isEqualTo("no_key");
    assertThat(Files.exists(elsewhere.resolve("secrets"))).isFalse();
    assertThat(run(url, Town.folder(), "verify")).isEqualTo(Audit.INTACT);
    assertThat(json().path("anchors").asText()).isEqualTo("no_file");
  }

  private void aSmuggledEventIsFound(String url, Path data) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      s.execute("SET session_replication_role = replica");
      s.execute(
          """
          INSERT INTO ticket_event (ticket_id, version, id, xid, kind, at, user_id, state_after, data, prev_hash, hash)
          SELECT ticket_id, 99, id + 1, xid, kind, at, 1, state_after, data, hash, sha256(hash)
            FROM ticket_event ORDER BY xid, id LIMIT 1
          """);
    }
    assertThat(run(url, data, "verify")).isEqualTo(Audit.BROKEN);
    assertThat(json().path("broken").asText()).contains("event 99 of ticket", "stands in no block");
    assertThat(told()).contains("BROKEN", "已被改动");
  }

  @Test
  void a_database_put_back_to_yesterday_is_found_by_the_anchors_of_today() throws Exception {
    String url = TestDatabase.fresh();
    Path data = Town.folder();
    try (Town town = Town.open(url, data)) {
      town.report("operator1", Said.lamp().toString());
    }
    String yesterday = TestDatabase.copyOf(url);
    Path yesterdaysData = Town.folder();
    Files.createDirectory(yesterdaysData.resolve("secrets"));
    for (String kept : List.of("anchors.log", "secrets/master.key"))
      Files.copy(data.resolve(kept), yesterdaysData.resolve(kept));
    try (Town town = Town.open(url, data)) {
      town.report("operator1", Said.lamp().toString());
    }
    assertThat(run(url, data, "verify")).as(told()).isEqualTo(Audit.INTACT);

    assertThat(run(yesterday, data, "verify")).isEqualTo(Audit.BROKEN);
    assertThat(json().path("broken").asText()).contains("is missing");
    // With the data folder put back as well, only what was kept elsewhere still knows.
    assertThat(run(yesterday, yesterdaysData, "verify")).isEqualTo(Audit.INTACT);
    Path report = Town.folder().resolve("report.csv");
    String anchor =
        Files.readString(data.resolve("anchors.log")).strip().lines().toList().getLast();
    Files.writeString(report, "指标,数值\n锚定,\"" + anchor + "\"\n");
    assertThat(run(yesterday, yesterdaysData, "verify", "--report", report.toString()))
        .isEqualTo(Audit.BROKEN);
    assertThat(run(url, data, "verify", "--report", report.toString())).isEqualTo(Audit.INTACT);
    assertThat(run(url, data, "verify", "--json", "--report", report.toString()))
        .isEqualTo(Audit.INTACT);
    assertThat(told().strip()).startsWith("{").endsWith("}").doesNotContain("\n");
    assertThat(run(url, data, "verify", "--report", "/no/such/file"))
        .isEqualTo(Audit.WRONG_ARGUMENTS);
  }

  @Test
  void wrong_words_are_refused_and_a_missing_database_is_no_verdict() {
    Path data = Town.folder();
    assertThat(run("postgresql://x:y@127.0.0.1:1/z", data)).isEqualTo(Audit.WRONG_ARGUMENTS);
    assertThat(run("postgresql://x:y@127.0.0.1:1/z", data, "prove"))
        .isEqualTo(Audit.WRONG_ARGUMENTS);
    assertThat(run("", data, "verify")).isEqualTo(Audit.WRONG_ARGUMENTS);
    assertThat(out.size()).isZero();
    assertThat(run("postgresql://x:secret@127.0.0.1:1/z", data, "verify"))
        .isEqualTo(Audit.NOT_CHECKED);
    assertThat(json().path("ok").isNull()).isTrue();
    assertThat(told() + err).doesNotContain("secret@", ":secret");
  }

  private int run(String url, Path data, String... arguments) {
    out.reset();
    return new Audit(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(
            List.of(arguments),
            Map.of("GRIDLINE_DATABASE_URL", url, "GRIDLINE_DATA", data.toString()));
  }

  private String told() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private JsonNode json() {
    return Town.json(told().strip().lines().reduce((a, b) -> b).orElse("{}"));
  }
}
