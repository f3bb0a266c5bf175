package org.gridline.console.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPU time of the server's process between two looks at {@code /metrics}, where that is readable. A
 * restart begins its counter anew; what was used between the last look and the end of the old
 * process is then not counted. One thread at a time.
 */
final class ServerCpu {
  private static final Pattern NANOS =
      Pattern.compile("(?m)^process_cpu_time_ns_total(?:\\{[^}]*})? ([0-9.eE+]+)$");
  private static final Pattern SECONDS =
      Pattern.compile("(?m)^process_cpu_seconds_total(?:\\{[^}]*})? ([0-9.eE+]+)$");

  private final FrontDoor door;
  private OptionalDouble last = OptionalDouble.empty();
  private double used;
  private boolean known;

  ServerCpu(FrontDoor door) {
    this.door = door;
  }

  void look() {
    OptionalDouble now = read();
    if (now.isEmpty()) return;
    if (last.isPresent()) {
      double step = now.getAsDouble() - last.getAsDouble();
      used += step >= 0 ? step : now.getAsDouble();
      known = true;
    }
    last = now;
  }

  /** Seconds since the first look; empty when the server does not tell. */
  OptionalDouble used() {
    return known ? OptionalDouble.of(used) : OptionalDouble.empty();
  }

  private OptionalDouble read() {
    try {
      FrontDoor.Reply reply = door.get("/metrics");
      return reply.status() == 200
          ? seconds(new String(reply.body(), StandardCharsets.UTF_8))
          : OptionalDouble.empty();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  /** What the exposition says, by either of the two names in use. */
  static OptionalDouble seconds(String exposition) {
    Matcher seconds = SECONDS.matcher(exposition);
    if (seconds.find()) return OptionalDouble.of(Double.parseDouble(seconds.group(1)));
    Matcher nanos = NANOS.matcher(exposition);
    return nanos.find()
        ? OptionalDouble.of(Double.parseDouble(nanos.group(1)) / 1e9)
        : OptionalDouble.empty();
  }
}
