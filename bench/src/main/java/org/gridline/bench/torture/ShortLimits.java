package org.gridline.bench.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sample's pack, in which an urgent ticket has to be signed within seconds: so clocks run out.
 */
final class ShortLimits {
  private static final String URGENT = "sign,,,,urgent,";
  private static final String SECONDS = "sign,,,,urgent,0.004,UH,torture";

  private ShortLimits() {}

  static Path copy(Path sample, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(sample)) {
      for (Path file : all.toList()) {
        Path copy = to.resolve(sample.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(copy);
        else Files.copy(file, copy);
      }
    }
    Path limits = to.resolve("limits.csv");
    List<String> lines = Files.readAllLines(limits);
    if (lines.stream().noneMatch(l -> l.startsWith(URGENT)))
      throw new IllegalStateException("limits.csv has no line " + URGENT);
    Files.write(limits, lines.stream().map(l -> l.startsWith(URGENT) ? SECONDS : l).toList());
    return to;
  }
}
