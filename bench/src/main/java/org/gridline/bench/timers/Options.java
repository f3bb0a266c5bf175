package org.gridline.bench.timers;

import java.util.List;
import java.util.Set;
import org.gridline.bench.common.Arguments;

/**
 * What was asked for on the command line.
 *
 * @param tickets so many, with three running clocks each
 * @param due clocks that come due at once
 * @param rounds of A B B A
 * @param warmSeconds how long both paths run before they are measured
 */
record Options(int tickets, int due, int rounds, double warmSeconds) {
  static final String USAGE =
      """
      ./gridline bench timers [--tickets N] [--due N] [--rounds N] [--warm SECONDS]
      """;

  static Options parse(List<String> arguments) {
    Arguments given = Arguments.read(arguments, Set.of("--tickets", "--due", "--rounds", "--warm"));
    int tickets = given.count("--tickets", 334_000, 1_000, 20_000_000);
    return new Options(
        tickets,
        given.count("--due", 10_000, 100, tickets / 2),
        given.count("--rounds", 7, 1, 1_000),
        given.number("--warm", 20, 0, 3_600));
  }
}
