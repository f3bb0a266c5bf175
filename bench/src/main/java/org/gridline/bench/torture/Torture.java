package org.gridline.bench.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.gridline.bench.common.Arguments;
import org.gridline.bench.common.Report;

/** The program; exit code 1 when something that must hold did not, and then everything is kept. */
public final class Torture {
  private static final int FIRST_PORT = 18_400;

  private Torture() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options = Arguments.orExit("torture", arguments, Options::parse, Options.USAGE);
    Path program = Path.of(Report.environment("GRIDLINE_PROGRAM"));
    Path folder = Files.createTempDirectory("gridline-torture");
    open(folder);
    Torment.Place place =
        new Torment.Place(
            folder,
            Path.of(Report.environment("GRIDLINE_PG_BIN")),
            Path.of(Report.environment("GRIDLINE_CITIES")).resolve("qixia-sample"),
            program.resolve("gridline.jar").toString(),
            program.resolve("pages"),
            program.resolve("torture.aot"),
            freePorts());
    Report report = new Report("torture", out);
    report.line("seed %d, faults %s, in %s", options.seed(), names(options.faults()), folder);
    boolean held;
    try (Torment torment = new Torment(options, place, report)) {
      held = torment.run();
      torment.print();
      Sums sums = Sums.read(Path.of(Report.environment("GRIDLINE_DATA")));
      sums.add(torment.tally(), options.seed());
      sums.tell(report);
      if (!held) keep(torment.ledger(), folder);
    }
    if (held) delete(folder);
    else report.line("kept: ledger, logs and data of seed %d in %s", options.seed(), folder);
    report.json().put("held", held);
    report.end();
    System.exit(held ? 0 : 1);
  }

  static List<String> names(List<Fault> faults) {
    return faults.stream().map(Fault::id).toList();
  }

  /** The database's own user has to walk through. */
  static void open(Path folder) throws IOException {
    if (Postgres.root())
      Files.setPosixFilePermissions(
          folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
  }

  /** The first of three in a row that nobody listens on at this moment. */
  static int freePorts() {
    int first = FIRST_PORT;
    while (!(free(first) && free(first + 1) && free(first + 2))) first += 3;
    return first;
  }

  private static boolean free(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static void keep(Ledger ledger, Path folder) throws IOException {
    try (var out = Files.newBufferedWriter(folder.resolve("ledger.tsv"))) {
      for (Ledger.Sent sent : ledger.reports().values()) {
        out.write(
            sent.key
                + "\t"
                + sent.client
                + "\t"
                + sent.taken().map(t -> t.ticket() + "\t" + t.number()).orElse("-\t-")
                + "\t"
                + (sent.refused() ? "refused" : "")
                + "\t"
                + sent.silences()
                + "\n");
      }
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    }
  }
}
