package org.gridline.console.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.gridline.console.Town;

/** Roles, units and people as the sample's files have them, read without the product's readers. */
final class Pack {
  /** How far a role looks, by the pack's own word, and what it may do. */
  record Role(String id, String reach, Set<String> permissions) {
    Role {
      permissions = Set.copyOf(permissions);
    }
  }

  /** Somebody of people.csv. */
  record Person(String login, List<String> names, String role, String unit, Set<String> areas) {
    Person {
      names = List.copyOf(names);
      areas = Set.copyOf(areas);
    }
  }

  final Map<String, Role> roles = new TreeMap<>();
  final Map<String, Person> people = new HashMap<>();
  private final Map<String, String> parents = new HashMap<>();
  private final Map<String, List<String>> unitNames = new HashMap<>();

  Pack() {
    try {
      for (JsonNode role :
          new YAMLMapper().readTree(Town.sample().resolve("roles.yaml").toFile())) {
        Set<String> permissions = new HashSet<>();
        role.path("permissions").forEach(p -> permissions.add(p.asText()));
        String id = role.path("id").asText();
        roles.put(id, new Role(id, role.path("scope").asText(), permissions));
      }
      for (List<String> row : rows("units.csv")) {
        parents.put(row.get(0), row.get(1));
        unitNames.put(row.get(0), row.subList(2, 4));
      }
      for (List<String> row : rows("people.csv"))
        people.put(
            row.get(0),
            new Person(
                row.get(0),
                row.subList(1, 3),
                row.get(3),
                row.get(4),
                row.get(5).isEmpty() ? Set.of() : Set.of(row.get(5).split("\\|"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No cell of these files holds a comma. */
  private static List<List<String>> rows(String file) throws IOException {
    return Files.readAllLines(Town.sample().resolve(file)).stream()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)))
        .toList();
  }

  Person person(String login) {
    return Objects.requireNonNull(people.get(login), login);
  }

  /** What names a unit, or somebody, wherever it stands. */
  Set<String> named(String unit, List<String> logins) {
    Set<String> all = new HashSet<>(Objects.requireNonNull(unitNames.get(unit), unit));
    all.add('"' + unit + '"');
    for (String login : logins) {
      all.add('"' + login + '"');
      all.addAll(person(login).names());
    }
    return all;
  }

  Role role(String id) {
    return Objects.requireNonNull(roles.get(id), id);
  }

  /** Whether one unit is the other, or stands below it. */
  boolean within(String unit, String above) {
    for (String at = unit; at != null && !at.isEmpty(); at = parents.get(at))
      if (at.equals(above)) return true;
    return false;
  }
}
