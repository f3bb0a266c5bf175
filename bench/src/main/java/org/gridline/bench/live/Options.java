package org.gridline.bench.live;

import java.util.List;
import java.util.Set;
import org.gridline.bench.common.Arguments;

/**
 * What was asked for on the command line.
 *
 * @param sockets that listen
 * @param rounds of A B B A
 * @param sliceSeconds how long a slice takes, about
 * @param warmSeconds how long each side runs before it is measured
 * @param openSeconds how long half the rate is offered
 * @param slow readers at one byte a second
 */
record Options(
    int sockets,
    int rounds,
    double sliceSeconds,
    double warmSeconds,
    double openSeconds,
    int slow) {
  static final String USAGE =
      """
      ./gridline bench live [--sockets N] [--rounds N] [--slice S] [--warm S] [--open S] [--slow N]
      """;

  static Options parse(List<String> arguments) {
    Arguments given =
        Arguments.read(
            arguments, Set.of("--sockets", "--rounds", "--slice", "--warm", "--open", "--slow"));
    return new Options(
        given.count("--sockets", 15_000, 1, 18_000),
        given.count("--rounds", 7, 1, 1_000),
        given.number("--slice", 3, 0.1, 600),
        given.number("--warm", 20, 0, 3_600),
        given.number("--open", 20, 1, 3_600),
        given.count("--slow", 1_000, 0, 5_000));
  }
}
