package org.gridline.dispatch.city;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.city.City.LayerFile;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.route.DutyTable;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.ticket.LifeCheck;
import org.gridline.dispatch.ticket.LifeRules;
import org.gridline.dispatch.ticket.Policy;
import org.gridline.dispatch.ticket.Policy.Choice;
import org.gridline.gis.boundary.Boundaries;

/** Reads and checks a city pack folder as described in config/README.md. */
public final class CityPackReader {
  /** Where test data lie beside the checkout, seen from a pack in {@code config/cities}. */
  private static final String BESIDE_THE_CHECKOUT = "../../../../shared/data";

  private final PackFolder folder;
  private final Yaml yaml;

  private CityPackReader(PackFolder folder) {
    this.folder = folder;
    this.yaml = Yaml.read(folder.get("city.yaml")).or(defaults());
  }

  /**
   * Reads a pack; test data that it names lie in the folder that {@code GRIDLINE_TEST_DATA} names,
   * or beside the checkout.
   *
   * @throws UnusablePack naming file, place and reason
   */
  public static CityPack read(Path folder) {
    Path testData =
        Optional.ofNullable(System.getenv("GRIDLINE_TEST_DATA"))
            .filter(named -> !named.isBlank())
            .map(Path::of)
            .orElse(folder.resolve(BESIDE_THE_CHECKOUT));
    return read(folder, testData);
  }

  /**
   * Reads a pack.
   *
   * @param testData where files are that the pack names with {@code test-data:}; need not be there
   *     for a pack that names none
   * @throws UnusablePack naming file, place and reason
   */
  public static CityPack read(Path folder, Path testData) {
    Path pack = folder.toAbsolutePath().normalize();
    if (!Files.isRegularFile(pack.resolve("city.yaml"))) {
      throw new UnusablePack("no city.yaml in " + folder);
    }
    try {
      return new CityPackReader(new PackFolder(pack, testData.toAbsolutePath().normalize())).pack();
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new UnusablePack(pack.getFileName() + ": " + e.getMessage());
    }
  }

  private CityPack pack() {
    CityReader reader = new CityReader(folder, yaml);
    List<LayerFile> layers = reader.layers();
    Boundaries boundaries = BoundaryFiles.read(layers);
    Set<String> areas = DutyFiles.areaCodes(boundaries);
    City city = reader.city(layers, () -> boundaries);
    UnitTree units = DutyFiles.units(folder, areas);
    CategoryTree categories = KindFiles.categories(folder);
    List<Role> roles = PeopleFiles.roles(folder);
    DutyTable duties = new DutyTable(DutyFiles.duties(folder, units, categories, layers, areas));
    PeopleFiles.checkOffices(city, roles);
    return new CityPack(
        city,
        policy(city, units, duties, categories, roles),
        duties,
        yaml.get("routing").only("certainScore").number("certainScore"),
        yaml.yes("autoFile") ? Router.Dispatching.BY_RULE : Router.Dispatching.BY_HAND,
        roles,
        Map.of(
            "types",
            choices("reportTypes"),
            "urgencies",
            choices("urgencies"),
            "channels",
            choices("channels")),
        GazetteerFile.read(folder, areas),
        boundaries,
        BoundaryFiles.version(layers),
        PeopleFiles.people(folder, city, roles, units, areas));
  }

  private Policy policy(
      City city, UnitTree units, DutyTable duties, CategoryTree categories, List<Role> roles) {
    Yaml life = LifeFiles.yaml(folder);
    LifeRules rules =
        LifeFiles.rules(
            folder,
            life,
            (int) yaml.get("returns").only("max").number("max"),
            categories,
            units,
            roles);
    List<String> problems = LifeCheck.problems(rules, roles);
    if (!problems.isEmpty())
      throw new UnusablePack("lifecycle.yaml, roles.yaml: " + String.join("; ", problems));
    return new Policy(
        categories,
        units,
        duties,
        TimeFiles.limits(folder, categories),
        TimeFiles.calendar(folder, yaml, city.timeZone()),
        new Policy.Choices(
            choices("returnGrounds"),
            choices("feedbackResults"),
            choices("satisfaction"),
            choices("closing"),
            choices(life, "suspensionReasons"),
            choices(life, "cancelReasons"),
            choices(life, "verifyResults"),
            choices(life, "exceptions"),
            choices(life, "whistles"),
            LifeFiles.ofParent(life, "grounds", CityPackReader::choice),
            LifeFiles.ofParent(life, "replyForms", CityPackReader::choice),
            choices("reportTypes"),
            choices("urgencies")),
        rules);
  }

  private List<Choice> choices(String list) {
    return choices(yaml, list);
  }

  private static List<Choice> choices(Yaml file, String list) {
    return file.list(list, CityPackReader::choice);
  }

  private static Choice choice(Yaml c) {
    return new Choice(c.only("id", "name").text("id"), c.names("name"));
  }

  /** What a city.yaml need not say. */
  private static Yaml defaults() {
    try (InputStream in =
        Objects.requireNonNull(CityPackReader.class.getResourceAsStream("defaults.yaml"))) {
      return Yaml.read("defaults.yaml", in);
    } catch (IOException e) {
      throw new IllegalStateException("defaults.yaml belongs to this program", e);
    }
  }
}
