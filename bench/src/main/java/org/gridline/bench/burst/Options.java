package org.gridline.bench.burst;

import java.util.List;
import java.util.Set;
import org.gridline.bench.common.Arguments;

/**
 * What was asked for on the command line.
 *
 * @param limit reports a second that the server is set to take
 * @param rate reports a second that are offered
 * @param seconds how long they are offered
 * @param idleSeconds how long urgent reports alone are measured before
 * @param warmSeconds how long a burst runs before anything is measured
 * @param connections over which the reports come
 */
record Options(
    int limit, int rate, double seconds, double idleSeconds, double warmSeconds, int connections) {
  static final String USAGE =
      """
      ./gridline bench burst [--limit N] [--rate N] [--seconds S] [--idle S] [--warm S] [--connections N]
      """;

  static Options parse(List<String> arguments) {
    Arguments given =
        Arguments.read(
            arguments,
            Set.of("--limit", "--rate", "--seconds", "--idle", "--warm", "--connections"));
    return new Options(
        given.count("--limit", 1_000, 1, 100_000),
        given.count("--rate", 10_000, 1, 200_000),
        given.number("--seconds", 60, 1, 3_600),
        given.number("--idle", 20, 1, 600),
        given.number("--warm", 20, 0, 3_600),
        given.count("--connections", 256, 1, 10_000));
  }
}
