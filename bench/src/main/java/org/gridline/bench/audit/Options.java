package org.gridline.bench.audit;

import java.util.List;
import java.util.Set;
import org.gridline.bench.common.Arguments;

/**
 * What was asked for on the command line.
 *
 * @param rounds of A B B A
 * @param tickets with six events each
 * @param warmSeconds how long each side runs before it is measured
 */
record Options(int rounds, int tickets, double warmSeconds) {
  static final String USAGE =
      """
      ./gridline bench audit [--tickets N] [--rounds N] [--warm SECONDS]
      """;

  static Options parse(List<String> arguments) {
    Arguments given = Arguments.read(arguments, Set.of("--tickets", "--rounds", "--warm"));
    return new Options(
        given.count("--rounds", 7, 1, 1_000),
        given.count("--tickets", 100_000, 100, 100_000_000),
        given.number("--warm", 20, 0, 3_600));
  }
}
