package org.gridline.console.measure;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * From where on something is worth a word, or refused; each can be set in the environment.
 *
 * @param slow {@code GRIDLINE_SLOW_MS}: a request that takes longer is logged as slow
 * @param leastDiskBytes {@code GRIDLINE_DISK_MB}: less free space than this is told by health
 * @param intakePerSecond {@code GRIDLINE_INTAKE_PER_SECOND}: more reports that are not urgent are
 *     refused; absent for what the house is measured to take
 * @param connections {@code GRIDLINE_CONNECTIONS}
 * @param connectionsOfOneAddress {@code GRIDLINE_CONNECTIONS_PER_ADDRESS}; not for this machine and
 *     trusted proxies, which bring many people's
 */
public record Limits(
    Duration slow,
    long leastDiskBytes,
    OptionalInt intakePerSecond,
    int connections,
    int connectionsOfOneAddress) {
  private static final long USUAL_CONNECTIONS = 20_000;

  /** An office behind one address has some hundred desks with a few connections each. */
  private static final long USUAL_CONNECTIONS_OF_ONE_ADDRESS = 2_000;

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
        Math.multiplyExact(number(environment, "GRIDLINE_DISK_MB", USUAL_DISK_MEGABYTES), 1L << 20),
        given(environment, "GRIDLINE_INTAKE_PER_SECOND")
            ? OptionalInt.of(whole(environment, "GRIDLINE_INTAKE_PER_SECOND", 1))
            : OptionalInt.empty(),
        whole(environment, "GRIDLINE_CONNECTIONS", USUAL_CONNECTIONS),
        whole(environment, "GRIDLINE_CONNECTIONS_PER_ADDRESS", USUAL_CONNECTIONS_OF_ONE_ADDRESS));
  }

  private static boolean given(Map<String, String> environment, String name) {
    return !Optional.ofNullable(environment.get(name)).orElse("").isBlank();
  }

  private static int whole(Map<String, String> environment, String name, long usual) {
    long number = number(environment, name, usual);
    if (number > Integer.MAX_VALUE) throw new IllegalArgumentException(name + " is too large");
    return (int) number;
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
