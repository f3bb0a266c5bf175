package org.gridline.bench.storm;

import java.util.List;
import java.util.Set;
import org.gridline.bench.common.Arguments;

/**
 * What was asked for on the command line.
 *
 * @param times how many times faster than it happened the storm is replayed
 * @param soakMinutes of half load after it; 0 is none
 * @param screens live feeds that are read meanwhile
 */
record Options(double times, double soakMinutes, int screens) {
  static final String USAGE =
      """
      ./gridline bench storm [--times N] [--soak MINUTES] [--screens N]
      """;

  static Options parse(List<String> arguments) {
    Arguments given = Arguments.read(arguments, Set.of("--times", "--soak", "--screens"));
    return new Options(
        given.number("--times", 60, 1, 100_000),
        given.number("--soak", 0, 0, 24 * 60),
        given.count("--screens", 40, 1, 300));
  }
}
