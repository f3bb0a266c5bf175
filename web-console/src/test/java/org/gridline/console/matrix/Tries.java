package org.gridline.console.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gridline.dispatch.evidence.Photos;

/** Every way to make the described calls: each with each thing that it can name. */
final class Tries {
  private static final String BODY = "body.";

  /** Each action is tried on every so manieth ticket; each ticket with so manieth action. */
  private static final int EVERY = 7;

  /** Kinds whose things have no number. */
  private static final Set<String> NAMED_BY_TEXT = Set.of(Kinds.COMPONENT, "login", "ruling");

  private final Things things;
  private final Set<String> actions;
  private final Map<String, Integer> versions;

  /**
   * @param actions ids of the actions that a ticket knows
   * @param versions of the tickets as they stand, by id
   */
  Tries(Things things, Set<String> actions, Map<String, Integer> versions) {
    this.things = things;
    this.actions = new TreeSet<>(actions);
    this.versions = versions;
  }

  List<Try> of(Operation operation) {
    List<Try> all = new ArrayList<>();
    List<Map<String, Thing>> paths = choices(kinds(operation, operation.parts()));
    List<Map<String, Thing>> bodies = bodies(operation);
    for (String query : queries(operation))
      for (int b = 0; b < bodies.size(); b++)
        for (int p = 0; p < paths.size(); p++)
          // Whatever the body may name is named with one of the path's things, which take turns.
          if (b == 0 || b % paths.size() == p)
            add(all, operation, paths.get(p), query, bodies.get(b));
    return all;
  }

  private void add(
      List<Try> all,
      Operation operation,
      Map<String, Thing> chosen,
      String query,
      Map<String, Thing> said) {
    String path = operation.path();
    for (Map.Entry<String, Thing> part : chosen.entrySet())
      path = path.replace("{" + part.getKey() + "}", value(part.getKey(), part.getValue()));
    List<Thing> named = new ArrayList<>(chosen.values());
    named.addAll(said.values());
    if (operation.demand() == Demand.Door.BY_ACTION) {
      String ticket = named.getFirst().value();
      int version = versions.getOrDefault(ticket, 1);
      int turn = versions.keySet().stream().sorted().toList().indexOf(ticket);
      for (String action : actions) {
        if (turn % EVERY == 0) all.add(acting(operation, path, named, action, 1, true));
        if (turn % EVERY == 1) all.add(acting(operation, path, named, action, version, false));
        turn++;
      }
      return;
    }
    byte[] body = body(operation, said);
    String action = operation.example().path("action").asText();
    all.add(new Try(operation, path + query, body, named, action, false));
  }

  private static Try acting(
      Operation operation,
      String path,
      List<Thing> named,
      String action,
      int version,
      boolean late) {
    String body = "{\"action\":\"" + action + "\",\"version\":" + version + "}";
    return new Try(operation, path, body.getBytes(StandardCharsets.UTF_8), named, action, late);
  }

  /** What each of these names may stand for; two names of one kind never mean the same thing. */
  private List<Map<String, Thing>> choices(Map<String, String> kinds) {
    List<Map<String, Thing>> all = new ArrayList<>();
    all.add(new LinkedHashMap<>());
    for (String kind : new TreeSet<>(kinds.values())) {
      List<String> names =
          kinds.entrySet().stream()
              .filter(e -> e.getValue().equals(kind))
              .map(Map.Entry::getKey)
              .toList();
      List<Thing> some = things.of(kind);
      List<Map<String, Thing>> more = new ArrayList<>();
      for (Map<String, Thing> before : all)
        for (int i = 0; i < (kind.equals("tile") ? 1 : some.size()); i++) {
          Map<String, Thing> with = new LinkedHashMap<>(before);
          for (int n = 0; n < names.size(); n++)
            with.put(names.get(n), chosen(kind, names.get(n), some, i + n));
          // Only tickets are features of which it is known who sees them.
          boolean foreign =
              kind.equals(Kinds.FEATURE)
                  && with.containsKey("collectionId")
                  && !with.get("collectionId").value().equals("tickets");
          if (!foreign) more.add(with);
        }
      all = more;
    }
    return all;
  }

  private static Thing chosen(String kind, String name, List<Thing> some, int i) {
    if (kind.equals("tile"))
      return some.stream().filter(t -> t.value().startsWith(name + "=")).findFirst().orElseThrow();
    return some.get(i % some.size());
  }

  private static String value(String name, Thing thing) {
    return thing.value().replaceFirst("^" + name + "=", "");
  }

  private static Map<String, String> kinds(Operation operation, List<String> names) {
    Map<String, String> kinds = new TreeMap<>();
    for (String name : names) kinds.put(name, operation.scope().get(name));
    return kinds;
  }

  /** Nothing of what may be said, then one kind after another. */
  private List<Map<String, Thing>> bodies(Operation operation) {
    List<Map<String, Thing>> all = new ArrayList<>();
    List<String> names =
        operation.scope().keySet().stream().filter(n -> n.startsWith(BODY)).toList();
    all.add(Map.of());
    Map<String, String> kinds = kinds(operation, names);
    for (String kind : new TreeSet<>(kinds.values())) {
      Map<String, String> ofKind = new TreeMap<>(kinds);
      ofKind.values().removeIf(k -> !k.equals(kind));
      all.addAll(choices(ofKind));
    }
    return all;
  }

  private static byte[] body(Operation operation, Map<String, Thing> said) {
    if (operation.type().isEmpty()) return new byte[0];
    if (!operation.type().equals(Operation.JSON)) return Photos.jpeg(20, 20);
    ObjectNode body = operation.example().deepCopy();
    for (String name : operation.scope().keySet())
      if (name.startsWith(BODY)) body.remove(name.substring(BODY.length()));
    for (Map.Entry<String, Thing> named : said.entrySet()) {
      String member = named.getKey().substring(BODY.length());
      Thing thing = named.getValue();
      if (thing.kind().equals("ownAttachment"))
        body.putArray(member).add(Long.parseLong(thing.value()));
      else if (NAMED_BY_TEXT.contains(thing.kind())) body.put(member, thing.value());
      else body.put(member, Long.parseLong(thing.value()));
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The needed parameters alone, then with each thing that may narrow what is asked for. */
  private List<String> queries(Operation operation) {
    StringBuilder needed = new StringBuilder();
    for (JsonNode parameter : operation.queries())
      needed
          .append('&')
          .append(parameter.path("name").asText())
          .append('=')
          .append(filled(parameter));
    if (operation.path().endsWith("map.png")) needed.append("&width=100&height=100");
    List<String> all = new ArrayList<>();
    all.add(query(needed.toString()));
    if (operation.path().matches(".*attachments/\\{id}")) all.add("?original=true");
    for (Map.Entry<String, String> named : new TreeMap<>(operation.scope()).entrySet()) {
      String name = named.getKey();
      if (name.startsWith(BODY) || operation.parts().contains(name)) continue;
      for (Thing thing : things.of(named.getValue()))
        all.add(query(needed + "&" + name + "=" + encoded(thing.value())));
    }
    return all;
  }

  private static String query(String pairs) {
    return pairs.isEmpty() ? "" : "?" + pairs.substring(1);
  }

  private static String filled(JsonNode parameter) {
    JsonNode schema = parameter.path("schema");
    if (schema.path("format").asText().equals("date"))
      return LocalDate.now(ZoneOffset.UTC).toString();
    return switch (parameter.path("name").asText()) {
      case "lon" -> "118.8445";
      case "lat" -> "32.1104";
      case "crs" -> "WGS84";
      case "q" -> encoded("尧化新村");
      case "layer" -> "street";
      case "code" -> "code";
      default -> throw new AssertionError("what to ask for? " + parameter);
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
