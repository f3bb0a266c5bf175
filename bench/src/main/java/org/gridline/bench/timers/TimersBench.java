package org.gridline.bench.timers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.gridline.bench.common.Arguments;
import org.gridline.bench.common.Cpu;
import org.gridline.dispatch.deadline.DeadlineSweep;

/** The program; exit code 1 when a clock fired early or twice, or was left behind. */
public final class TimersBench {
  private static final int[] PEER_BATCHES = {64, 256, 1024};
  private static final int KILLS = 3;

  private final Options options;
  private final PrintStream out;
  private final Path city;
  private final Random random = new Random(20261122);
  private final List<Integer> order = new ArrayList<>();
  private long fired;
  private long early;
  private long doubled;
  private long left;

  private TimersBench(Options options, PrintStream out, Path city) {
    this.options = options;
    this.out = out;
    this.city = city;
    for (int n = 1; n <= options.tickets(); n++) order.add(n);
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options = Arguments.orExit("timers", arguments, Options::parse, Options.USAGE);
    Path city = Path.of(environment("GRIDLINE_CITIES")).resolve("qixia-sample");
    System.exit(new TimersBench(options, out, city).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("bench", "timers").put("commit", environment("GRIDLINE_COMMIT"));
    try (Crowd crowd = Crowd.create(environment("GRIDLINE_DATABASE_URL"));
        Node node = new Node(crowd.url(), city)) {
      long from = System.nanoTime();
      crowd.fill(options.tickets());
      out.printf(
          Locale.ROOT,
          "%d clocks of %d tickets, filled in %.0f s; %d come due at once%n",
          crowd.count("deadline"),
          options.tickets(),
          (System.nanoTime() - from) / 1e9,
          options.due());
      json.put("pending", crowd.count("deadline WHERE next_at IS NOT NULL"));
      json.put("due", options.due());
      rates(crowd, node, json);
      lags(crowd, json);
      kills(crowd, node, json);
    }
    json.put("fired", fired).put("early", early).put("doubled", doubled).put("left", left);
    out.println();
    out.println(json);
    return early + doubled + left == 0;
  }

  private void rates(Crowd crowd, Node node, ObjectNode json) throws Exception {
    DeadlineSweep silent = node.sweep(node.silent());
    DeadlineSweep telling = node.sweep(node.telling());
    int batch = bestBatch(crowd);
    try (BareLoop bare = new BareLoop(crowd.url(), batch)) {
      Side ours = () -> node.run(silent);
      long until = System.nanoTime() + (long) (options.warmSeconds() * 1e9);
      do {
        slice(crowd, ours);
        slice(crowd, bare::run);
      } while (System.nanoTime() < until);
      List<double[]> rounds = new ArrayList<>();
      for (int round = 0; round < options.rounds(); round++) {
        crowd.settle();
        // Whoever comes first after a checkpoint writes whole pages, so the two take turns at it.
        Side first = round % 2 == 0 ? ours : bare::run;
        Side second = round % 2 == 0 ? bare::run : ours;
        double[] x = slice(crowd, first);
        double[] y = sum(slice(crowd, second), slice(crowd, second));
        x = sum(x, slice(crowd, first));
        double[] a = round % 2 == 0 ? x : y;
        double[] b = round % 2 == 0 ? y : x;
        rounds.add(new double[] {a[0] / 2, b[0] / 2, b[0] / a[0], b[1] / a[1], a[1], b[1]});
      }
      out.printf(
          Locale.ROOT,
          "%n%-34s %10s %10s%n%-34s %10.0f %10.0f%n",
          "clocks a second",
          "Gridline",
          "bare loop",
          "event, ticket and clock rows",
          options.due() / median(rounds, 0),
          options.due() / median(rounds, 1));
      tell(json, "ratio_skip_locked", rounds, 2);
      tell(json, "ratio_skip_locked_cpu", rounds, 3);
      double perClock = 1e6 / 2 / options.due();
      out.printf(
          Locale.ROOT,
          "processor, us a clock: Gridline %.0f, bare loop %.0f%n",
          median(rounds, 4) * perClock,
          median(rounds, 5) * perClock);
      json.put("cpu_us", Math.round(median(rounds, 4) * perClock));
      json.put("cpu_us_peer", Math.round(median(rounds, 5) * perClock));
      json.put("per_second", Math.round(options.due() / median(rounds, 0)));
      json.put("per_second_peer", Math.round(options.due() / median(rounds, 1)));
      json.put("peer_batch", batch);
      double[] told = slice(crowd, () -> node.run(telling));
      told = sum(told, slice(crowd, () -> node.run(telling)));
      out.printf(
          Locale.ROOT,
          "with the sample's notices: %.0f clocks a second%n",
          options.due() * 2 / told[0]);
      json.put("per_second_with_notices", Math.round(options.due() * 2 / told[0]));
    }
  }

  /** Fires what is due; how many. */
  private interface Side {
    int run() throws Exception;
  }

  private int bestBatch(Crowd crowd) throws Exception {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int batch : PEER_BATCHES) {
      try (BareLoop bare = new BareLoop(crowd.url(), batch)) {
        slice(crowd, bare::run);
        double seconds = sum(slice(crowd, bare::run), slice(crowd, bare::run))[0];
        out.printf(
            Locale.ROOT,
            "bare loop, %d a statement: %.0f clocks a second%n",
            batch,
            options.due() * 2 / seconds);
        if (seconds < least) {
          least = seconds;
          best = batch;
        }
      }
    }
    return best;
  }

  /** Seconds by the clock and by the processor for one lot; counted in the database afterwards. */
  private double[] slice(Crowd crowd, Side side) throws Exception {
    // Past for certain, whatever the clocks of the two machines say.
    Instant moment = Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.MICROS);
    crowd.letComeDue(lot(), moment);
    long before = crowd.count("ticket_event");
    Cpu cpu = new Cpu(crowd.database());
    double processor = cpu.seconds();
    long from = System.nanoTime();
    int done = side.run();
    double seconds = (System.nanoTime() - from) / 1e9;
    processor = cpu.seconds() - processor;
    long written = crowd.count("ticket_event") - before;
    if (done != options.due() || written != options.due())
      throw new IllegalStateException(
          done + " fired and " + written + " written of " + options.due());
    fired += done;
    return new double[] {seconds, processor};
  }

  private Long[] lot() {
    Collections.shuffle(order, random);
    return order.subList(0, options.due()).stream().map(Crowd::id).toArray(Long[]::new);
  }

  /** Nodes as they run, one and then two, and everything due at one moment. */
  private void lags(Crowd crowd, ObjectNode json) throws Exception {
    for (int nodes : new int[] {1, 2}) {
      LagRounds rounds = new LagRounds(crowd, city, options.due(), this::lot);
      LagRounds.Seen seen = rounds.run(nodes);
      early += seen.early();
      doubled += seen.doubled();
      left += seen.left();
      fired += seen.fired();
      String who = nodes == 1 ? "_one_node" : "";
      out.printf(
          Locale.ROOT,
          "lag, %d nodes, ms: first %.0f, p50 %.0f, p99 %.0f, p99.9 %.0f, max %.0f; p99 of each lot %s%n",
          nodes,
          seen.first(),
          seen.quantile(0.5),
          seen.quantile(0.99),
          seen.quantile(0.999),
          seen.quantile(1),
          seen.lots());
      json.put("lag_first_ms" + who, Math.round(seen.first()));
      json.put("lag_p50_ms" + who, Math.round(seen.quantile(0.5)));
      json.put("lag_p99_ms" + who, Math.round(seen.quantile(0.99)));
      json.put("lag_p99_9_ms" + who, Math.round(seen.quantile(0.999)));
      ArrayNode lots = json.putArray("lag_p99_ms_by_lot" + who);
      seen.lots().forEach(lots::add);
      json.put("lag_max_ms" + who, Math.round(seen.quantile(1)));
    }
  }

  /** A second program is killed in the middle of its work; the first one finds the rest. */
  private void kills(Crowd crowd, Node node, ObjectNode json) throws Exception {
    DeadlineSweep sweep = node.sweep(node.silent());
    long byTheKilled = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      long before = crowd.count("ticket_event");
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Node.class.getName(),
                  crowd.url(),
                  city.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var said = other.inputReader()) {
        // It may log before.
        for (String word = ""; !"ready".equals(word); word = said.readLine()) {
          if (word == null) throw new IllegalStateException("the second node did not start");
        }
        crowd.letComeDue(lot(), Instant.now());
        await(() -> count(crowd, "deadline WHERE next_at <= now()") < options.due() * 19L / 20);
      }
      other.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
      // Its last statement may still be on its way into the database.
      await(
          () ->
              count(
                      crowd,
                      "pg_stat_activity WHERE application_name = 'gridline' AND state = 'active'"
                          + " AND datname = current_database()")
                  == 0);
      long killed = crowd.count("ticket_event") - before;
      byTheKilled += killed;
      int rest = node.run(sweep);
      long written = crowd.count("ticket_event") - before;
      doubled += Math.max(0, written - options.due());
      left += Math.max(0, options.due() - written) + crowd.count("deadline WHERE next_at <= now()");
      fired += written;
      out.printf(
          Locale.ROOT, "killed after %d of %d, the other fired %d%n", killed, options.due(), rest);
    }
    out.printf(Locale.ROOT, "%d nodes killed: %d twice, %d left behind%n", KILLS, doubled, left);
    json.put("kills", KILLS).put("fired_by_killed", byTheKilled);
    json.put("kills_ok", doubled + left == 0);
  }

  static long count(Crowd crowd, String from) {
    try {
      return crowd.count(from);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void await(java.util.function.BooleanSupplier condition) {
    long until = System.nanoTime() + 600_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until)
        throw new IllegalStateException("did not happen in ten minutes");
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void tell(ObjectNode json, String key, List<double[]> rounds, int column) {
    double[] sorted = rounds.stream().mapToDouble(r -> r[column]).sorted().toArray();
    double middle = sorted[sorted.length / 2];
    out.printf(
        Locale.ROOT, "%s: %.2f (%.2f–%.2f)%n", key, middle, sorted[0], sorted[sorted.length - 1]);
    json.put(key, Math.round(middle * 100) / 100.0);
    json.put(key + "_min", Math.round(sorted[0] * 100) / 100.0);
    json.put(key + "_max", Math.round(sorted[sorted.length - 1] * 100) / 100.0);
  }

  private static double median(List<double[]> rounds, int column) {
    double[] sorted = rounds.stream().mapToDouble(r -> r[column]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double[] sum(double[] a, double[] b) {
    return new double[] {a[0] + b[0], a[1] + b[1]};
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) throw new IllegalStateException(name + " is not set");
    return value;
  }
}
