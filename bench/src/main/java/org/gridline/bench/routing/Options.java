package org.gridline.bench.routing;

import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param exhaustive compare 10⁸ points with exact arithmetic and measure nothing
 * @param warmSeconds how long each measured path runs before it is measured
 * @param sets only data sets whose name holds one of these; none means all
 */
record Options(boolean exhaustive, double warmSeconds, List<String> sets) {
  static final String USAGE =
      """
      ./gridline bench routing [--exhaustive] [--warm SECONDS] [--set NAME]…
      """;

  static Options parse(List<String> arguments) {
    boolean exhaustive = false;
    double warm = 20;
    List<String> sets = new java.util.ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      switch (option) {
        case "--exhaustive" -> exhaustive = true;
        case "--warm" -> warm = Double.parseDouble(value(arguments, ++i, option));
        case "--set" -> sets.add(value(arguments, ++i, option));
        default -> throw new IllegalArgumentException("does not know '" + option + "'");
      }
    }
    if (!(warm >= 0 && warm <= 3600)) throw new IllegalArgumentException("--warm is 0 to 3600");
    return new Options(exhaustive, warm, List.copyOf(sets));
  }

  private static String value(List<String> arguments, int at, String option) {
    if (at >= arguments.size()) throw new IllegalArgumentException(option + " wants a value");
    return arguments.get(at);
  }

  boolean wants(String name) {
    return sets.isEmpty() || sets.stream().anyMatch(name::contains);
  }
}
