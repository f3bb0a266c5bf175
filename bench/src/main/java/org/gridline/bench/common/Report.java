package org.gridline.bench.common;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/** What a benchmark prints: lines for people as it goes on, one JSON object at the end. */
public final class Report {
  private final PrintStream out;
  private final ObjectNode json = new ObjectMapper().createObjectNode();

  public Report(String bench, PrintStream out) {
    this(bench, environment("GRIDLINE_COMMIT"), out);
  }

  public Report(String bench, String commit, PrintStream out) {
    this.out = out;
    json.put("bench", bench).put("commit", commit);
  }

  public ObjectNode json() {
    return json;
  }

  /** A line for people. */
  public void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  /**
   * How many times as much the other side takes: the median of the rounds, with the least and most.
   *
   * @param theirs what each round cost them
   * @param ours what it cost Gridline
   */
  public void ratio(String key, double[] theirs, double[] ours) {
    double[] ratios = new double[ours.length];
    for (int i = 0; i < ours.length; i++) ratios[i] = theirs[i] / ours[i];
    Arrays.sort(ratios);
    double middle = median(ratios);
    double least = ratios[0];
    double most = ratios[ratios.length - 1];
    line("%s: %.2f (%.2f–%.2f)", key, middle, least, most);
    json.put(key, hundredths(middle));
    json.put(key + "_min", hundredths(least)).put(key + "_max", hundredths(most));
  }

  /** The JSON object, as the last line. */
  public void end() {
    out.println();
    out.println(json);
  }

  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** A variable of the environment that the launcher sets. */
  public static String environment(String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) throw new IllegalStateException(name + " is not set");
    return value;
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
