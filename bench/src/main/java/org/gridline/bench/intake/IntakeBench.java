package org.gridline.bench.intake;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gridline.bench.common.Bare;
import org.gridline.bench.common.Recorder;
import org.gridline.bench.common.Report;
import org.gridline.bench.common.RunDatabase;
import org.gridline.bench.common.SampleCity;
import org.gridline.dispatch.classify.CategoryKey;

/** The program; exit code 1 when a side did not write what it should have. */
public final class IntakeBench {
  private static final int[] BARE_CONNECTIONS = {1, 4, 8, 16, 32};
  private static final int[] CALLERS = {16, 64, 256};

  private final Options options;
  private final Report report;

  private IntakeBench(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("bench intake: " + e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    new IntakeBench(options, new Report("intake", out)).run();
    System.exit(0);
  }

  private void run() throws Exception {
    String server = Report.environment("GRIDLINE_DATABASE_URL");
    Path city = Path.of(Report.environment("GRIDLINE_CITIES")).resolve("qixia-sample");
    Path pgbench = Path.of(Report.environment("GRIDLINE_PG_BIN")).resolve("pgbench");
    Path secrets = SampleCity.newSecrets();
    try (RunDatabase ours = RunDatabase.create(server, "intake")) {
      Recorder recorder = new Recorder(ours);
      recorder.begin();
      long newest;
      CategoryKey matter;
      try (SampleCity recorded = new SampleCity(ours, city, secrets, 0)) {
        newest = recorded.database().numbers().nextId();
        matter = recorded.register().matter().category().orElseThrow();
      }
      Bare bare = new Bare(ours, pgbench, recorder.end(), newest);
      double small;
      try (SampleCity sample = new SampleCity(ours, city, secrets, 1)) {
        sample.startSealer();
        small = measure(ours, new Reports(sample), bare, Optional.of(matter));
      }
      if (options.big() > 0) grown(ours, city, secrets, Optional.of(matter), small);
    }
    report.end();
  }

  /** What a report costs by the processor. */
  private double measure(RunDatabase ours, Reports reports, Bare peer, Optional<CategoryKey> matter)
      throws Exception {
    Contender gridline = new Contender("gridline", reports.taken(matter), ours, CALLERS);
    Contender classified =
        new Contender("classified", reports.taken(Optional.empty()), ours, CALLERS);
    Contender store = new Contender("store", reports.stored(matter), ours, CALLERS);
    Contender bare = new Contender("pgbench", peer, ours, BARE_CONNECTIONS);
    List<Contender> all = List.of(gridline, classified, store, bare);
    for (Contender c : all) c.warm(options.warmSeconds(), options.sliceSeconds());
    for (int round = 0; round < options.rounds(); round++) {
      settle(ours);
      for (Contender c : all) c.slice();
      for (Contender c : all.reversed()) c.slice();
    }
    report.line("%-10s %5s %16s %24s", "", "at", "reports a second", "processor, µs a report");
    for (Contender c : all) {
      long rate = Math.round(1 / Report.median(c.rounds(0)));
      long micros = Math.round(1e6 * Report.median(c.rounds(1)));
      report.line("%-10s %5d %16d %24d", c.name(), c.best(), rate, micros);
      report.json().put("per_second_" + c.name(), rate);
      // Preparing what the store alone is given would count as its own.
      if (c != store) report.json().put("cpu_us_" + c.name(), micros);
    }
    report.ratio("ratio_pgbench", bare.rounds(0), gridline.rounds(0));
    report.ratio("cpu_ratio_pgbench", bare.rounds(1), gridline.rounds(1));
    report.ratio("ratio_store", bare.rounds(0), store.rounds(0));
    report.ratio("ratio_classified", gridline.rounds(0), classified.rounds(0));
    alone(ours, store, gridline, bare);
    commits(ours, gridline);
    offered("", 1 / Report.median(gridline.rounds(0)), () -> reports.one(matter));
    offered(
        "classified_",
        1 / Report.median(classified.rounds(0)),
        () -> reports.one(Optional.empty()));
    return Report.median(gridline.rounds(1));
  }

  private static void settle(RunDatabase ours) throws Exception {
    ours.execute(
        "VACUUM ANALYZE ticket",
        "VACUUM ANALYZE ticket_event",
        "VACUUM ANALYZE deadline",
        "CHECKPOINT");
  }

  /** One request in flight: how many times as long as a statement of pgbench's. */
  private void alone(RunDatabase ours, Contender store, Contender gridline, Contender bare)
      throws Exception {
    double[][] took = new double[3][options.rounds()];
    List<Contender> all = List.of(store, gridline, bare);
    settle(ours);
    for (int round = 0; round < options.rounds(); round++) {
      for (int i : new int[] {0, 1, 2, 2, 1, 0}) took[i][round] += all.get(i).alone() / 2;
    }
    for (int i = 0; i < took.length; i++) {
      long micros = Math.round(1e6 * Report.median(took[i]));
      report.line("one %s in flight: %d µs", all.get(i).name(), micros);
      report.json().put("single_us_" + all.get(i).name(), micros);
    }
    report.ratio("latency_ratio_single", took[0], took[2]);
    report.ratio("latency_ratio_single_taken", took[1], took[2]);
  }

  /** How many commits its tickets came in. */
  private void commits(RunDatabase ours, Contender gridline) throws Exception {
    long before = ours.number("SELECT pg_current_xact_id()::text::bigint % 4294967296");
    gridline.slice();
    String since = "FROM ticket WHERE xmin::text::bigint > " + before;
    double share =
        (double) ours.number("SELECT count(DISTINCT xmin::text) " + since)
            / ours.number("SELECT count(*) " + since);
    report.line("commits a ticket: %.3f", share);
    report.json().put("commits_per_ticket", Math.round(share * 1_000) / 1_000.0);
  }

  /** At half and at the whole of the rate that was measured. */
  private void offered(String what, double rate, Runnable one) {
    for (boolean half : new boolean[] {true, false}) {
      double asked = half ? rate / 2 : rate;
      OpenLoop loop = OpenLoop.offer(asked, options.openSeconds(), one);
      String at = what + (half ? "half_rate" : "full_rate");
      report.line(
          "%s, %.0f a second offered: %.0f taken, %d refused; ms p50 %.1f p99 %.1f p99.9 %.1f",
          at,
          asked,
          loop.millis().length / loop.seconds(),
          loop.refused(),
          loop.quantile(0.5),
          loop.quantile(0.99),
          loop.quantile(0.999));
      put("p50_ms_" + at, loop.quantile(0.5));
      put("p99_ms_" + at, loop.quantile(0.99));
      put("p999_ms_" + at, loop.quantile(0.999));
      report.json().put("refused_" + at, loop.refused());
    }
  }

  private void put(String key, double value) {
    report.json().put(key, Math.round(value * 10) / 10.0);
  }

  /** The same after years: what a report costs among so many. */
  private void grown(
      RunDatabase ours, Path city, Path secrets, Optional<CategoryKey> matter, double small)
      throws Exception {
    new Crowd(ours).fill(options.big());
    try (SampleCity sample = new SampleCity(ours, city, secrets, 50_000_000)) {
      sample.startSealer();
      Contender grown = new Contender("grown", new Reports(sample).taken(matter), ours, CALLERS);
      grown.warm(options.warmSeconds(), options.sliceSeconds());
      for (int slice = 0; slice < 2 * options.rounds(); slice++) grown.slice();
      double big = Report.median(grown.rounds(1));
      long tickets = ours.count("ticket");
      report.line(
          "among %d tickets: %d µs of processor a report, before %d",
          tickets, Math.round(1e6 * big), Math.round(1e6 * small));
      report
          .json()
          .put("tickets", tickets)
          .put("ratio_10m_tickets", Math.round(100 * small / big) / 100.0);
    }
  }
}
