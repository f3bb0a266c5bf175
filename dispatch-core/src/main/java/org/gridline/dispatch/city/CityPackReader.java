package org.gridline.dispatch.city;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.city.City.LayerFile;
import org.gridline.dispatch.city.CityPack.SamplePerson;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.LimitTable;
import org.gridline.dispatch.deadline.TimeLimit;
import org.gridline.dispatch.deadline.TimeLimit.LimitUnit;
import org.gridline.dispatch.deadline.WorkCalendar;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.place.Gazetteer;
import org.gridline.dispatch.route.DutyRule;
import org.gridline.dispatch.route.DutyTable;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.ticket.Policy;
import org.gridline.dispatch.ticket.Policy.Choice;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.UnusableBoundaries;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Position;

/** Reads and checks a city pack folder as described in config/README.md. */
public final class CityPackReader {
  /**
   * A caller is tried this often before a ticket may be closed without an answer (domain page §3,
   * action 25).
   */
  private static final int REVISIT_TRIES = 3;

  private final Path folder;
  private final Yaml yaml;

  private CityPackReader(Path folder) {
    this.folder = folder;
    this.yaml = Yaml.read(folder.resolve("city.yaml"));
  }

  /**
   * Reads a pack.
   *
   * @throws UnusablePack naming file, place and reason
   */
  public static CityPack read(Path folder) {
    if (!Files.isRegularFile(folder.resolve("city.yaml"))) {
      throw new UnusablePack("no city.yaml in " + folder);
    }
    try {
      return new CityPackReader(folder).pack();
    } catch (IllegalArgumentException | java.time.DateTimeException | UnusableBoundaries e) {
      throw new UnusablePack(folder.getFileName() + ": " + e.getMessage());
    }
  }

  private CityPack pack() {
    City city = city();
    Boundaries boundaries = BoundaryFiles.read(city);
    UnitTree units = new UnitTree(units());
    CategoryTree categories = new CategoryTree(categories());
    List<DutyRule> duties = duties(units, categories);
    Policy policy =
        new Policy(
            categories,
            units,
            new LimitTable(limits()),
            calendar(city),
            new Policy.Choices(
                choices("returnGrounds"),
                choices("feedbackResults"),
                choices("satisfaction"),
                choices("closing")),
            (int) yaml.get("returns").number("max"),
            REVISIT_TRIES);
    List<Role> roles = roles();
    return new CityPack(
        city,
        policy,
        new DutyTable(duties),
        yaml.get("routing").number("certainScore"),
        yaml.yes("autoFile") ? Router.Dispatching.BY_RULE : Router.Dispatching.BY_HAND,
        roles,
        Map.of(
            "types",
            choices("reportTypes"),
            "urgencies",
            choices("urgencies"),
            "channels",
            choices("channels")),
        gazetteer(),
        boundaries,
        BoundaryFiles.version(city),
        people(city, roles, units));
  }

  private City city() {
    Yaml center = yaml.get("center");
    return new City(
        yaml.names("name"),
        yaml.names("note"),
        yaml.text("code"),
        yaml.yes("sample") ? City.Kind.SAMPLE : City.Kind.REAL,
        yaml.text("numberPrefix"),
        yaml.list("languages", Yaml::text),
        ZoneId.of(yaml.text("timeZone")),
        yaml.text("regionCode"),
        yaml.optionalText("phoneAreaCode"),
        new Position(center.number("lon"), center.number("lat")),
        center.number("zoom"),
        yaml.list(
            "layers",
            l ->
                new LayerFile(
                    l.text("id"),
                    l.text("role"),
                    l.names("name"),
                    inFolder(l.text("file")),
                    l.text("code"),
                    l.text("nameField"),
                    l.text("parent"))),
        yaml.list("suspectPoints", p -> new Position(p.number("lon"), p.number("lat"))),
        yaml.optionalList("coordinateSystems", CityPackReader::coordinateSystem));
  }

  private static CoordinateSystem coordinateSystem(Yaml name) {
    return CoordinateSystem.find(name.text())
        .orElseThrow(() -> name.wrong("", "no coordinate system " + name.text()));
  }

  /** A pack names files of its own folder only. */
  private Path inFolder(String name) {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder.normalize()))
      throw new UnusablePack("city.yaml: " + name + " is outside the pack");
    return file;
  }

  private List<Category> categories() {
    return Table.read(
        folder.resolve("categories.csv"),
        r ->
            new Category(
                new CategoryKey(r.text("kind"), r.text("code")),
                r.find("parent"),
                r.read("name_zh", zh -> new Names(zh, r.text("name_en"))),
                r.list("synonyms"),
                r.read(
                    "field",
                    f ->
                        switch (f) {
                          case "yes" -> Category.Checked.ON_SITE;
                          case "no" -> Category.Checked.BY_PHONE;
                          default -> throw new IllegalArgumentException("yes or no");
                        })));
  }

  private List<Unit> units() {
    return Table.read(
        folder.resolve("units.csv"),
        r ->
            new Unit(
                r.text("code"),
                r.find("parent"),
                r.read("name_zh", zh -> new Names(zh, r.text("name_en"))),
                r.text("kind"),
                r.find("area")));
  }

  private List<DutyRule> duties(UnitTree units, CategoryTree categories) {
    Set<String> kinds =
        categories.list().stream().map(c -> c.key().kind()).collect(Collectors.toSet());
    Set<String> roles =
        yaml.list("layers", l -> l.text("role")).stream().collect(Collectors.toSet());
    return Table.read(
        folder.resolve("duties.csv"),
        r -> {
          String unit = r.text("unit");
          boolean known =
              unit.startsWith("@")
                  ? roles.contains(unit.substring(1))
                  : units.find(unit).isPresent();
          if (!known) throw r.wrong("unit", "no unit " + unit);
          if (!kinds.contains(r.text("kind")))
            throw r.wrong("kind", "no category kind " + r.text("kind"));
          return new DutyRule(
              r.text("id"),
              unit,
              r.text("kind"),
              r.text("category"),
              r.text("area"),
              r.read("priority", Integer::parseInt),
              r.text("basis_zh"),
              r.read("valid_from", LocalDate::parse),
              r.find("valid_to").map(LocalDate::parse));
        });
  }

  private List<TimeLimit> limits() {
    List<TimeLimit> limits = limitRows();
    for (Clock clock : Clock.values()) {
      // Without it some ticket would be open with no clock running.
      if (limits.stream().noneMatch(l -> l.clock() == clock && l.general()))
        throw new UnusablePack(
            "limits.csv: "
                + clock.id()
                + " needs a line with type, kind, category and urgency empty");
    }
    return limits;
  }

  private List<TimeLimit> limitRows() {
    return Table.read(
        folder.resolve("limits.csv"),
        r ->
            new TimeLimit(
                r.read(
                    "clock",
                    c ->
                        Clock.find(c)
                            .orElseThrow(() -> new IllegalArgumentException("no clock " + c))),
                r.text("type"),
                r.text("kind"),
                r.text("category"),
                r.text("urgency"),
                r.read("amount", Double::parseDouble),
                r.read("unit", LimitUnit::valueOf),
                r.text("source")));
  }

  private WorkCalendar calendar(City city) {
    Map<LocalDate, WorkCalendar.DayKind> days = new HashMap<>();
    Table.read(
        folder.resolve("calendar.csv"),
        r ->
            days.put(
                r.read("date", LocalDate::parse),
                r.read(
                    "kind",
                    k -> WorkCalendar.DayKind.valueOf(k.toUpperCase(java.util.Locale.ROOT)))));
    return new WorkCalendar(
        city.timeZone(),
        yaml.list(
            "workingHours",
            w -> {
              List<LocalTime> span = w.list(t -> LocalTime.parse(t.text()));
              if (span.size() != 2)
                throw new IllegalArgumentException("working hours are [from, to]");
              return new WorkCalendar.Window(span.get(0), span.get(1));
            }),
        days);
  }

  private List<Role> roles() {
    return Yaml.read(folder.resolve("roles.yaml"))
        .list(
            r ->
                new Role(
                    r.text("id"),
                    r.names("name"),
                    Role.Reach.valueOf(r.text("scope").toUpperCase(java.util.Locale.ROOT)),
                    new LinkedHashSet<>(
                        r.list(
                            "permissions",
                            p ->
                                Permission.find(p.text())
                                    .orElseThrow(
                                        () ->
                                            new IllegalArgumentException(
                                                "no permission " + p.text()))))));
  }

  private Gazetteer gazetteer() {
    return new Gazetteer(
        Table.read(
            folder.resolve("gazetteer.csv"),
            r ->
                new Gazetteer.Entry(
                    r.text("name"),
                    r.list("aliases"),
                    r.text("area"),
                    new Position(
                        r.read("lon", Double::parseDouble), r.read("lat", Double::parseDouble)),
                    r.text("kind"),
                    r.text("synthetic").equals("yes")
                        ? Gazetteer.Origin.SYNTHETIC
                        : Gazetteer.Origin.SURVEYED)));
  }

  private List<SamplePerson> people(City city, List<Role> roles, UnitTree units) {
    return switch (city.kind()) {
      case REAL -> List.of();
      case SAMPLE ->
          Table.read(
              folder.resolve("people.csv"),
              r -> {
                Set<String> known = roles.stream().map(Role::id).collect(Collectors.toSet());
                if (!known.containsAll(r.list("roles"))) throw r.wrong("roles", "unknown role");
                r.find("unit")
                    .filter(u -> units.find(u).isEmpty())
                    .ifPresent(
                        u -> {
                          throw r.wrong("unit", "no unit " + u);
                        });
                return new SamplePerson(
                    r.text("user"),
                    new Names(r.text("name_zh"), r.text("name_en")),
                    r.list("roles"),
                    r.text("unit"),
                    r.list("areas"),
                    r.text("password"));
              });
    };
  }

  private List<Choice> choices(String list) {
    return yaml.list(list, c -> new Choice(c.text("id"), c.names("name")));
  }
}
