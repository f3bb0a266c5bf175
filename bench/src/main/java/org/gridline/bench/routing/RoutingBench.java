package org.gridline.bench.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.gridline.gis.owner.OwnerGrid;

/** The program; exit code 1 when a point had another owner than by exact arithmetic. */
public final class RoutingBench {
  private static final int POINTS = 1 << 20;

  /** Slower peers get the first of the points, so that a slice takes a tenth of a second or so. */
  private static final int FEW = 1 << 17;

  private static final int FOR_POSTGIS = 20_000;
  private static final int EXHAUSTIVE_STEPS = 1000;
  private static final int SHORT_STEPS = 10;

  private final Options options;
  private final PrintStream out;
  private final ObjectNode json = new ObjectMapper().createObjectNode();
  private final ArrayNode sets = json.putArray("sets");
  private final Map<String, Double> least = new TreeMap<>();
  private long mismatches;
  private long points;
  private double buildMillis;
  private long bytes;

  private RoutingBench(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("bench routing: " + e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    System.exit(new RoutingBench(options, out).run() == 0 ? 0 : 1);
  }

  private long run() throws IOException, SQLException {
    List<DataSets.Source> sources =
        DataSets.list(
                Path.of(environment("GRIDLINE_TEST_DATA")), Path.of(environment("GRIDLINE_CITIES")))
            .stream()
            .filter(source -> options.wants(source.name()))
            .toList();
    json.put("bench", "routing");
    json.put("commit", environment("GRIDLINE_COMMIT"));
    if (options.exhaustive()) {
      exhaust(sources);
    } else {
      out.println(
          "ns a point by the clock; ratio = Gridline's rate over the peer's, median (least–largest) of "
              + "9 rounds A B B A; [by the processor]");
      for (DataSets.Source source : sources) measure(source);
      if (options.sets().isEmpty()) Growth.measure(out, json.putArray("growth"));
      least.forEach((key, ratio) -> json.put(key, round(ratio)));
      json.put("build_ms", Math.round(buildMillis));
      json.put("index_bytes", bytes);
    }
    json.put("mismatches", mismatches);
    json.put("points", points);
    out.println();
    out.println(json);
    return mismatches;
  }

  private void measure(DataSets.Source source) throws IOException, SQLException {
    PolygonSet set = source.read().get();
    OwnerGrid grid = set.build();
    double build = buildMillis(set);
    ObjectNode line = sets.addObject().put("set", set.name()).put("polygons", set.all().size());
    line.put("vertices", set.vertices()).put("build_ms", Math.round(build));
    line.put("index_bytes", grid.bytes());
    out.printf(
        Locale.ROOT,
        "%n%s: %d polygons, %d vertices, built in %.0f ms, %.1f MB%n",
        set.name(),
        set.all().size(),
        set.vertices(),
        build,
        grid.bytes() / 1e6);
    if (source.city()) {
      buildMillis = Math.max(buildMillis, build);
      bytes = Math.max(bytes, grid.bytes());
    }
    Points all = set.onTheGround(grid, POINTS, 7);
    Points few = all.part(0, FEW);
    Peer bulk = new Peers.Bulk(grid, POINTS);
    Peer single = new Peers.Single(grid);
    Stopwatch.warm(bulk, all, options.warmSeconds());
    Stopwatch.warm(single, all, options.warmSeconds());
    Peer table = Peers.TableRead.of(set, grid);
    fight(source, line, "ratio_table_read", bulk, table, all, all);
    fight(source, line, "ratio_table_read_single", single, table, all, all);
    Anatomy.measure(grid, all, table, options.warmSeconds(), out, line);
    if (source.alone()) {
      Peer indexed = Peers.JtsIndexed.of(set.finest());
      fight(source, line, "ratio_jts_indexed", bulk, indexed, all, few);
      fight(source, line, "ratio_jts_indexed_single", single, indexed, all, few);
      fight(source, line, "ratio_jts_prepared", bulk, Peers.JtsPrepared.of(set.finest()), all, few);
      fight(source, line, "ratio_s2", bulk, Peers.S2.of(set.finest()), all, few);
      postgis(source, line, set, grid, bulk, all);
    } else {
      fight(source, line, "ratio_jts_indexed", bulk, JtsLayers.of(set.layers()), all, few);
    }
    compare(set, grid, SHORT_STEPS, Exactness.STEP / 10);
  }

  private void fight(
      DataSets.Source source,
      ObjectNode line,
      String key,
      Peer ours,
      Peer peer,
      Points oursPoints,
      Points peerPoints) {
    if (!(ours instanceof Peers.Bulk && peer instanceof PostgisJoin)) {
      Stopwatch.warm(peer, peerPoints, options.warmSeconds());
    }
    Duel duel = Duel.fight(ours, peer, oursPoints, peerPoints);
    out.printf(
        Locale.ROOT,
        "  %-24s %8.1f ns against %9.1f ns of %-40s %8.2f (%.2f–%.2f) [%.2f]%n",
        ours.name(),
        duel.ours(),
        duel.nanos(),
        peer.name(),
        duel.wall()[0],
        duel.wall()[1],
        duel.wall()[2],
        duel.cpu()[0]);
    ObjectNode figures = line.putObject(key);
    figures.put("ns", duel.ours()).put("peer_ns", duel.nanos());
    figures.put("wall", duel.wall()[0]).put("least", duel.wall()[1]).put("most", duel.wall()[2]);
    figures.put("cpu", duel.cpu()[0]);
    if (source.alone()) least.merge(key, duel.counts(), Math::min);
  }

  private void postgis(
      DataSets.Source source,
      ObjectNode line,
      PolygonSet set,
      OwnerGrid grid,
      Peer bulk,
      Points all)
      throws IOException, SQLException {
    String url = environment("GRIDLINE_DATABASE_URL");
    if (url.isEmpty()) {
      out.println("  PostGIS: no database, not measured");
      return;
    }
    Points some = AwayFromEdges.choose(set, all, FOR_POSTGIS);
    try (PostgisJoin join = new PostgisJoin(url, set.finest())) {
      join.load(some);
      join.run(some);
      fight(source, line, "ratio_postgis_bulk", bulk, join, all, some);
      int[] theirs = join.answers(some.count());
      int differ = 0;
      for (int i = 0; i < theirs.length; i++) {
        if (grid.owner(grid.find(some.lons()[i], some.lats()[i]), 0) != theirs[i]) differ++;
      }
      line.put("postgis_differs", differ);
      out.printf("  PostGIS: %d of %d codes differ%n", differ, theirs.length);
      mismatches += differ;
    }
  }

  private void compare(PolygonSet set, OwnerGrid grid, int steps, int nearEdges) {
    long wrong = new Exactness(set, grid).mismatches(0, steps, nearEdges);
    points += (long) steps * Exactness.STEP;
    mismatches += wrong;
    out.printf(
        "  exact arithmetic: %d of %d points differ%n", wrong, (long) steps * Exactness.STEP);
  }

  private void exhaust(List<DataSets.Source> sources) throws IOException {
    Ledger ledger =
        new Ledger(Path.of(environment("GRIDLINE_DATA"), "bench"), environment("GRIDLINE_COMMIT"));
    int steps = (EXHAUSTIVE_STEPS + sources.size() - 1) / Math.max(1, sources.size());
    for (DataSets.Source source : sources) {
      PolygonSet set = source.read().get();
      Exactness exactness = new Exactness(set, set.build());
      long wrong = ledger.mismatches(set.name());
      for (int done = ledger.steps(set.name()); done < steps; ) {
        int next = Math.min(done + 10, steps);
        wrong += exactness.mismatches(done, next, Exactness.STEP / 100);
        done = next;
        ledger.note(set.name(), done, wrong);
        System.err.printf("%s: %d of %d million points%n", set.name(), done / 10, steps / 10);
      }
      out.printf("%s: %d of %d points differ%n", set.name(), wrong, (long) steps * Exactness.STEP);
      mismatches += wrong;
      points += (long) steps * Exactness.STEP;
    }
  }

  /** The median of five. */
  static double buildMillis(PolygonSet set) {
    double[] millis = new double[set.vertices() > 500_000 ? 1 : 5];
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      set.build();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    java.util.Arrays.sort(millis);
    return millis[millis.length / 2];
  }

  private static double round(double ratio) {
    return Math.rint(ratio * 100) / 100;
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }
}
