package org.gridline.console.components;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of an import.
 *
 * @param query what is said about the files, as the server's parameters
 * @param token absent when somebody of the sample city signs in
 * @param data where the sample's sign-ins are
 */
record ImportOptions(
    List<Path> files, String url, Map<String, String> query, Optional<String> token, Path data) {
  static final String USAGE =
      "usage: components import FILE… [--crs SYSTEM] [--map OURS:THEIRS,…] [--encoding GB18030] [--source TEXT] [--url U] [--token T]";

  private static final Set<String> ABOUT_FILES =
      Set.of("crs", "map", "encoding", "source", "format");

  /** A command line that can't be followed; the message says why. */
  static final class Wrong extends RuntimeException {
    Wrong(String message) {
      super(message);
    }
  }

  /**
   * @throws Wrong when an argument is missing or unknown
   */
  static ImportOptions read(String[] arguments, Map<String, String> environment) {
    List<Path> files = new ArrayList<>();
    Map<String, String> query = new LinkedHashMap<>();
    Optional<String> url = find(environment, "GRIDLINE_URL");
    Optional<String> token = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("--")) {
        files.add(Path.of(argument));
        continue;
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (equals < 0 && i + 1 >= arguments.length) throw new Wrong(name + " wants a value");
      String value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
      if (value.isBlank()) throw new Wrong(name + " wants a value");
      if (name.equals("--url")) url = Optional.of(value);
      else if (name.equals("--token")) token = Optional.of(value);
      else if (ABOUT_FILES.contains(name.substring(2))) query.put(name.substring(2), value);
      else throw new Wrong("unknown option " + name);
    }
    if (files.isEmpty()) throw new Wrong("which file?");
    String address =
        url.orElseThrow(
            () ->
                new Wrong(
                    "没有运行中的服务 · no server is running here; start one with ./gridline up, or name it with --url"));
    if (!address.matches("https?://[^\\s?#]+"))
      throw new Wrong("--url is an address such as http://127.0.0.1:8080");
    return new ImportOptions(
        files,
        address.endsWith("/") ? address.substring(0, address.length() - 1) : address,
        query,
        token,
        find(environment, "GRIDLINE_DATA").map(Path::of).orElse(Path.of("var")));
  }

  private static Optional<String> find(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
  }

  /** Holds a token, so it does not print itself. */
  @Override
  public String toString() {
    return "ImportOptions" + files;
  }
}
