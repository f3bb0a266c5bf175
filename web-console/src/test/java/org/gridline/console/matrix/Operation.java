package org.gridline.console.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call of the API as it is described.
 *
 * @param method in capitals
 * @param path with {@code {name}} for its parts
 * @param scope which kind of thing each name stands for; members of the body begin with {@code
 *     body.}
 * @param queries the query parameters that have to be there
 * @param basic whether user and password may come with the call itself
 * @param type the body's media type; empty when there is none
 * @param example a body that would do
 */
record Operation(
    String method,
    String path,
    Demand demand,
    Map<String, String> scope,
    List<JsonNode> queries,
    boolean basic,
    String type,
    JsonNode example) {
  private static final Pattern PART = Pattern.compile("\\{([A-Za-z]+)}");
  static final String JSON = "application/json";

  Operation {
    scope = Map.copyOf(scope);
    queries = List.copyOf(queries);
  }

  String name() {
    return method + " " + path;
  }

  boolean reads() {
    return method.equals("GET");
  }

  /** The names of the path's parts. */
  List<String> parts() {
    List<String> parts = new ArrayList<>();
    for (Matcher m = PART.matcher(path); m.find(); ) parts.add(m.group(1));
    return parts;
  }

  /** The names of this kind of thing, if it speaks of any. */
  List<String> naming(String kind) {
    return new TreeMap<>(scope)
        .entrySet().stream().filter(e -> e.getValue().equals(kind)).map(Map.Entry::getKey).toList();
  }

  /**
   * @param shared parameters under {@code components}, by name
   * @throws IllegalArgumentException when its demand can't be read
   */
  static Operation read(String method, String path, JsonNode node, JsonNode shared) {
    Map<String, String> scope = new TreeMap<>();
    node.path("x-scope").properties().forEach(e -> scope.put(e.getKey(), e.getValue().asText()));
    List<JsonNode> queries = new ArrayList<>();
    for (JsonNode parameter : node.path("parameters")) {
      JsonNode whole =
          parameter.has("$ref")
              ? shared.path(parameter.path("$ref").asText().replaceAll(".*/", ""))
              : parameter;
      if (whole.path("in").asText().equals("query") && whole.path("required").asBoolean())
        queries.add(whole);
    }
    Optional<Map.Entry<String, JsonNode>> body =
        node.path("requestBody").path("content").properties().stream().findFirst();
    return new Operation(
        method,
        path,
        Demand.read(node.path("x-permission")),
        scope,
        queries,
        node.path("security").findValue("basic") != null,
        body.map(Map.Entry::getKey).orElse(""),
        body.map(b -> b.getValue().path("example")).orElse(MissingNode.getInstance()));
  }
}
