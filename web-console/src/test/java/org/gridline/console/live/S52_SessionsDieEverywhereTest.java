package org.gridline.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.gridline.console.Await;
import org.gridline.console.Town;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;

/** Two servers on one database: who is shown out at one is out at the other, live feed included. */
class S52_SessionsDieEverywhereTest {
  /** Ten times the goal of five seconds: the machine may be busy. */
  private static final Duration MOST = Duration.ofSeconds(50);

  @Test
  void disabled_at_one_server_and_out_at_the_other() throws IOException {
    String database = TestDatabase.fresh();
    Path data = Town.folder();
    try (Town here = Town.open(database, data);
        Town there = Town.open(database, sameSecrets(data))) {
      for (String change : new String[] {"disable", "assign", "resetPassword"}) {
        String login =
            switch (change) {
              case "disable" -> "commander1";
              case "assign" -> "chief1";
              default -> "dispatcher1";
            };
        String token = there.freshToken(login);
        try (Listener listener = Listener.open(there, token, "").ready()) {
          assertThat(current(there, token).statusCode()).isEqualTo(200);
          JsonNode user =
              Town.json(here.get("sysadmin1", "/api/v1/users?q=" + login)).path("users").get(0);
          String body =
              "{\"action\":\"" + change + "\",\"version\":" + user.path("version").asInt();
          if (change.equals("assign")) body += ",\"unit\":\"QX-ZX\",\"roles\":[\"inspector\"]";
          String who = change.equals("assign") ? "secadmin1" : "sysadmin1";
          HttpResponse<String> done =
              here.post(who, "/api/v1/users/" + user.path("id").asText() + "/actions", body + "}");
          assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
          Instant changed = Instant.now();
          Await.until(() -> current(there, token).statusCode() == 401 && listener.ended());
          assertThat(Duration.between(changed, Instant.now())).as(change).isLessThan(MOST);
        }
      }
    }
  }

  private static HttpResponse<String> current(Town town, String token) {
    return town.send(
        town.request("/api/v1/sessions/current").header("Authorization", "Bearer " + token));
  }

  private static Path sameSecrets(Path data) throws IOException {
    Path other = Town.folder();
    Files.createDirectories(other.resolve("secrets"));
    Files.copy(data.resolve("secrets/master.key"), other.resolve("secrets/master.key"));
    return other;
  }
}
