package org.gridline.console.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a call demands of whoever makes it: {@code x-permission}. */
sealed interface Demand {
  /** A word that is no permission of a role. */
  enum Door implements Demand {
    PUBLIC,
    /** This machine, or the operator's token. */
    OPERATOR,
    /** A telephone exchange's signature. */
    EXCHANGE,
    /** A session, whatever its owner has to do first. */
    OWN_ACCOUNT,
    SIGNED_IN,
    /** A session that sees tickets at all. */
    SCOPED,
    WORKS_ON_TICKETS,
    /** The permission that the action of the body is called by. */
    BY_ACTION;

    static Optional<Door> find(String word) {
      for (Door door : values())
        if (door.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word))
          return Optional.of(door);
      return Optional.empty();
    }
  }

  /** Any of these permissions. */
  record AnyOf(Set<String> permissions) implements Demand {
    public AnyOf {
      permissions = Set.copyOf(permissions);
    }
  }

  /** The permission under the body's {@code action}. */
  record Chosen(Map<String, String> byAction) implements Demand {
    public Chosen {
      byAction = Map.copyOf(byAction);
    }
  }

  /**
   * @throws IllegalArgumentException when it is not there, or says nothing that can be held
   */
  static Demand read(JsonNode node) {
    if (node.isTextual()) {
      return Door.find(node.asText())
          .<Demand>map(door -> door)
          .orElseGet(() -> new AnyOf(Set.of(node.asText())));
    }
    if (node.isArray() && !node.isEmpty()) {
      Set<String> any = new TreeSet<>();
      node.forEach(n -> any.add(n.asText()));
      return new AnyOf(any);
    }
    if (node.isObject() && !node.isEmpty()) {
      Map<String, String> chosen = new LinkedHashMap<>();
      node.properties().forEach(e -> chosen.put(e.getKey(), e.getValue().asText()));
      return new Chosen(chosen);
    }
    throw new IllegalArgumentException("x-permission is missing");
  }

  /** The permissions that it names. */
  default Set<String> named() {
    return switch (this) {
      case Door _ -> Set.of();
      case AnyOf(var permissions) -> permissions;
      case Chosen(var byAction) -> Set.copyOf(byAction.values());
    };
  }
}
