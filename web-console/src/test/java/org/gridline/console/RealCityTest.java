package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A city with real people begins with nobody and three links. */
class RealCityTest {
  @Test
  void each_of_the_three_administrators_comes_by_a_link_that_holds_once(@TempDir Path folder)
      throws IOException {
    Path pack = realPack(folder.resolve("pack"));
    Path data = folder.resolve("data");
    try (Town town = Town.open(pack, TestDatabase.fresh(), data)) {
      assertThat(Town.json(town.send(town.request("/api/v1/city"))).path("signIns")).isEmpty();
      Path file = data.resolve("first-sign-in.txt");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      List<String> links = links(data);
      assertThat(links).hasSize(3);
      String token = links.getFirst();

      assertThat(setUp(town, token, "admin", "short").statusCode()).isEqualTo(422);
      assertThat(setUp(town, token, "a b", "long enough word").statusCode()).isEqualTo(422);
      assertThat(setUp(town, "x".repeat(43), "admin", "long enough word").statusCode())
          .isEqualTo(403);
      assertThat(setUp(town, token, "admin", "long enough word").statusCode()).isEqualTo(201);
      assertThat(links(data)).isEqualTo(links.subList(1, 3));
      assertThat(setUp(town, token, "second", "long enough word").statusCode()).isEqualTo(403);
      assertThat(setUp(town, links.get(1), "admin", "long enough word").statusCode())
          .as("one person is one administrator")
          .isEqualTo(403);
      HttpResponse<String> in =
          post(town, "/api/v1/sessions", "{\"user\":\"admin\",\"password\":\"long enough word\"}");
      assertThat(in.statusCode()).isEqualTo(201);
      assertThat(in.body()).contains("manageUsers").doesNotContain("grantRoles", "readAudit");
      assertThat(in.body()).as("a real city's").contains("enrolSecondFactor");
      assertThat(
              town.send(town.request("/health/live").header("X-Forwarded-Proto", "https"))
                  .headers()
                  .firstValue("Strict-Transport-Security"))
          .contains("max-age=31536000");
      assertThat(
              town.send(town.request("/health/live"))
                  .headers()
                  .firstValue("Strict-Transport-Security"))
          .isEmpty();
      HttpResponse<String> users =
          town.send(
              town.request("/api/v1/users")
                  .header("Authorization", "Bearer " + Town.json(in).path("token").asText()));
      assertThat(users.statusCode()).isEqualTo(403);

      town.restart();
      assertThat(links(data)).as("the other two, anew").hasSize(2).doesNotContain(links.get(1));
      for (String link : links(data))
        assertThat(
                setUp(town, link, "admin." + links(data).size(), "long enough word").statusCode())
            .isEqualTo(201);
      assertThat(file).doesNotExist();
      town.restart();
      assertThat(file).as("no new link once all three are there").doesNotExist();
    }
  }

  @Test
  void a_link_of_an_earlier_start_lets_nobody_in(@TempDir Path folder) throws IOException {
    Path pack = realPack(folder.resolve("pack"));
    Path data = folder.resolve("data");
    try (Town town = Town.open(pack, TestDatabase.fresh(), data)) {
      String earlier = links(data).getFirst();
      town.restart();
      String newest = links(data).getFirst();
      assertThat(setUp(town, earlier, "early", "long enough word").statusCode()).isEqualTo(403);
      assertThat(setUp(town, newest, "admin", "long enough word").statusCode()).isEqualTo(201);
      assertThat(setUp(town, earlier, "second", "long enough word").statusCode()).isEqualTo(403);
    }
  }

  private static List<String> links(Path data) throws IOException {
    return Files.readAllLines(data.resolve("first-sign-in.txt")).stream()
        .filter(line -> line.contains("/setup#token="))
        .map(line -> line.substring(line.indexOf("/setup#token=") + 13))
        .toList();
  }

  private static HttpResponse<String> setUp(Town town, String token, String user, String password) {
    return post(
        town,
        "/api/v1/setup",
        "{\"token\":\""
            + token
            + "\",\"user\":\""
            + user
            + "\",\"password\":\""
            + password
            + "\"}");
  }

  private static HttpResponse<String> post(Town town, String path, String body) {
    return town.send(
        town.request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static Path realPack(Path target) throws IOException {
    Path sample = Town.sample();
    try (Stream<Path> files = Files.walk(sample)) {
      for (Path file : files.sorted().toList()) {
        Path copy = target.resolve(sample.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(copy);
        else Files.copy(file, copy);
      }
    }
    Path city = target.resolve("city.yaml");
    Files.writeString(city, Files.readString(city).replace("sample: true", "sample: false"));
    return target;
  }
}
