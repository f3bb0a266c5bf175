package org.gridline.bench.torture;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.gridline.bench.common.Arguments;

/**
 * What was asked for on the command line.
 *
 * @param minutes how long faults are injected; the one that has begun is finished
 * @param blows so many faults at most, however long that takes; absent for the time alone
 */
record Options(double minutes, OptionalInt blows, List<Fault> faults, long seed) {
  static final String USAGE =
      """
      ./gridline torture [--minutes N] [--blows N] [--faults NAME,…] [--seed S] [--data DIR]
      """;

  static Options parse(List<String> arguments) {
    Map<String, String> words = new HashMap<>();
    for (int i = 0; i + 1 < arguments.size(); i += 2)
      words.put(arguments.get(i), arguments.get(i + 1));
    Arguments given =
        Arguments.read(arguments, Set.of("--minutes", "--blows", "--faults", "--seed"));
    int blows = given.count("--blows", 0, 0, 1_000_000);
    return new Options(
        given.number("--minutes", 2, 0.01, 100_000),
        blows == 0 ? OptionalInt.empty() : OptionalInt.of(blows),
        Optional.ofNullable(words.get("--faults")).map(Options::faults).orElseGet(Fault::list),
        seed(words.getOrDefault("--seed", "1")));
  }

  private static List<Fault> faults(String names) {
    return Arrays.stream(names.split(",")).map(String::strip).map(Fault::of).distinct().toList();
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--seed is a whole number", e);
    }
  }
}
