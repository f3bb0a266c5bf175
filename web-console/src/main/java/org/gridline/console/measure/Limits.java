package org.gridline.console.measure;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * From where on something is worth a word; each can be set in the environment.
 *
 * @param slow {@code GRIDLINE_SLOW_MS}: a request that takes longer is logged as slow
 * @param leastDiskBytes {@code GRIDLINE_DISK_MB}: less free space than this is told by health
 */
public record Limits(Duration slow, long leastDiskBytes) {
  private static final long USUAL_SLOW_MILLIS = 1_000;
  private static final long USUAL_DISK_MEGABYTES = 2_048;

  /**
   * Reads the environment.
   *
   * @throws IllegalArgumentException naming the variable that is no whole number above zero
   */
  public static Limits read(Map<String, String> environment) {
    return new Limits(
        Duration.ofMillis(number(environment, "GRIDLINE_SLOW_MS", USUAL_SLOW_MILLIS)),
        Math.multiplyExact(
            number(environment, "GRIDLINE_DISK_MB", USUAL_DISK_MEGABYTES), 1L << 20));
  }

  private static long number(Map<String, String> environment, String name, long usual) {
    String text = Optional.ofNullable(environment.get(name)).orElse("").strip();
    if (text.isEmpty()) return usual;
    if (!text.matches("[1-9][0-9]{0,11}")) {
      throw new IllegalArgumentException(name + " wants a whole number above zero");
    }
    return Long.parseLong(text);
  }
}
