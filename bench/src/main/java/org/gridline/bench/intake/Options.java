package org.gridline.bench.intake;

import java.util.List;
import java.util.Set;
import org.gridline.bench.common.Arguments;

/**
 * What was asked for on the command line.
 *
 * @param rounds of A B C D E F F E D C B A
 * @param sliceSeconds how long a slice takes, about
 * @param warmSeconds how long each side runs before it is measured
 * @param openSeconds how long each rate is offered
 * @param big tickets to fill up to before the cost of a report is measured again; 0 is never
 */
record Options(int rounds, double sliceSeconds, double warmSeconds, double openSeconds, int big) {
  static final String USAGE =
      """
      ./gridline bench intake [--rounds N] [--slice SECONDS] [--warm SECONDS] [--open SECONDS] [--big TICKETS]
      """;

  static Options parse(List<String> arguments) {
    Arguments given =
        Arguments.read(arguments, Set.of("--rounds", "--slice", "--warm", "--open", "--big"));
    return new Options(
        given.count("--rounds", 7, 1, 1_000),
        given.number("--slice", 3, 0.1, 600),
        given.number("--warm", 20, 0, 3_600),
        given.number("--open", 20, 1, 3_600),
        given.count("--big", 0, 0, 100_000_000));
  }
}
