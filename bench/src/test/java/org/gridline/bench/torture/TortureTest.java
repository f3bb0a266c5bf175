package org.gridline.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.bench.common.Report;
import org.gridline.bench.torture.Invariants.Findings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short run with a fixed seed; then the database is spoilt, and that has to be found. */
@Tag("torture")
@Timeout(900)
class TortureTest {
  private static final List<Fault> FAULTS =
      List.of(Fault.SERVER, Fault.DATABASE, Fault.BOTH, Fault.COMMIT, Fault.STOP, Fault.DUPLICATE);

  @Test
  void everything_holds_and_what_does_not_is_found() throws Exception {
    Path folder = Files.createTempDirectory("gridline-torture");
    Torture.open(folder);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Report report =
        new Report("torture", "test", new PrintStream(said, true, StandardCharsets.UTF_8));
    Options options = new Options(10, OptionalInt.of(FAULTS.size()), FAULTS, 20261122);
    try (Torment torment = new Torment(options, place(folder), report)) {
      boolean held = torment.run();
      torment.print();
      System.out.print(said.toString(StandardCharsets.UTF_8));
      assertThat(held).as(said.toString(StandardCharsets.UTF_8)).isTrue();
      assertThat(torment.tally().times()).isEqualTo(FAULTS.size());
      assertThat(torment.tally().kills()).isEqualTo(4);
      assertThat(torment.ledger().sums().acknowledged()).isPositive();
      spoil(torment);
    }
    Torture.delete(folder);
  }

  private static void spoil(Torment torment) throws SQLException {
    try (Connection c = torment.postgres().connect();
        Statement s = c.createStatement()) {
      s.execute("SET session_replication_role = replica");
      s.execute("CREATE TEMP TABLE victim AS SELECT ticket_id AS id, key FROM idempotency LIMIT 3");
      Ask ask = new Ask(c);
      // One is gone, one is there twice, of one an event says something else.
      long gone = ask.number("SELECT id FROM victim LIMIT 1");
      s.execute("DELETE FROM ticket WHERE id = " + gone);
      long twice = ask.number("SELECT id FROM victim LIMIT 1 OFFSET 1");
      s.execute("UPDATE idempotency SET key = key || '-other' WHERE ticket_id = " + twice);
      long changed = ask.number("SELECT id FROM victim LIMIT 1 OFFSET 2");
      s.execute(
          "UPDATE ticket_event SET at = at + interval '1 second' WHERE version = 1 AND ticket_id = "
              + changed);
    }
    Findings findings = torment.invariants().all();
    assertThat(findings.lost()).isGreaterThanOrEqualTo(2);
    assertThat(findings.doubled()).isPositive();
    assertThat(findings.broken()).anyMatch(what -> what.startsWith("audit: "));
  }

  @Test
  void the_same_seed_gives_the_same_faults_and_the_same_requests() {
    Plan one = new Plan(FAULTS, 7);
    Plan other = new Plan(FAULTS, 7);
    Words said = new Words("c", 7);
    Words again = new Words("c", 7);
    for (int i = 0; i < 100; i++) {
      assertThat(one.next()).isEqualTo(other.next());
      Words.Said first = said.next();
      Words.Said second = again.next();
      assertThat(first.key()).isEqualTo(second.key());
      assertThat(first.body()).isEqualTo(second.body());
    }
  }

  private static Torment.Place place(Path folder) throws IOException {
    Path root = Path.of("").toAbsolutePath();
    if (!Files.exists(root.resolve("gridline")))
      root = Optional.ofNullable(root.getParent()).orElse(root);
    return new Torment.Place(
        folder,
        programs(),
        root.resolve("config/cities/qixia-sample"),
        classPath(),
        root.resolve("web-console/src/test/resources/pages"),
        folder.resolve("torture.aot"),
        Torture.freePorts());
  }

  private static Path programs() throws IOException {
    Optional<Path> named = Optional.ofNullable(System.getenv("GRIDLINE_PG_BIN")).map(Path::of);
    if (named.isPresent()) return named.get();
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions.map(v -> v.resolve("bin")).max(Comparator.naturalOrder()).orElseThrow();
    }
  }

  /** The test's own, which holds the server. */
  private static String classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(path.split(File.pathSeparator))
        .filter(part -> !part.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
