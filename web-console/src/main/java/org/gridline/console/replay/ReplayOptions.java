package org.gridline.console.replay;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The command line.
 *
 * @param token absent when the sample person of the pack signs in
 * @param city name or folder of the pack; absent to find the one whose file is in the folder
 * @param cities where packs are
 * @param data where the ledger is kept
 */
record ReplayOptions(
    Path folder,
    URI url,
    Optional<String> token,
    Rate rate,
    long limit,
    Optional<String> city,
    Path cities,
    Path data) {
  static final String USAGE =
      "usage: replay DIR [--url U] [--token T] [--rate N/s|xN|max] [--limit N] [--city NAME|DIR]";

  /** A command line that can't be followed; the message says why. */
  static final class Wrong extends RuntimeException {
    Wrong(String message) {
      super(message);
    }
  }

  /**
   * @throws Wrong when an argument is missing or unknown
   * @throws Unreplayable when no server is known
   */
  static ReplayOptions read(String[] arguments, Map<String, String> environment) {
    Optional<Path> folder = Optional.empty();
    Optional<String> url = find(environment, "GRIDLINE_URL");
    Optional<String> token = Optional.empty();
    Optional<String> city = Optional.empty();
    Rate rate = new Rate.AsFastAsItGoes();
    long limit = Long.MAX_VALUE;
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("--")) {
        if (folder.isPresent()) throw new Wrong("one folder, not also " + argument);
        folder = Optional.of(Path.of(argument));
        continue;
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (equals < 0 && i + 1 >= arguments.length) throw new Wrong(name + " wants a value");
      String value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
      if (value.isBlank()) throw new Wrong(name + " wants a value");
      switch (name) {
        case "--url" -> url = Optional.of(value);
        case "--token" -> token = Optional.of(value);
        case "--city" -> city = Optional.of(value);
        case "--rate" ->
            rate = Rate.find(value).orElseThrow(() -> new Wrong("--rate is N/s, xN or max"));
        case "--limit" -> limit = count(value);
        default -> throw new Wrong("unknown option " + name);
      }
    }
    return new ReplayOptions(
        folder.orElseThrow(() -> new Wrong("which folder of tickets?")),
        address(
            url.orElseThrow(
                () ->
                    new Unreplayable(
                        "没有运行中的服务 · no server is running here; start one with ./gridline up,"
                            + " or name it with --url"))),
        token,
        rate,
        limit,
        city,
        find(environment, "GRIDLINE_CITIES").map(Path::of).orElse(Path.of("config", "cities")),
        find(environment, "GRIDLINE_DATA").map(Path::of).orElse(Path.of("var")));
  }

  private static Optional<String> find(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
  }

  private static URI address(String text) {
    try {
      URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawQuery() == null) return uri;
    } catch (IllegalArgumentException e) {
      throw new Wrong("--url is an address such as http://127.0.0.1:8080");
    }
    throw new Wrong("--url is an address such as http://127.0.0.1:8080");
  }

  private static long count(String text) {
    try {
      long count = Long.parseLong(text);
      if (count > 0) return count;
    } catch (NumberFormatException e) {
      throw new Wrong("--limit is a number of rows");
    }
    throw new Wrong("--limit is a number of rows");
  }

  /** Holds a token, so it does not print itself. */
  @Override
  public String toString() {
    return "ReplayOptions[" + folder + ", " + url + "]";
  }
}
