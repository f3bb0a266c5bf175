package org.gridline.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gridline.console.Town;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a small made-up city. */
class ReplayTest {
  private static Path cities;
  private static Town town;

  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();

  ReplayTest(@TempDir Path folder) {
    this.folder = folder;
    environment.put("GRIDLINE_URL", "http://127.0.0.1:" + town.port());
    environment.put("GRIDLINE_CITIES", cities.toString());
    environment.put("GRIDLINE_DATA", folder.resolve("data").toString());
  }

  @BeforeAll
  static void open() throws IOException {
    cities = Files.createTempDirectory("gridline-cities");
    Path pack = cities.resolve("small");
    copy(Town.sample(), pack);
    Path roles = pack.resolve("roles.yaml");
    Files.writeString(
        roles, Files.readString(roles).replace("takeReport", "takeReport, backdateReport"));
    Folder.text(
        pack.resolve("replay.yaml"),
        Folder.MAPPING.replace(
            "city: [{match: '(?:Ward )?0?(\\d)', as: '0$1'}]",
            "city: [{match: '(?:S-)?(\\d{9})', as: '$1'}]"));
    town = Town.open(pack, TestDatabase.fresh(), Town.folder());
  }

  @AfterAll
  static void close() {
    if (town != null) town.close();
  }

  @Test
  void rows_become_tickets_once_and_the_answers_are_compared() {
    Path tickets =
        tickets(
            "t1,11/01/2015 01:30:00 AM,路灯不亮,尧化门,118.844864,32.109799,S-320113001,?\n",
            "t2,01/02/2015 10:00:00 PM,\"路灯, \"\"不亮\"\"\",,118.844864,32.109799,320113002,\n",
            "t3,01/02/2015 10:00:00 PM,路灯不亮,,0,0,320113001,\n",
            "t4,01/02/2015 10:00:00 PM,路灯不亮,,,,320113001,\n",
            "t5,yesterday,路灯不亮,,118.844864,32.109799,,\n",
            "t6,01/02/2015 10:00:00 PM,路灯不亮,,east,32.109799,,\n",
            "t7,01/02/2015 10:00:00 PM,too few\n",
            ",01/02/2015 10:00:00 PM,路灯不亮,,118.844864,32.109799,,\n",
            "t9,01/02/2015 10:00:00 PM,路灯不亮,,118.844864,32.109799,Mars,\n");
    assertThat(run(tickets.toString())).as(said()).isZero();
    JsonNode result = result();
    assertThat(result.path("rows").asInt()).isEqualTo(9);
    assertThat(result.path("new").asInt()).isEqualTo(4);
    assertThat(result.path("refused").toString())
        .isEqualTo(
            "{\"place_missing\":1,\"row_position\":1,\"row_time\":1,\"row_unreadable\":1,"
                + "\"row_without_id\":1}");
    assertThat(result.at("/flags/suspect").asInt()).isEqualTo(1);
    // t3 is suspect and not compared; t2 says another street; no rule reads Mars.
    assertThat(result.at("/truth/street/compared").asInt()).isEqualTo(2);
    assertThat(result.at("/truth/street/agreeing").asInt()).isEqualTo(1);
    assertThat(result.at("/truth/street/unreadable").asInt()).isEqualTo(1);

    assertThat(run(tickets.toString())).as(said()).isZero();
    assertThat(result().path("acknowledged").asInt()).isEqualTo(4);
    assertThat(said()).contains("4 已在账 answered before");

    deleteLedger();
    assertThat(run(tickets.toString())).as(said()).isZero();
    assertThat(result().path("repeated").asInt()).as("same keys, same answers").isEqualTo(4);
  }

  @Test
  void the_ledger_of_another_database_is_not_believed() {
    Path tickets = tickets("a1,01/02/2015 10:00:00 PM,路灯不亮,,118.844864,32.109799,320113001,\n");
    assertThat(run(tickets.toString())).as(said()).isZero();
    Path pack = cities.resolve("small");
    try (Town other = Town.open(pack, TestDatabase.fresh(), Town.folder())) {
      environment.put("GRIDLINE_URL", "http://127.0.0.1:" + other.port());
      assertThat(run(tickets.toString())).as(said()).isZero();
      assertThat(result().path("sent").asInt()).isEqualTo(1);
      assertThat(result().path("new").asInt()).isEqualTo(1);
    }
  }

  @Test
  void the_limit_counts_rows_of_the_file() {
    Path tickets =
        tickets(
            "b1,01/02/2015 10:00:00 PM,路灯不亮,,118.844864,32.109799,,\n",
            "b2,01/02/2015 10:00:00 PM,路灯不亮,,118.844864,32.109799,,\n");
    assertThat(run(tickets.toString(), "--limit", "1", "--rate=100/s")).as(said()).isZero();
    assertThat(result().path("acknowledged").asInt()).isEqualTo(1);
    assertThat(run(tickets.toString(), "--limit=2", "--rate", "x3600")).as(said()).isZero();
    assertThat(result().path("sent").asInt()).isEqualTo(1);
    assertThat(result().path("acknowledged").asInt()).isEqualTo(2);
  }

  @Test
  void somebody_who_may_not_set_back_the_time_ends_the_run() {
    Path tickets = tickets("c1,01/02/2015 10:00:00 PM,路灯不亮,,118.844864,32.109799,,\n");
    String checker = town.token("checker1");
    assertThat(run(tickets.toString(), "--token", checker)).isEqualTo(1);
    assertThat(said()).contains("not_permitted").doesNotContain(checker);
    assertThat(run(tickets.toString(), "--token", "wrong")).isEqualTo(1);
  }

  @Test
  void what_can_not_be_begun_says_why() throws IOException {
    assertThat(run()).isEqualTo(2);
    assertThat(run(folder.toString(), "--rate", "fast")).isEqualTo(2);
    assertThat(run(folder.toString(), "--limit", "0")).isEqualTo(2);
    assertThat(run(folder.toString(), "--colour", "red")).isEqualTo(2);
    assertThat(run(folder.toString(), "--url", "here")).isEqualTo(2);
    assertThat(run(folder.resolve("none").toString())).isEqualTo(1);
    assertThat(run(Files.createDirectories(folder.resolve("empty")).toString())).isEqualTo(1);
    assertThat(said()).contains("no city pack");

    Path few = Folder.gz(folder.resolve("tickets.csv.gz"), "id,when\n1,2\n");
    assertThat(run(few.resolveSibling(".").toString())).isEqualTo(1);
    assertThat(said()).contains("has no column [lon, lat, what, where, ward, team]");

    copy(cities.resolve("small"), folder.resolve("cities/other"));
    Path city = folder.resolve("cities/other/city.yaml");
    Files.writeString(city, Files.readString(city).replace("Qixia, Nanjing", "Elsewhere"));
    assertThat(run(folder.toString(), "--city", city.resolveSibling(".").toString())).isEqualTo(1);
    assertThat(said()).contains("the server serves").contains("Elsewhere");
    Files.writeString(city, Files.readString(city).replace("sample: true", "sample: false"));
    assertThat(run(folder.toString(), "--city", city.resolveSibling(".").toString())).isEqualTo(1);
    assertThat(said()).contains("--token");

    environment.remove("GRIDLINE_URL");
    assertThat(run(folder.toString())).isEqualTo(1);
    assertThat(said()).contains("no server is running");
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return Replay.run(
        arguments,
        environment,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private JsonNode result() {
    return Town.json(out.toString(StandardCharsets.UTF_8).lines().toList().getLast());
  }

  private Path tickets(String... rows) {
    List<String> lines = new ArrayList<>(List.of(Folder.HEADER));
    lines.addAll(Arrays.asList(rows));
    Folder.gz(folder.resolve("tickets.csv.gz"), String.join("", lines));
    return folder;
  }

  private void deleteLedger() {
    try (Stream<Path> files = Files.list(folder.resolve("data/replay"))) {
      for (Path file : files.toList()) Files.delete(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(copy);
        else Files.copy(file, copy);
      }
    }
  }
}
