package org.gridline.bench.common;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Options of a command line, each with one value. */
public final class Arguments {
  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /**
   * What a benchmark's options say; when they are wrong, says why and ends the program with exit
   * code 2.
   *
   * @param bench its name after {@code ./gridline bench}
   */
  public static <T> T orExit(
      String bench, String[] arguments, Function<List<String>, T> parse, String usage) {
    try {
      return parse.apply(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("bench " + bench + ": " + e.getMessage());
      System.err.print(usage);
      System.exit(2);
      throw e;
    }
  }

  /**
   * @throws IllegalArgumentException when one is not known or has no value
   */
  public static Arguments read(List<String> arguments, Set<String> known) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String option = arguments.get(i);
      if (!known.contains(option))
        throw new IllegalArgumentException("does not know '" + option + "'");
      if (i + 1 == arguments.size()) throw new IllegalArgumentException(option + " wants a value");
      values.put(option, arguments.get(i + 1));
    }
    return new Arguments(values);
  }

  /**
   * @throws IllegalArgumentException when it is no whole number from {@code least} to {@code most}
   */
  public int count(String option, int usual, int least, int most) {
    double value = number(option, usual, least, most);
    if (value != Math.rint(value))
      throw new IllegalArgumentException(option + " is a whole number");
    return (int) value;
  }

  /**
   * @throws IllegalArgumentException when it is no number from {@code least} to {@code most}
   */
  public double number(String option, double usual, double least, double most) {
    try {
      double value = values.containsKey(option) ? Double.parseDouble(values.get(option)) : usual;
      if (value >= least && value <= most) return value;
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s is %s to %s".formatted(option, plain(least), plain(most)));
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
