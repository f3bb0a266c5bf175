package org.gridline.console.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.gridline.dispatch.people.Permission;

/** The API's description, read for its {@code x-permission} and {@code x-scope}. */
final class Described {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** Names that say whose or where something is, wherever they stand. */
  private static final Set<String> TELLING =
      Set.of("unit", "area", "person", "ticket", "call", "component", "attachment", "user");

  private Described() {}

  static List<Operation> operations() {
    JsonNode api = api();
    List<Operation> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties())
      for (Map.Entry<String, JsonNode> call : path.getValue().properties())
        if (METHODS.contains(call.getKey()))
          all.add(
              Operation.read(
                  call.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  call.getValue(),
                  api.path("components").path("parameters")));
    return all;
  }

  static JsonNode api() {
    try {
      return new YAMLMapper().readTree(Described.class.getResourceAsStream("/openapi.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What keeps the matrix from asking for everything; empty when all is said.
   *
   * @param kinds the kinds of things that there are some of
   */
  static List<String> complaints(JsonNode api, Set<String> kinds) {
    List<String> complaints = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
        if (!METHODS.contains(call.getKey())) continue;
        String name = call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        try {
          Operation operation =
              Operation.read(
                  call.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  call.getValue(),
                  api.path("components").path("parameters"));
          for (String wrong : wrong(operation, call.getValue(), kinds))
            complaints.add(name + ": " + wrong);
        } catch (IllegalArgumentException unreadable) {
          complaints.add(name + ": " + unreadable.getMessage());
        }
      }
    }
    return complaints;
  }

  private static List<String> wrong(Operation operation, JsonNode node, Set<String> kinds) {
    List<String> wrong = new ArrayList<>();
    for (String permission : operation.demand().named())
      if (Permission.find(permission).isEmpty()) wrong.add("no permission " + permission);
    for (String part : operation.parts())
      if (!operation.scope().containsKey(part)) wrong.add("x-scope of {" + part + "} is missing");
    for (JsonNode parameter : node.path("parameters")) {
      String name = parameter.path("name").asText();
      if (parameter.path("in").asText().equals("query")
          && TELLING.contains(name)
          && !operation.scope().containsKey(name)) wrong.add("x-scope of ?" + name + " is missing");
    }
    for (String name : List.of("ticket", "call", "component", "attachment")) {
      boolean whole = operation.type().equals(Operation.JSON);
      JsonNode members =
          node.path("requestBody").path("content").path(Operation.JSON).path("schema");
      boolean there = members.path("properties").path(name).path("type").asText().equals("integer");
      if (whole && there && !operation.scope().containsKey("body." + name))
        wrong.add("x-scope of body." + name + " is missing");
    }
    for (Map.Entry<String, String> named : operation.scope().entrySet())
      if (!kinds.contains(named.getValue()))
        wrong.add("x-scope " + named.getKey() + ": there are no " + named.getValue() + "s to try");
    if (operation.type().equals(Operation.JSON) && operation.example().isMissingNode())
      wrong.add("its body has no example");
    return wrong;
  }
}
