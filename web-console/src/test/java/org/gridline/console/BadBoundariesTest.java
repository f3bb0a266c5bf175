package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gridline.console.ChangedGround.ADMIN;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gridline.console.ChangedGround.Feature;
import org.gridline.console.boundaries.Import;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads that can't be used: each says why, nothing is written, the ground stays as it is. */
class BadBoundariesTest {
  private static final Town TOWN = Town.open(TestDatabase.fresh(), Town.folder());
  private static final ChangedGround GROUND = new ChangedGround(TOWN);
  private static final String STREETS = "layer=street&code=CODE&name=NAME&parent=PARENT";

  @AfterAll
  static void close() {
    TOWN.close();
  }

  private static byte[] streets() {
    return ChangedGround.file(GROUND.layer("street"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "code=CODE | layer",
        "layer=street | code",
        "layer=police&code=CODE | layer",
        "layer=../street&code=CODE&layerName=x | layer",
        "layer=street&code=CODE&crs=EPSG:0 | crs",
        "layer=street&code=CODE&crs=Beijing | crs",
        "layer=street&code=CODE&validFrom=soon | validFrom",
        "layer=street&code=CODE&validFrom=2026-13-01 | validFrom",
        "layer=street&code=CODE&validFrom=2001-01-01 | validFrom",
        "layer=street&code=CODE&validFrom=99999-01-01 | validFrom",
      })
  void a_wish_that_makes_no_sense_is_refused_at_once(String query, String field) {
    HttpResponse<String> answer = GROUND.upload(ADMIN, query, streets());
    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 422);
    assertThat(Town.json(answer).path("field").asText()).isEqualTo(field);
    unharmed();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "this is no file of any format | x.geojson",
        "PK\u0003\u0004 nothing | x.zip",
        "SQLite format 3 | x.gpkg",
        "{\"type\":\"FeatureCollection\",\"features\":[]} | ../../../etc/passwd",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"}]} | x.json",
        "[[[[[[[[[[[[[[[[ | x.json.gz",
      })
  void what_is_no_boundary_file_is_refused_with_a_finding(String content, String name) {
    JsonNode ended =
        GROUND.importedAs(
            STREETS + "&file=" + ChangedGround.encoded(name),
            content.getBytes(StandardCharsets.UTF_8));
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("refused");
    assertThat(ended.path("findings")).isNotEmpty();
    assertThat(ended.path("problem").asText()).isNotEmpty();
    assertThat(ended.path("file").asText()).doesNotContain("/");
    assertThat(ended.toString()).doesNotContain(TOWN.data().toString());
    HttpResponse<String> decided =
        GROUND.decide(ended.path("id").asLong(), "{\"action\":\"activate\"}");
    assertThat(decided.statusCode()).isEqualTo(422);
    unharmed();
  }

  @Test
  void wrong_fields_are_named() {
    JsonNode ended = GROUND.importedAs("layer=street&code=NOPE", streets());
    assertThat(ended.path("state").asText()).isEqualTo("refused");
    assertThat(ended.path("findings").toString()).contains("code_missing");
    unharmed();
  }

  @Test
  void a_system_that_the_register_does_not_have_is_refused_with_a_finding() {
    JsonNode ended = GROUND.importedAs(STREETS + "&crs=EPSG:99999", streets());
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("refused");
    assertThat(ended.path("findings").get(0).path("code").asText()).isEqualTo("crs_unknown");
    assertThat(ended.path("findings").get(0).path("reason").asText()).contains("99999");
    unharmed();
  }

  @Test
  void a_priority_that_is_no_number_is_refused_with_its_feature() {
    JsonNode ended = GROUND.importedAs(STREETS + "&priority=NAME", streets());
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("refused");
    assertThat(ended.path("findings").get(0).path("reason").asText()).contains("优先级须为整数");
    assertThat(
            GROUND.upload(ADMIN, STREETS + "&priority=" + "x".repeat(101), streets()).statusCode())
        .isEqualTo(400);
    unharmed();
  }

  @Test
  void a_code_of_another_layer_is_refused() {
    List<Feature> clash = new ArrayList<>(GROUND.layer("street"));
    Feature first = clash.removeFirst();
    String community = GROUND.layer("community").getFirst().code();
    clash.add(new Feature(community, first.name(), first.parent(), first.shape()));
    JsonNode ended = GROUND.imported("street", ChangedGround.file(clash));
    assertThat(ended.path("state").asText()).isEqualTo("refused");
    assertThat(ended.path("findings").toString())
        .contains("code_duplicate", community, "community");
    unharmed();
  }

  @Test
  void an_empty_file_is_refused() {
    HttpResponse<String> answer = GROUND.upload(ADMIN, STREETS, new byte[0]);
    assertThat(answer.statusCode()).isEqualTo(400);
    unharmed();
  }

  @Test
  void a_huge_declared_length_is_refused_before_anything_is_written() throws IOException {
    assertThat(raw("Content-Length: 99999999999\r\n", "")).contains("413", "payload_too_large");
    assertThat(raw("Content-Length: 99999999999999999999999\r\n", "")).contains("400");
    unharmed();
  }

  @Test
  void a_sender_who_hangs_up_leaves_nothing() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), TOWN.port())) {
      socket
          .getOutputStream()
          .write(head("Content-Length: 1000000\r\n").getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(new byte[1000]);
    }
    Await.until(() -> files() == 0);
    unharmed();
  }

  @Test
  void only_who_manages_boundaries_may() {
    for (String user : List.of("operator1", "commander1")) {
      assertThat(GROUND.upload(user, STREETS, streets()).statusCode()).isEqualTo(403);
      assertThat(TOWN.get(user, "/api/v1/boundary-imports").statusCode()).isEqualTo(403);
      assertThat(TOWN.get(user, "/api/v1/boundary-imports/1").statusCode()).isEqualTo(403);
      assertThat(TOWN.get(user, "/api/v1/boundary-log").statusCode()).isEqualTo(403);
      assertThat(TOWN.post(user, "/api/v1/boundary-imports/1/actions", "{}").statusCode())
          .isEqualTo(403);
      assertThat(TOWN.post(user, "/api/v1/boundary-versions/x/actions", "{}").statusCode())
          .isEqualTo(403);
      assertThat(TOWN.get(user, "/api/v1/boundary-versions").statusCode()).isEqualTo(200);
    }
    assertThat(TOWN.send(TOWN.request("/api/v1/boundary-versions")).statusCode()).isEqualTo(401);
    assertThat(TOWN.get("auditor1", "/api/v1/boundary-log").statusCode()).isEqualTo(200);
    JsonNode staged = GROUND.imported("street", streets());
    String version = staged.path("version").asText();
    assertThat(TOWN.get("operator1", "/api/v1/boundaries/street?version=" + version).statusCode())
        .isEqualTo(404);
    assertThat(TOWN.get(ADMIN, "/api/v1/boundaries/street?version=" + version).statusCode())
        .isEqualTo(200);
    assertThat(TOWN.get("operator1", "/api/v1/boundary-versions").body()).doesNotContain(version);
    assertThat(GROUND.decide(staged.path("id").asLong(), "{\"action\":\"discard\"}").statusCode())
        .isEqualTo(200);
    Await.until(() -> count("boundary_version") == 1);
    assertThat(GROUND.decide(1, "{\"action\":\"activate\"}").statusCode()).isEqualTo(404);
    unharmed();
  }

  @Test
  void a_decision_that_makes_no_sense_is_refused() {
    JsonNode staged = GROUND.imported("street", streets());
    long id = staged.path("id").asLong();
    String past = LocalDate.now(ZoneId.of("Asia/Shanghai")).minusDays(1).toString();
    for (String body :
        List.of(
            "{}",
            "{\"action\":\"explode\"}",
            "{\"action\":\"activate\",\"validFrom\":\"" + past + "\"}",
            "{\"action\":\"activate\",\"validFrom\":20261201}",
            "{\"action\":\"activate\",\"note\":\"" + "x".repeat(501) + "\"}"))
      assertThat(GROUND.decide(id, body).statusCode()).as(body).isEqualTo(400);
    assertThat(GROUND.decide(id, "{\"action\":\"discard\"}").statusCode()).isEqualTo(200);
    Await.until(() -> count("boundary_version") == 1);
    unharmed();
  }

  @Test
  void the_command_prints_what_it_found_and_leaves_by_its_exit_code(@TempDir Path folder)
      throws IOException {
    Path good = folder.resolve("streets.geojson");
    Files.write(good, streets());
    Path bad = folder.resolve("bad.geojson");
    Files.writeString(bad, "nonsense");
    String url = "http://127.0.0.1:" + TOWN.port();
    List<String> fields = List.of("--layer", "street", "--code", "CODE", "--name=NAME");
    assertThat(run(url, good, fields, "--dry-run")).startsWith("0").contains("open tickets");
    Await.until(() -> count("boundary_version") == 1);
    assertThat(run(url, bad, fields)).startsWith("1").contains("refused");
    assertThat(run(url, good, fields, "--valid-from", "1999-01-01")).startsWith("1");
    assertThat(run(url, good, fields, "--user", "operator1")).startsWith("1");
    assertThat(run(url, good, fields, "--token", "wrong")).startsWith("1");
    assertThat(run(url, folder.resolve("none"), fields)).startsWith("2");
    assertThat(run(url, good, List.of("--layer", "street"))).startsWith("2").contains("usage");
    assertThat(run("http://127.0.0.1:" + Town.freePort(), good, fields)).startsWith("1");
    unharmed();
  }

  private static String run(String url, Path file, List<String> fields, String... more) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
    List<String> all =
        Stream.of(List.of(file.toString()), fields, List.of(more)).flatMap(List::stream).toList();
    int code = Import.run(all, Map.of("GRIDLINE_URL", url), print, print);
    return code + "\n" + said.toString(StandardCharsets.UTF_8);
  }

  private static String head(String length) {
    return "POST /api/v1/boundary-imports?"
        + STREETS
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + TOWN.token(ADMIN)
        + "\r\n"
        + length
        + "\r\n";
  }

  private static String raw(String length, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), TOWN.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((head(length) + body).getBytes(StandardCharsets.UTF_8));
      byte[] answer = new byte[4096];
      int n = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, n), StandardCharsets.UTF_8);
    }
  }

  /** One version, the pack's; no file is left; the ground answers. */
  private static void unharmed() {
    Await.until(() -> files() == 0);
    assertThat(count("boundary_version")).isEqualTo(1);
    JsonNode versions = Town.json(TOWN.get(ADMIN, "/api/v1/boundary-versions"));
    assertThat(versions.path("versions").get(0).path("state").asText()).isEqualTo("current");
    assertThat(GROUND.layer("street")).isNotEmpty();
  }

  private static long files() {
    Path uploads = TOWN.data().resolve("uploads");
    try (Stream<Path> all = Files.isDirectory(uploads) ? Files.list(uploads) : Stream.empty()) {
      return all.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long count(String table) {
    try (Connection c = TestDatabase.connectTo(TOWN.databaseUrl());
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery("SELECT count(*) FROM " + table)) {
      r.next();
      return r.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
