package org.gridline.bench.routing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** How far a long comparison has come; another version of the code begins anew. */
final class Ledger {
  private final Path file;
  private final Properties lines = new Properties();

  Ledger(Path folder, String version) throws IOException {
    Files.createDirectories(folder);
    file = folder.resolve("routing-exhaustive.properties");
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        lines.load(in);
      }
    }
    if (!version.equals(lines.getProperty("version")) || version.endsWith("+")) lines.clear();
    lines.setProperty("version", version);
  }

  int steps(String set) {
    return Integer.parseInt(lines.getProperty(set + ".steps", "0"));
  }

  long mismatches(String set) {
    return Long.parseLong(lines.getProperty(set + ".mismatches", "0"));
  }

  void note(String set, int steps, long mismatches) throws IOException {
    lines.setProperty(set + ".steps", Integer.toString(steps));
    lines.setProperty(set + ".mismatches", Long.toString(mismatches));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (var out = Files.newBufferedWriter(fresh)) {
      lines.store(out, "bench routing --exhaustive");
    }
    Files.move(
        fresh,
        file,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }
}
