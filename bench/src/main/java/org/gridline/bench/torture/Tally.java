package org.gridline.bench.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.bench.common.Report;
import org.gridline.bench.torture.Invariants.Findings;

/** The verdict, fault by fault. */
final class Tally {
  private final Map<Fault, Line> lines = new EnumMap<>(Fault.class);
  private final Map<Fault, String> notRun = new EnumMap<>(Fault.class);

  private static final class Line {
    private int times;
    private int lost;
    private int doubled;
    private int broken;
    private final List<Double> ready = new ArrayList<>();
    private final List<Double> healed = new ArrayList<>();
    private final List<Double> accept = new ArrayList<>();
    private int cuts;
  }

  /**
   * How long it took.
   *
   * @param ready from the later of the server's start and the database's first answer, or from the
   *     fault's end where nothing was started
   * @param accept from the database's start to its first answer; absent where it was not started
   * @param healed from ready to everything equal again
   */
  record Times(double ready, Optional<Double> accept, double healed, int cuts) {}

  void notRun(Fault fault, String why) {
    notRun.put(fault, why);
  }

  void add(Fault fault, Times times) {
    Line line = line(fault);
    line.times++;
    line.ready.add(times.ready());
    line.healed.add(times.healed());
    times.accept().ifPresent(line.accept::add);
    line.cuts += times.cuts();
  }

  void add(Fault fault, Findings findings) {
    Line line = line(fault);
    line.lost += findings.lost();
    line.doubled += findings.doubled();
    line.broken += findings.broken().size();
  }

  void broken(Fault fault) {
    line(fault).broken++;
  }

  private Line line(Fault fault) {
    return lines.computeIfAbsent(fault, f -> new Line());
  }

  int kills() {
    return lines.entrySet().stream().mapToInt(e -> e.getKey().kills() * e.getValue().times).sum();
  }

  int times() {
    return lines.values().stream().mapToInt(l -> l.times).sum();
  }

  int lost() {
    return lines.values().stream().mapToInt(l -> l.lost).sum();
  }

  int doubled() {
    return lines.values().stream().mapToInt(l -> l.doubled).sum();
  }

  int broken() {
    return lines.values().stream().mapToInt(l -> l.broken).sum();
  }

  void print(Report report) {
    report.line(
        "%-10s %6s %6s %8s %7s  %16s  %16s  %16s",
        "fault",
        "times",
        "lost",
        "doubled",
        "broken",
        "ready p50/max ms",
        "accept p50/max",
        "healed p50/max");
    ObjectNode faults = report.json().putObject("faults");
    for (Fault fault : Fault.list()) {
      Line line = lines.get(fault);
      String why = notRun.get(fault);
      if (line == null && why != null) {
        report.line("%-10s not run: %s", fault.id(), why);
        faults.putObject(fault.id()).put("not_run", why);
      }
      if (line == null) continue;
      report.line(
          "%-10s %6d %6d %8d %7d  %16s  %16s  %16s%s",
          fault.id(),
          line.times,
          line.lost,
          line.doubled,
          line.broken,
          both(line.ready),
          both(line.accept),
          both(line.healed),
          line.cuts == 0 ? "" : "  " + line.cuts + " connections cut");
      ObjectNode node =
          faults.putObject(fault.id()).put("times", line.times).put("lost", line.lost);
      node.put("doubled", line.doubled).put("broken", line.broken);
      put(node, "ready_ms", line.ready);
      put(node, "accept_ms", line.accept);
      put(node, "healed_ms", line.healed);
      if (line.cuts > 0) node.put("cuts", line.cuts);
    }
  }

  private static String both(List<Double> values) {
    return values.isEmpty() ? "" : "%.0f / %.0f".formatted(middle(values), most(values));
  }

  private static void put(ObjectNode node, String key, List<Double> values) {
    if (values.isEmpty()) return;
    node.put(key + "_p50", Math.round(middle(values))).put(key + "_max", Math.round(most(values)));
  }

  private static double middle(List<Double> values) {
    return Report.median(values.stream().mapToDouble(v -> v).toArray());
  }

  private static double most(List<Double> values) {
    return Arrays.stream(values.stream().mapToDouble(v -> v).toArray()).max().orElse(0);
  }
}
