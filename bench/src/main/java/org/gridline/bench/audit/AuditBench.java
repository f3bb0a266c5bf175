package org.gridline.bench.audit;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.gridline.bench.common.Arguments;
import org.gridline.bench.common.Cpu;
import org.gridline.bench.common.Report;
import org.gridline.bench.common.RunDatabase;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.store.Database;
import org.gridline.dispatch.store.LogVerifier;
import org.gridline.dispatch.store.LogVerifier.Verdict;
import org.gridline.dispatch.store.ReadOnlyLog;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The program; exit code 1 when a sound log does not verify, or a changed one does. */
public final class AuditBench {
  /** What the verifier reads, each as it lies in the table. */
  private static final List<String> TABLES = List.of("ticket_event", "event_block", "ticket");

  private final Options options;
  private final Report report;

  private AuditBench(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options = Arguments.orExit("audit", arguments, Options::parse, Options.USAGE);
    new AuditBench(options, new Report("audit", out)).run();
    System.exit(0);
  }

  private void run() throws Exception {
    try (RunDatabase run =
        RunDatabase.create(Report.environment("GRIDLINE_DATABASE_URL"), "audit")) {
      Path data = Files.createTempDirectory("gridline-bench");
      migrate(run, data);
      MadeLog.make(run, options.tickets());
      measure(run, ReadOnlyLog.open(run.url(), data, List.of()).verifier());
    }
    report.end();
  }

  private static void migrate(RunDatabase run, Path data) throws IOException {
    Vertx vertx = Vertx.vertx();
    Path city = Path.of(Report.environment("GRIDLINE_CITIES")).resolve("qixia-sample");
    Database.open(vertx, run.url(), data.resolve("secrets"), CityPackReader.read(city))
        .close()
        .await();
    vertx.close().await();
  }

  private void measure(RunDatabase run, LogVerifier verifier) throws Exception {
    Cpu cpu = new Cpu(run);
    long until = System.nanoTime() + (long) (options.warmSeconds() * 1e9);
    do {
      sound(verifier.verify());
      copy(run);
    } while (System.nanoTime() < until);

    System.gc();
    heaps().forEach(MemoryPoolMXBean::resetPeakUsage);
    long before = heaps().mapToLong(p -> p.getUsage().getUsed()).sum();
    double[][] ours = new double[options.rounds()][];
    double[][] bare = new double[options.rounds()][];
    for (int round = 0; round < options.rounds(); round++) {
      double[] first = cost(cpu, () -> sound(verifier.verify()));
      double[] copied = cost(cpu, () -> copy(run));
      double[] again = cost(cpu, () -> copy(run));
      double[] last = cost(cpu, () -> sound(verifier.verify()));
      ours[round] = new double[] {first[0] + last[0], first[1] + last[1], first[2] + last[2]};
      bare[round] = new double[] {copied[0] + again[0], copied[1] + again[1], copied[2] + again[2]};
    }
    long peak = heaps().mapToLong(p -> p.getPeakUsage().getUsed()).sum() - before;
    report(run, ours, bare, peak);
    aChangeIsFound(run, verifier);
  }

  private void report(RunDatabase run, double[][] ours, double[][] bare, long peak)
      throws SQLException {
    long events = run.count("ticket_event");
    double seconds = median(ours, 0) / 2;
    report.line(
        "%,d events of %,d tickets verified in %.1f s: %,.0f events a second, %.1f µs of processor each, %.1f outside"
            + " the database (plain reading %.1f and %.1f); at most %d MiB of heap",
        events,
        options.tickets(),
        seconds,
        events / seconds,
        median(ours, 1) / 2 / events * 1e6,
        median(ours, 2) / 2 / events * 1e6,
        median(bare, 1) / 2 / events * 1e6,
        median(bare, 2) / 2 / events * 1e6,
        peak >> 20);
    report.json().put("events", events).put("per_second", Math.round(events / seconds));
    report.json().put("heap_mib", peak >> 20);
    report.ratio("ratio_copy", column(bare, 0), column(ours, 0));
    report.ratio("ratio_copy_cpu", column(bare, 1), column(ours, 1));
  }

  private static double[] column(double[][] rounds, int column) {
    return Arrays.stream(rounds).mapToDouble(r -> r[column]).toArray();
  }

  private static double median(double[][] rounds, int column) {
    return Report.median(column(rounds, column));
  }

  /** Seconds by the clock and by the processor, and of that what this process took. */
  private static double[] cost(Cpu cpu, Callable<?> work) throws Exception {
    double processor = cpu.seconds();
    double own = own();
    long from = System.nanoTime();
    work.call();
    double seconds = (System.nanoTime() - from) / 1e9;
    return new double[] {seconds, cpu.seconds() - processor, own() - own};
  }

  /** Seconds of the processor that this process alone took. */
  private static double own() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  private Verdict sound(Verdict verdict) {
    if (verdict.broken().isPresent() || verdict.tickets() != options.tickets())
      throw new IllegalStateException("a sound log does not verify: " + verdict);
    return verdict;
  }

  private static void aChangeIsFound(RunDatabase run, LogVerifier verifier) throws SQLException {
    run.execute(
        "SET session_replication_role = replica",
        "UPDATE ticket_event SET user_id = 2 WHERE ticket_id = 77 AND version = 5");
    String broken = verifier.verify().broken().orElse("");
    if (!broken.contains("event 5 of ticket 77 was changed"))
      throw new IllegalStateException("a changed event is not found: " + broken);
  }

  /** Reads the same tables and does nothing with them. */
  private static long copy(RunDatabase run) throws SQLException {
    long bytes = 0;
    for (String table : TABLES) {
      try (Connection c = RunDatabase.connect(run.url())) {
        CopyOut copy =
            c.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT * FROM " + table + ") TO STDOUT (FORMAT binary)");
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy())
          bytes += row.length;
      }
    }
    return bytes;
  }

  private static Stream<MemoryPoolMXBean> heaps() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(p -> p.getType() == MemoryType.HEAP);
  }
}
