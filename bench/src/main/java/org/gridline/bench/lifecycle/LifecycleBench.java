package org.gridline.bench.lifecycle;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gridline.bench.common.Arguments;
import org.gridline.bench.common.Bare;
import org.gridline.bench.common.Cpu;
import org.gridline.bench.common.Recorder;
import org.gridline.bench.common.Report;
import org.gridline.bench.common.RunDatabase;
import org.gridline.bench.common.Side;

/** The program; exit code 1 when a side did not write what it should have. */
public final class LifecycleBench {
  private static final int[] CONNECTIONS = {1, 4, 8, 16, 32, 64};

  private final Options options;
  private final Report report;

  private LifecycleBench(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options = Arguments.orExit("lifecycle", arguments, Options::parse, Options.USAGE);
    new LifecycleBench(options, new Report("lifecycle", out)).run();
    System.exit(0);
  }

  private void run() throws Exception {
    String server = Report.environment("GRIDLINE_DATABASE_URL");
    Path city = undrawn(Path.of(Report.environment("GRIDLINE_CITIES")).resolve("qixia-sample"));
    Path pgbench = Path.of(Report.environment("GRIDLINE_PG_BIN")).resolve("pgbench");
    try (RunDatabase ours = RunDatabase.create(server, "lifecycle");
        RunDatabase theirs = RunDatabase.create(server, "flowable")) {
      Recorder recorder = new Recorder(ours);
      recorder.begin();
      long newest;
      try (Gridline recorded = new Gridline(ours, city)) {
        newest = recorded.mark();
        recorded.life();
      }
      List<Recorder.Sent> life = recorder.end();
      report.line("one life: %d commits, %d events", life.size(), Gridline.EVENTS);
      Bare bare = new Bare(ours, pgbench, life, newest);
      try (Gridline gridline = new Gridline(ours, city);
          Engine flowable = new Engine(theirs)) {
        gridline.startSealer();
        compare(
            new Contender("gridline", gridline, ours),
            new Contender("flowable", flowable, theirs),
            new Contender("pgbench", bare, ours));
      }
    }
    report.end();
  }

  /**
   * The sample city without the lot: the database refuses the same checker twice in a row, so that
   * bare statements sent again could not check.
   */
  private static Path undrawn(Path sample) throws IOException {
    Path copy = Files.createTempDirectory("gridline-bench-city");
    try (Stream<Path> all = Files.walk(sample)) {
      for (Path from : all.toList()) {
        Path to = copy.resolve(sample.relativize(from).toString());
        if (Files.isDirectory(from)) Files.createDirectories(to);
        else Files.copy(from, to);
      }
    }
    edit(copy.resolve("lifecycle.yaml"), "(?m)^checking: .*$", "checking: {drawn: false}");
    edit(copy.resolve("roles.yaml"), "scope: drawn\\b", "scope: district");
    return copy;
  }

  private static void edit(Path file, String what, String by) throws IOException {
    Files.writeString(file, Files.readString(file).replaceAll(what, by));
  }

  /** A side with how it does best. */
  private final class Contender {
    private final String name;
    private final Side side;
    private final RunDatabase database;
    private final Cpu cpu;
    private final List<double[]> slices = new ArrayList<>();
    private int connections;
    private int lives;

    Contender(String name, Side side, RunDatabase database) throws Exception {
      this.name = name;
      this.side = side;
      this.database = database;
      this.cpu = new Cpu(database);
    }

    /** Finds the number of connections that it is fastest with, warming it up meanwhile. */
    void warm() throws Exception {
      lives = 20;
      connections = 8;
      slice();
      long until = System.nanoTime() + (long) (options.warmSeconds() * 1e9);
      double best;
      do {
        best = Double.MAX_VALUE;
        int fastest = connections;
        for (int c : CONNECTIONS) {
          if (side instanceof Engine && c > Engine.MOST_CONNECTIONS) break;
          // More than the database takes beside Gridline's own; it is fastest with far fewer.
          if (side instanceof Bare && c > 16) break;
          connections = c;
          lives = Math.max(lives, c);
          double[] cost = slice();
          if (cost[0] < best) {
            best = cost[0];
            fastest = c;
          }
          lives = (int) Math.max(32, options.sliceSeconds() / cost[0]);
        }
        connections = fastest;
      } while (System.nanoTime() < until);
      report.line(
          "%-9s is fastest with %d connections: %.0f lives a second", name, connections, 1 / best);
      report.json().put("connections_" + name, connections);
    }

    void run() throws Exception {
      slices.add(slice());
    }

    /** What a life cost in each round, which has two slices. */
    double[] rounds(int column) {
      double[] each = new double[slices.size() / 2];
      for (int i = 0; i < each.length; i++)
        each[i] = (slices.get(2 * i)[column] + slices.get(2 * i + 1)[column]) / 2;
      return each;
    }

    /** Seconds by the clock and by the processor for one life. */
    double[] slice() throws Exception {
      int done = lives / connections * connections;
      long before = events();
      double processor = cpu.seconds();
      double seconds = side.live(done, connections);
      processor = cpu.seconds() - processor;
      long written = events() - before;
      if (!(side instanceof Engine) && written != (long) done * Gridline.EVENTS)
        throw new IllegalStateException(name + " wrote " + written + " events in " + done);
      return new double[] {seconds / done, processor / done};
    }

    private long events() throws Exception {
      return side instanceof Engine ? 0 : database.count("ticket_event");
    }
  }

  private void compare(Contender ours, Contender flowable, Contender bare) throws Exception {
    List<Contender> all = List.of(ours, flowable, bare);
    for (Contender c : all) c.warm();
    for (int round = 0; round < options.rounds(); round++) {
      for (Contender c : all) c.side.settle();
      for (Contender c : List.of(ours, flowable, bare, bare, flowable, ours)) c.run();
    }
    long closed = ours.database.count("ticket WHERE state = 'CLOSED'");
    long tickets = ours.database.count("ticket");
    if (closed != tickets)
      throw new IllegalStateException(closed + " of " + tickets + " were closed");
    report.json().put("tickets", tickets);
    report.line("%n%-9s %16s %22s", "", "lives a second", "processor, ms a life");
    for (Contender c : all) {
      long rate = Math.round(1 / Report.median(c.rounds(0)));
      double ms = Math.round(1e5 * Report.median(c.rounds(1))) / 100.0;
      report.line("%-9s %16d %22.2f", c.name, rate, ms);
      report.json().put("per_second_" + c.name, rate).put("cpu_ms_" + c.name, ms);
    }
    for (Contender other : List.of(flowable, bare)) {
      report.ratio("ratio_" + other.name, other.rounds(0), ours.rounds(0));
      report.ratio("ratio_" + other.name + "_cpu", other.rounds(1), ours.rounds(1));
    }
  }
}
