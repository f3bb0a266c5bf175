package org.gridline.console;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.gridline.console.tls.HttpsWish;

/**
 * The command line.
 *
 * @param host absent for the usual one: this machine only in a sample city, whose passwords
 *     everybody knows, all addresses otherwise
 * @param https absent for the plain port alone, as behind a proxy
 */
public record Options(
    Path city,
    int port,
    Path data,
    Path pages,
    Optional<String> host,
    Optional<HttpsWish> https,
    String databaseUrl) {
  static final String USAGE =
      "usage: --city DIR --port N --data DIR --pages DIR [--host H]"
          + " [--https-port N [--certificate FILE --key FILE]]"
          + " with GRIDLINE_DATABASE_URL=postgresql://user:password@host:port/db";

  /** A command line that can't be followed; the message says why. */
  static final class Wrong extends RuntimeException {
    Wrong(String message) {
      super(message);
    }
  }

  /**
   * @throws Wrong when an option is missing or unknown
   */
  static Options read(String[] arguments, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i];
      switch (name) {
        case "--city",
            "--port",
            "--data",
            "--pages",
            "--host",
            "--https-port",
            "--certificate",
            "--key" -> {
          if (i + 1 >= arguments.length) throw new Wrong(name + " wants a value");
          values.put(name, arguments[i + 1]);
        }
        default -> throw new Wrong("unknown option " + name);
      }
    }
    return new Options(
        Path.of(needed(values, "--city")),
        port("--port", needed(values, "--port")),
        Path.of(needed(values, "--data")),
        Path.of(needed(values, "--pages")),
        Optional.ofNullable(values.get("--host")),
        https(values),
        needed(environment, "GRIDLINE_DATABASE_URL"));
  }

  private static String needed(Map<String, String> values, String name) {
    return Optional.ofNullable(values.get(name))
        .filter(v -> !v.isBlank())
        .orElseThrow(() -> new Wrong(name + " is missing"));
  }

  private static Optional<HttpsWish> https(Map<String, String> values) {
    Optional<String> certificate = Optional.ofNullable(values.get("--certificate"));
    Optional<String> key = Optional.ofNullable(values.get("--key"));
    Optional<String> port = Optional.ofNullable(values.get("--https-port"));
    if (certificate.isPresent() != key.isPresent())
      throw new Wrong("--certificate and --key belong together");
    if (port.isEmpty() && key.isPresent()) throw new Wrong("--https-port is missing");
    return port.map(
        number ->
            new HttpsWish(
                port("--https-port", number),
                certificate.map(c -> new HttpsWish.Own(Path.of(c), Path.of(key.orElseThrow())))));
  }

  private static int port(String option, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) return port;
    } catch (NumberFormatException e) {
      throw new Wrong(option + " " + text + " is no port");
    }
    throw new Wrong(option + " " + text + " is no port");
  }

  /** Holds a password, so it does not print itself. */
  @Override
  public String toString() {
    return "Options[" + city + ", " + port + "]";
  }
}
