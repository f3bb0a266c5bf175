package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A city with real people begins with nobody and one link. */
class RealCityTest {
  @Test
  void the_first_administrator_comes_by_a_link_that_holds_once(@TempDir Path folder)
      throws IOException {
    Path pack = realPack(folder.resolve("pack"));
    Path data = folder.resolve("data");
    try (Town town = Town.open(pack, TestDatabase.fresh(), data)) {
      assertThat(Town.json(town.send(town.request("/api/v1/city"))).path("signIns")).isEmpty();
      Path file = data.resolve("first-sign-in.txt");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      String text = Files.readString(file).strip();
      String token = text.substring(text.indexOf("/setup#token=") + 13);

      assertThat(setUp(town, token, "admin", "short").statusCode()).isEqualTo(422);
      assertThat(setUp(town, token, "a b", "long enough word").statusCode()).isEqualTo(422);
      assertThat(setUp(town, "x".repeat(43), "admin", "long enough word").statusCode())
          .isEqualTo(403);
      assertThat(setUp(town, token, "admin", "long enough word").statusCode()).isEqualTo(201);
      assertThat(file).doesNotExist();
      assertThat(setUp(town, token, "second", "long enough word").statusCode()).isEqualTo(403);
      HttpResponse<String> in =
          post(town, "/api/v1/sessions", "{\"user\":\"admin\",\"password\":\"long enough word\"}");
      assertThat(in.statusCode()).isEqualTo(201);
      assertThat(in.body()).contains("manageUsers");

      town.restart();
      assertThat(file).as("no new link once somebody is there").doesNotExist();
    }
  }

  @Test
  void a_link_of_an_earlier_start_lets_nobody_in(@TempDir Path folder) throws IOException {
    Path pack = realPack(folder.resolve("pack"));
    Path data = folder.resolve("data");
    try (Town town = Town.open(pack, TestDatabase.fresh(), data)) {
      String earlier = link(data);
      town.restart();
      String newest = link(data);
      assertThat(setUp(town, earlier, "early", "long enough word").statusCode()).isEqualTo(403);
      assertThat(setUp(town, newest, "admin", "long enough word").statusCode()).isEqualTo(201);
      assertThat(setUp(town, earlier, "second", "long enough word").statusCode()).isEqualTo(403);
    }
  }

  private static String link(Path data) throws IOException {
    String text = Files.readString(data.resolve("first-sign-in.txt")).strip();
    return text.substring(text.indexOf("/setup#token=") + 13);
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
