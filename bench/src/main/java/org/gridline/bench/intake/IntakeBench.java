package org.gridline.bench.intake;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.bench.common.Bare;
import org.gridline.bench.common.Cpu;
import org.gridline.bench.common.Recorder;
import org.gridline.bench.common.Report;
import org.gridline.bench.common.RunDatabase;
import org.gridline.bench.common.RunServer;
import org.gridline.bench.common.SampleCity;
import org.gridline.dispatch.classify.CategoryKey;

/** The program; exit code 1 when a side did not write what it should have. */
public final class IntakeBench {
  private static final int[] BARE_CONNECTIONS = {1, 4, 8, 16, 32};
  private static final int[] CALLERS = {16, 64, 256};

  /** A whole server has so many times as much to compile, and does it beside its work. */
  private static final int WHOLE_SERVER = 6;

  /** All connections come from here; a district's come from many addresses. */
  private static final Map<String, String> UNLIMITED =
      Map.of("GRIDLINE_CONNECTIONS_PER_ADDRESS", "2000");

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
      try (SampleCity sample = new SampleCity(ours, city, secrets, 1);
          RunDatabase whole = RunDatabase.create(server, "intake_http");
          RunServer http = RunServer.gridline(whole, city, 2_048, UNLIMITED)) {
        sample.startSealer();
        List<String> tokens = new ArrayList<>();
        for (var person : sample.pack().people())
          if (person.roles().contains("operator"))
            tokens.add(http.signIn(person.login(), person.password()));
        try (HttpReports chosen = new HttpReports(http, tokens, Optional.of(matter));
            HttpReports classified = new HttpReports(http, tokens, Optional.empty());
            RunServer bytes = RunServer.echo(chosen.answer());
            HttpReports echo = new HttpReports(bytes, tokens, Optional.of(matter))) {
          Cpu cpu = new Cpu(ours, http.pid(), bytes.pid());
          Reports reports = new Reports(sample);
          Contender.Counted there = () -> whole.count("ticket");
          Contender.Counted here = () -> ours.count("ticket");
          small =
              measure(
                  List.of(ours, whole),
                  new Contender("http", chosen, there, cpu, CALLERS),
                  new Contender("classified", classified, there, cpu, CALLERS),
                  new Contender("echo", echo, echo::answered, cpu, CALLERS),
                  new Contender("usecase", reports.taken(Optional.of(matter)), here, cpu, CALLERS),
                  new Contender("store", reports.stored(Optional.of(matter)), here, cpu, CALLERS),
                  new Contender("pgbench", bare, here, cpu, BARE_CONNECTIONS));
        }
      }
      if (options.big() > 0) grown(ours, city, secrets, Optional.of(matter), small);
    }
    report.end();
  }

  /** What a report costs the use case by the processor. */
  private double measure(
      List<RunDatabase> databases,
      Contender http,
      Contender classified,
      Contender echo,
      Contender usecase,
      Contender store,
      Contender bare)
      throws Exception {
    List<Contender> all = List.of(http, classified, echo, usecase, store, bare);
    http.warm(WHOLE_SERVER * options.warmSeconds(), options.sliceSeconds());
    for (Contender c : all) c.warm(options.warmSeconds(), options.sliceSeconds());
    for (int round = 0; round < options.rounds(); round++) {
      settle(databases);
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
    report.ratio("ratio_pgbench", bare.rounds(0), http.rounds(0));
    report.ratio("cpu_ratio_pgbench", bare.rounds(1), http.rounds(1));
    report.ratio("ratio_roofline", sums(echo.rounds(0), store.rounds(0)), http.rounds(0));
    report.ratio("ratio_usecase", bare.rounds(0), usecase.rounds(0));
    report.ratio("ratio_store", bare.rounds(0), store.rounds(0));
    report.ratio("ratio_classified", http.rounds(0), classified.rounds(0));
    alone(databases, store, usecase, http, bare);
    commits(databases.getLast(), http);
    offered("", http);
    offered("classified_", classified);
    return Report.median(usecase.rounds(1));
  }

  /** One after the other: a report can't be faster than being answered and being stored. */
  private static double[] sums(double[] one, double[] other) {
    double[] both = new double[one.length];
    for (int i = 0; i < both.length; i++) both[i] = one[i] + other[i];
    return both;
  }

  private static void settle(List<RunDatabase> databases) throws Exception {
    for (RunDatabase d : databases)
      d.execute(
          "VACUUM ANALYZE ticket",
          "VACUUM ANALYZE ticket_event",
          "VACUUM ANALYZE deadline",
          "CHECKPOINT");
  }

  /** One request in flight: how many times as long as a statement of pgbench's. */
  private void alone(
      List<RunDatabase> databases,
      Contender store,
      Contender usecase,
      Contender http,
      Contender bare)
      throws Exception {
    List<Contender> all = List.of(store, usecase, http, bare);
    double[][] took = new double[all.size()][options.rounds()];
    settle(databases);
    for (int round = 0; round < options.rounds(); round++) {
      for (int i : new int[] {0, 1, 2, 3, 3, 2, 1, 0}) took[i][round] += all.get(i).alone() / 2;
    }
    for (int i = 0; i < took.length; i++) {
      long micros = Math.round(1e6 * Report.median(took[i]));
      report.line("one %s in flight: %d µs", all.get(i).name(), micros);
      report.json().put("single_us_" + all.get(i).name(), micros);
    }
    report.ratio("latency_ratio_single", took[0], took[3]);
    report.ratio("latency_ratio_single_usecase", took[1], took[3]);
    report.ratio("latency_ratio_single_http", took[2], took[3]);
  }

  /** How many commits its tickets came in. */
  private void commits(RunDatabase ours, Contender http) throws Exception {
    long before = ours.number("SELECT pg_current_xact_id()::text::bigint % 4294967296");
    http.slice();
    String since = "FROM ticket WHERE xmin::text::bigint > " + before;
    double share =
        (double) ours.number("SELECT count(DISTINCT xmin::text) " + since)
            / ours.number("SELECT count(*) " + since);
    report.line("commits a ticket: %.3f", share);
    report.json().put("commits_per_ticket", Math.round(share * 1_000) / 1_000.0);
  }

  /** At half and at the whole of the rate that was measured. */
  private void offered(String what, Contender side) throws Exception {
    double rate = 1 / Report.median(side.rounds(0));
    for (boolean half : new boolean[] {true, false}) {
      double asked = half ? rate / 2 : rate;
      OpenLoop loop = side.offered(asked, options.openSeconds());
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
      Contender grown =
          new Contender(
              "grown",
              new Reports(sample).taken(matter),
              () -> ours.count("ticket"),
              new Cpu(ours),
              CALLERS);
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
