package org.gridline.dispatch.city;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.city.CityPack.SamplePerson;
import org.gridline.dispatch.city.Table.Columns;
import org.gridline.dispatch.people.AdminKind;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.Separation;
import org.gridline.dispatch.route.UnitTree;

/** Who works in a pack: roles.yaml, and the made-up people of a sample city. */
final class PeopleFiles {
  private static final Columns COLUMNS =
      Columns.of("user roles password", "name_zh name_en unit areas");

  private PeopleFiles() {}

  static List<Role> roles(PackFolder folder) {
    List<Role> roles = Yaml.read(folder.get("roles.yaml")).list(PeopleFiles::role);
    Set<String> ids = roles.stream().map(Role::id).collect(Collectors.toSet());
    if (ids.size() < roles.size()) throw new UnusablePack("roles.yaml: an id is there twice");
    return roles;
  }

  /** A real city can't be run without the three administrators; a made-up one may do without. */
  static void checkOffices(City city, List<Role> roles) {
    if (city.kind() == City.Kind.SAMPLE) return;
    for (AdminKind kind : AdminKind.values()) {
      if (roles.stream().noneMatch(r -> r.admin().equals(Optional.of(kind))))
        throw new UnusablePack("roles.yaml: no role has admin: " + kind.id());
    }
  }

  private static Role role(Yaml r) {
    r.only("id", "name", "scope", "permissions", "admin");
    return new Role(
        r.text("id"),
        r.names("name"),
        r.read("scope", s -> Role.Reach.valueOf(s.toUpperCase(Locale.ROOT))),
        new LinkedHashSet<>(
            r.list(
                "permissions",
                p ->
                    Permission.find(p.text())
                        .orElseThrow(
                            () -> new IllegalArgumentException("no permission " + p.text())))),
        r.find("admin")
            .map(
                a ->
                    AdminKind.find(a.text())
                        .orElseThrow(() -> a.wrong("", "must be system, security or audit"))));
  }

  /** Sample people; none in a real city, even if a folder of it should hold some. */
  static List<SamplePerson> people(
      PackFolder folder, City city, List<Role> roles, UnitTree units, Set<String> areas) {
    Set<String> known = roles.stream().map(Role::id).collect(Collectors.toSet());
    return switch (city.kind()) {
      case REAL -> List.of();
      case SAMPLE ->
          Table.read(
              folder.get("people.csv"),
              COLUMNS,
              r -> {
                if (!known.containsAll(r.list("roles"))) throw r.wrong("roles", "unknown role");
                if (!Separation.holds(
                    roles.stream().filter(role -> r.list("roles").contains(role.id())).toList()))
                  throw r.wrong("roles", "exclude each other");
                r.find("unit")
                    .filter(u -> units.find(u).isEmpty())
                    .ifPresent(
                        u -> {
                          throw r.wrong("unit", "no unit " + u);
                        });
                for (String area : r.list("areas"))
                  if (!areas.contains(area)) throw r.wrong("areas", "no area " + area);
                return new SamplePerson(
                    r.needed("user"),
                    r.names(),
                    r.list("roles"),
                    r.text("unit"),
                    r.list("areas"),
                    r.needed("password"));
              });
    };
  }
}
