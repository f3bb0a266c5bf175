package org.gridline.dispatch.city;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.gridline.dispatch.city.City.LayerFile;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Envelope;

/** What city.yaml says about the city itself. */
final class CityReader {
  /** The keys of {@code place} that a layer may fill. */
  private static final Set<String> ROLES =
      Set.of("district", "street", "community", "grid", "specialGrid", "patrolGrid", "unitGrid");

  private static final Pattern LAYER_ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");
  private static final double USUAL_ZOOM = 11;

  private final PackFolder folder;
  private final Yaml yaml;

  CityReader(PackFolder folder, Yaml yaml) {
    this.folder = folder;
    this.yaml =
        yaml.only(
            "name",
            "note",
            "code",
            "sample",
            "numberPrefix",
            "languages",
            "timeZone",
            "regionCode",
            "phoneAreaCode",
            "center",
            "layers",
            "coordinateSystems",
            "suspectPoints",
            "workingHours",
            "routing",
            "returns",
            "autoFile",
            "closing",
            "returnGrounds",
            "feedbackResults",
            "satisfaction",
            "reportTypes",
            "urgencies",
            "channels");
  }

  City city(List<LayerFile> layers, Supplier<Boundaries> ground) {
    Optional<Yaml> center = yaml.find("center");
    return new City(
        yaml.names("name"),
        yaml.findNames("note"),
        yaml.optionalText("code"),
        yaml.yes("sample") ? City.Kind.SAMPLE : City.Kind.REAL,
        yaml.text("numberPrefix"),
        languages(),
        yaml.read("timeZone", ZoneId::of),
        yaml.read("regionCode", CityReader::region),
        yaml.optionalText("phoneAreaCode"),
        center
            .map(c -> new Position(c.number("lon"), c.number("lat")))
            .orElseGet(() -> middle(ground.get())),
        center.map(c -> c.number("zoom")).orElse(USUAL_ZOOM),
        layers,
        yaml.optionalList(
            "suspectPoints",
            p -> new Position(p.only("lon", "lat", "reason").number("lon"), p.number("lat"))),
        yaml.optionalList("coordinateSystems", CityReader::coordinateSystem));
  }

  static CoordinateSystem coordinateSystem(Yaml name) {
    return CoordinateSystem.find(name.text())
        .orElseThrow(() -> name.wrong("", "is no coordinate system that we know: " + name.text()));
  }

  private List<String> languages() {
    List<String> languages = yaml.list("languages", Yaml::text);
    for (String tag : languages)
      if (!Set.of("zh", "en").contains(Locale.forLanguageTag(tag).getLanguage()))
        throw yaml.wrong("languages", "has " + tag + ", but the pages speak zh and en");
    if (languages.isEmpty()) throw yaml.wrong("languages", "must name one");
    return languages;
  }

  private static String region(String code) {
    if (!Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(code))
      throw new IllegalArgumentException("is no ISO 3166 code: " + code);
    return code;
  }

  /** Where the map begins in a city that does not say it. */
  private static Position middle(Boundaries ground) {
    Envelope all = new Envelope();
    ground.areas().forEach(a -> all.expandToInclude(a.shape().getEnvelopeInternal()));
    var middle = all.centre();
    return new Position(middle.getX(), middle.getY());
  }

  List<LayerFile> layers() {
    List<LayerFile> layers = yaml.list("layers", this::layer);
    if (layers.isEmpty()) throw yaml.wrong("layers", "must hold one at least");
    // @street may mean a role or a layer, so the two never mean different layers.
    Set<String> names = new HashSet<>();
    for (LayerFile layer : layers)
      for (String name : new HashSet<>(List.of(layer.id(), layer.role().orElse(layer.id()))))
        if (!names.add(name)) throw yaml.wrong("layers", "have " + name + " twice, as id or role");
    return layers;
  }

  private LayerFile layer(Yaml l) {
    l.only("id", "role", "name", "file", "crs", "code", "nameField", "parent", "priority", "codes");
    String id = l.text("id");
    if (!LAYER_ID.matcher(id).matches())
      throw l.wrong("id", "must be letters, digits, - and _: " + id);
    Optional<String> role = l.find("role").map(Yaml::text);
    role.filter(r -> !ROLES.contains(r))
        .ifPresent(
            r -> {
              throw l.wrong(
                  "role",
                  "must be district, street, community, grid, specialGrid, patrolGrid or unitGrid: "
                      + r);
            });
    return new LayerFile(
        id,
        role,
        l.names("name"),
        folder.boundaries(l.text("file")),
        l.find("crs")
            .<FileCrs>map(crs -> new FileCrs.Said(coordinateSystem(crs)))
            .orElseGet(FileCrs.Unsaid::new),
        l.text("code"),
        l.optionalText("nameField"),
        l.optionalText("parent"),
        l.optionalText("priority"),
        l.optionalList("codes", CityReader::codeRule));
  }

  private static CodeRule codeRule(Yaml rule) {
    rule.only("match", "as");
    return new CodeRule(rule.read("match", Pattern::compile), rule.text("as"));
  }
}
