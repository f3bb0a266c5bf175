package org.gridline.console.boundaries;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed after {@code boundaries import}.
 *
 * @param query the wishes as the API spells them
 * @param password from the environment, for a city whose people are real
 */
record ImportOptions(
    Path file,
    Map<String, String> query,
    Optional<String> validFrom,
    Optional<String> user,
    Optional<String> token,
    Optional<String> password,
    Then then,
    URI url) {
  static final String USAGE =
      """
      usage: gridline boundaries import FILE --layer L --code FIELD [--name FIELD] [--parent FIELD]
               [--priority FIELD] [--crs EPSG:n|GCJ-02|BD-09|WGS84|CGCS2000] [--valid-from DATE] [--layer-name TEXT]
               [--note TEXT] [--user U | --token T] [--url U] [--dry-run] [--data DIR]
      """;

  /** Options with the API's name of what they say. */
  private static final Map<String, String> MEMBERS =
      Map.of(
          "--layer", "layer",
          "--code", "code",
          "--name", "name",
          "--parent", "parent",
          "--priority", "priority",
          "--crs", "crs",
          "--layer-name", "layerName",
          "--note", "note",
          "--valid-from", "validFrom");

  ImportOptions {
    query = Map.copyOf(query);
  }

  /** What happens to a version that could hold. */
  enum Then {
    ACTIVATE,
    /** Only looked at. */
    DISCARD
  }

  /** Arguments that make no sense. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  static ImportOptions read(List<String> arguments, Map<String, String> environment) {
    Map<String, String> query = new LinkedHashMap<>();
    Map<String, String> others = new LinkedHashMap<>();
    List<Path> files = new ArrayList<>();
    Then then = Then.ACTIVATE;
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (name.equals("--dry-run")) {
        then = Then.DISCARD;
      } else if (!name.startsWith("--")) {
        files.add(Path.of(name));
      } else {
        int equals = name.indexOf('=');
        String option = equals < 0 ? name : name.substring(0, equals);
        if (equals < 0 && i + 1 >= arguments.size()) throw new Wrong(option + " wants a value");
        String value = equals < 0 ? arguments.get(++i) : name.substring(equals + 1);
        put(query, others, option, value);
      }
    }
    if (files.size() != 1) throw new Wrong("one FILE is needed");
    if (!Files.isRegularFile(files.getFirst())) throw new Wrong("no file " + files.getFirst());
    for (String needed : List.of("layer", "code"))
      if (!query.containsKey(needed)) throw new Wrong("--" + needed + " is missing");
    query.put("file", String.valueOf(files.getFirst().getFileName()));
    String url =
        Optional.ofNullable(others.get("--url"))
            .or(() -> Optional.ofNullable(environment.get("GRIDLINE_URL")))
            .filter(u -> !u.isBlank())
            .orElseThrow(
                () -> new Wrong("no server is running here; start it, or name it by --url"));
    return new ImportOptions(
        files.getFirst(),
        query,
        Optional.ofNullable(query.get("validFrom")),
        Optional.ofNullable(others.get("--user")),
        Optional.ofNullable(others.get("--token")),
        Optional.ofNullable(environment.get("GRIDLINE_PASSWORD")),
        then,
        address(url));
  }

  private static void put(
      Map<String, String> query, Map<String, String> others, String option, String value) {
    Optional<String> member = Optional.ofNullable(MEMBERS.get(option));
    if (member.isPresent()) query.put(member.get(), value);
    else if (List.of("--user", "--token", "--url").contains(option)) others.put(option, value);
    else throw new Wrong("unknown option " + option);
  }

  private static URI address(String text) {
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getHost() != null) return url;
    } catch (IllegalArgumentException e) {
      throw new Wrong("--url " + text + " is no address");
    }
    throw new Wrong("--url " + text + " is no address");
  }

  /** The wishes as a query string. */
  String encoded() {
    StringBuilder all = new StringBuilder();
    query.forEach(
        (name, value) ->
            all.append(all.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return all.toString();
  }

  /** Holds a password and a token, so it does not print itself. */
  @Override
  public String toString() {
    return "ImportOptions[" + file + ", " + url + "]";
  }
}
