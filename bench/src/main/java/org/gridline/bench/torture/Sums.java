package org.gridline.bench.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import org.gridline.bench.common.Report;

/** What all runs add up to, in a small file. */
final class Sums {
  private static final List<String> KEYS =
      List.of("runs", "blows", "kills", "lost", "doubled", "broken");

  private final Path file;
  private final Properties lines = new Properties();

  private Sums(Path file) {
    this.file = file;
  }

  static Sums read(Path folder) throws IOException {
    Files.createDirectories(folder);
    Sums sums = new Sums(folder.resolve("torture.properties"));
    if (Files.exists(sums.file)) {
      try (var in = Files.newBufferedReader(sums.file)) {
        sums.lines.load(in);
      }
    }
    return sums;
  }

  void add(Tally tally, long seed) throws IOException {
    add("runs", 1);
    add("blows", tally.times());
    add("kills", tally.kills());
    add("lost", tally.lost());
    add("doubled", tally.doubled());
    add("broken", tally.broken());
    String seeds = lines.getProperty("seeds", "");
    lines.setProperty("seeds", seeds.isEmpty() ? Long.toString(seed) : seeds + "," + seed);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (var out = Files.newBufferedWriter(fresh)) {
      lines.store(out, "gridline torture");
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private void add(String key, long more) {
    lines.setProperty(key, Long.toString(get(key) + more));
  }

  private long get(String key) {
    return Long.parseLong(lines.getProperty(key, "0"));
  }

  void tell(Report report) {
    report.line(
        "all runs: %d runs, %d faults, %d processes killed; %d lost, %d doubled, %d broken",
        get("runs"), get("blows"), get("kills"), get("lost"), get("doubled"), get("broken"));
    var all = report.json().putObject("all_runs");
    for (String key : KEYS) all.put(key, get(key));
  }
}
