package org.gridline.console.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.gridline.console.view.Json;
import org.gridline.gis.lookup.OverRepresentedPoints;

/** The end of a replay: a table for people, and as the last line one JSON object. */
final class Summary {
  private final PrintStream out;
  private final ReplayPack city;
  private final Comparison found;
  private final Run run;

  /**
   * How this run went.
   *
   * @param sent rows answered in this run; others were answered in earlier ones
   * @param serverCpu seconds, where the server tells
   */
  record Run(
      long sent, Duration took, Latencies latencies, OptionalDouble serverCpu, double clientCpu) {
    double rowsPerSecond() {
      return sent / Math.max(0.001, took.toNanos() / 1e9);
    }

    private double perThousand(double cpuSeconds) {
      return sent == 0 ? 0 : cpuSeconds * 1_000 / sent;
    }
  }

  Summary(PrintStream out, ReplayPack city, Comparison found, Run run) {
    this.out = out;
    this.city = city;
    this.found = found;
    this.run = run;
  }

  void print() {
    table();
    out.println(Json.text(json()));
    out.flush();
  }

  private void table() {
    out.println();
    out.println("回放结果 · Replay");
    count("行数 · rows", found.rows);
    count("已确认 · acknowledged", found.acknowledged());
    count("  新建 · new", found.first);
    count("  重复 · repeated", found.repeated);
    found.refused.forEach((code, n) -> count("拒绝 · refused " + code, n));
    count("未答复 · without an answer", found.open());
    count("已定位 · placed", found.placed);
    count("已派单 · routed", found.routed);
    count("待人工 · registered, for a person", found.acknowledged() - found.routed);
    found.flags.forEach((flag, n) -> count("  标记 · flag " + flag, n));
    out.println();
    out.println("与本市数据一致（不含可疑位置）· Agreement with the city's own, suspect places left out");
    found.truths.forEach((truth, a) -> share(truth.id(), a));
    found.owners.forEach(
        (owner, all) -> {
          share(owner.name().zh() + " · " + owner.name().en(), all);
          Agreement since = found.ownersSince.get(owner);
          if (owner.since().isPresent() && since != null && since.compared() > 0)
            share("  自 · since " + owner.since().get(), since);
        });
    out.println();
    out.println("不一致/已比对，按距边界 · Disagreeing/compared by distance to the layer's boundary");
    line("", Arrays.stream(Agreement.BANDS).map(Summary::cell).collect(Collectors.joining()));
    found.truths.forEach((truth, a) -> line(truth.id(), bands(a)));
    crowded();
    out.println();
    count("本次发送 · sent in this run", run.sent());
    measure("每秒行数 · rows per second", run.rowsPerSecond());
    measure("p50 ms", run.latencies().quantileMillis(0.5));
    measure("p99 ms", run.latencies().quantileMillis(0.99));
    run.serverCpu()
        .ifPresent(cpu -> measure("服务端 CPU 秒/千单 · server CPU s per 1,000", run.perThousand(cpu)));
    measure("客户端 CPU 秒/千单 · client CPU s per 1,000", run.perThousand(run.clientCpu()));
    out.println();
  }

  private void crowded() {
    if (found.crowded().isEmpty()) return;
    out.println();
    out.println("可能的默认坐标 · Points far more frequent than chance: candidates for suspectPoints");
    for (OverRepresentedPoints.Point p : found.crowded()) {
      line(
          p.lon() + ", " + p.lat() + (listed(p) ? " (已列入 · listed)" : ""),
          String.format(Locale.ROOT, "%,10d %7.2f %%", p.rows(), p.share() * 100));
    }
  }

  private boolean listed(OverRepresentedPoints.Point p) {
    return city.suspects(p.lon(), p.lat());
  }

  private static String bands(Agreement a) {
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < Agreement.BANDS.length; i++) {
      cells.append(cell(String.format(Locale.ROOT, "%,d/%,d", a.disagreeing(i), a.compared(i))));
    }
    return cells.toString();
  }

  private static String cell(String text) {
    return String.format(Locale.ROOT, "%16s", text);
  }

  private void share(String name, Agreement a) {
    line(
        name,
        String.format(
            Locale.ROOT, "%,10d / %,10d %7.2f %%", a.agreeing(), a.compared(), a.share() * 100));
  }

  private void count(String name, long count) {
    line(name, String.format(Locale.ROOT, "%,10d", count));
  }

  private void measure(String name, double value) {
    line(name, String.format(Locale.ROOT, "%,10.2f", value));
  }

  /** Han characters are as wide as two others where people read this. */
  private void line(String name, String values) {
    int wide = (int) name.codePoints().filter(c -> c > 0x2E80).count();
    out.println("  " + name + " ".repeat(Math.max(1, 48 - name.length() - wide)) + values);
  }

  private ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("rows", found.rows).put("acknowledged", found.acknowledged());
    node.put("new", found.first).put("repeated", found.repeated).put("open", found.open());
    ObjectNode refused = node.putObject("refused");
    found.refused.forEach(refused::put);
    node.put("placed", found.placed).put("routed", found.routed);
    node.put("registered", found.acknowledged() - found.routed);
    ObjectNode flags = node.putObject("flags");
    for (String flag : new String[] {"ok", "edge", "outside", "suspect", "unlocated"}) {
      flags.put(flag, found.flags.getOrDefault(flag, 0L));
    }
    ObjectNode truth = node.putObject("truth");
    found.truths.forEach((t, a) -> truth.set(t.id(), a.withDistances()));
    ObjectNode owners = node.putObject("owners");
    found.owners.forEach(
        (o, a) -> {
          ObjectNode one = a.brief();
          Agreement since = found.ownersSince.get(o);
          if (o.since().isPresent() && since != null) {
            one.set("since", since.brief().put("from", o.since().get().toString()));
          }
          owners.set(o.id(), one);
        });
    node.set(
        "over_represented",
        Json.list(
            found.crowded(),
            p ->
                Json.object()
                    .put("lon", p.lon())
                    .put("lat", p.lat())
                    .put("rows", p.rows())
                    .put("listed", listed(p))));
    node.put("sent", run.sent());
    node.put("rows_per_second", rounded(run.rowsPerSecond()));
    node.put("p50_ms", rounded(run.latencies().quantileMillis(0.5)));
    node.put("p99_ms", rounded(run.latencies().quantileMillis(0.99)));
    run.serverCpu()
        .ifPresentOrElse(
            cpu -> node.put("server_cpu_s_per_1000", rounded(run.perThousand(cpu))),
            () -> node.putNull("server_cpu_s_per_1000"));
    node.put("client_cpu_s_per_1000", rounded(run.perThousand(run.clientCpu())));
    return node;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
