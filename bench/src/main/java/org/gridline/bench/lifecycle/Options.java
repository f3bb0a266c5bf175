package org.gridline.bench.lifecycle;

import java.util.List;
import java.util.Set;
import org.gridline.bench.common.Arguments;

/**
 * What was asked for on the command line.
 *
 * @param rounds of A B B A
 * @param sliceSeconds how long a slice takes, about
 * @param warmSeconds how long each side runs before it is measured
 */
record Options(int rounds, double sliceSeconds, double warmSeconds) {
  static final String USAGE =
      """
      ./gridline bench lifecycle [--rounds N] [--slice SECONDS] [--warm SECONDS]
      """;

  static Options parse(List<String> arguments) {
    Arguments given = Arguments.read(arguments, Set.of("--rounds", "--slice", "--warm"));
    return new Options(
        given.count("--rounds", 7, 1, 1_000),
        given.number("--slice", 3, 0.1, 600),
        given.number("--warm", 20, 0, 3_600));
  }
}
