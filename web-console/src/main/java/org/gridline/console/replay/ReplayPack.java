package org.gridline.console.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.city.UnusablePack;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.route.Unit;

/**
 * A city pack that knows how to read the city's own tickets.
 *
 * @param name of its folder; part of every key, so it must not change
 * @param tickets the file of real tickets
 */
record ReplayPack(String name, CityPack pack, Mapping mapping, Path tickets) {

  /**
   * Finds the pack whose file lies in the folder, and reads it.
   *
   * @param wanted name or folder of a pack
   * @throws Unreplayable when there is none, or more than one
   */
  static ReplayPack find(Path cities, Optional<String> wanted, Path folder) {
    if (!Files.isDirectory(folder)) throw new Unreplayable("there is no folder " + folder);
    List<Path> packs =
        wanted.map(w -> List.of(named(cities, w))).orElseGet(() -> fitting(cities, folder));
    if (packs.isEmpty()) {
      throw new Unreplayable(
          "没有城市包认识此文件夹 · no city pack in " + cities + " knows a file in " + folder);
    }
    if (packs.size() > 1) {
      throw new Unreplayable(
          "several packs know a file in "
              + folder
              + ": choose one with --city, "
              + packs.stream().map(p -> String.valueOf(p.getFileName())).toList());
    }
    Path pack = packs.getFirst();
    Mapping mapping = MappingFile.read(pack.resolve(MappingFile.NAME));
    Path tickets = folder.resolve(mapping.file());
    if (!Files.isRegularFile(tickets)) {
      throw new Unreplayable("there is no " + mapping.file() + " in " + folder);
    }
    try {
      String name = String.valueOf(pack.toAbsolutePath().normalize().getFileName());
      ReplayPack found = new ReplayPack(name, CityPackReader.read(pack), mapping, tickets);
      found.checkLayers();
      return found;
    } catch (UnusablePack e) {
      throw new Unreplayable(String.valueOf(e.getMessage()));
    }
  }

  private void checkLayers() {
    for (Mapping.Truth truth : mapping.truths()) {
      if (pack.boundaries().layers().stream().noneMatch(l -> l.id().equals(truth.layer())))
        throw new Unreplayable(MappingFile.NAME + ": the pack has no layer " + truth.layer());
    }
  }

  private static Path named(Path cities, String wanted) {
    Path byName = cities.resolve(wanted);
    Path pack = Files.isDirectory(byName) ? byName : Path.of(wanted);
    if (Files.isRegularFile(pack.resolve(MappingFile.NAME))) return pack;
    throw new Unreplayable("there is no " + MappingFile.NAME + " in " + pack);
  }

  private static List<Path> fitting(Path cities, Path folder) {
    if (!Files.isDirectory(cities)) return List.of();
    try (Stream<Path> packs = Files.list(cities)) {
      return packs
          .filter(p -> Files.isRegularFile(p.resolve(MappingFile.NAME)))
          .filter(
              p ->
                  Files.isRegularFile(
                      folder.resolve(MappingFile.read(p.resolve(MappingFile.NAME)).file())))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new Unreplayable("can't read " + cities + ": " + e.getMessage());
    }
  }

  /** Who signs in when nobody brought a token. */
  CityPack.SamplePerson sender() {
    if (pack.city().kind() != City.Kind.SAMPLE) {
      throw new Unreplayable("a real city has no sample people: bring a token with --token");
    }
    return mapping
        .signIn()
        .flatMap(login -> pack.people().stream().filter(p -> p.login().equals(login)).findFirst())
        .orElseThrow(
            () ->
                new Unreplayable(
                    MappingFile.NAME + ": signIn names nobody in people.csv; bring a --token"));
  }

  /** Whether the pack lists this point as one that some program writes when it knows no place. */
  boolean suspects(double lon, double lat) {
    return pack.city().suspectPoints().stream().anyMatch(p -> p.lon() == lon && p.lat() == lat);
  }

  /**
   * Leaves of the tree by code and by either name; a name that stands under several majors also by
   * {@code major/name}.
   */
  Map<String, CategoryKey> categories(String kind) {
    CategoryTree tree = pack.policy().categories();
    Map<String, CategoryKey> found = new HashMap<>();
    for (Category c : tree.list()) {
      if (!c.key().kind().equals(kind) || !tree.leaf(c.key())) continue;
      List<String> names = List.of(c.key().code(), c.name().en(), c.name().zh());
      Optional<Category> major = c.parent().flatMap(p -> tree.find(new CategoryKey(kind, p)));
      for (String name : names) {
        found.putIfAbsent(name, c.key());
        major.ifPresent(
            m -> {
              found.putIfAbsent(m.name().en() + "/" + name, c.key());
              found.putIfAbsent(m.name().zh() + "/" + name, c.key());
            });
      }
    }
    return found;
  }

  /** Codes and names of a unit and of all above it. */
  List<String> spellings(String unit) {
    List<String> all = new ArrayList<>();
    Optional<Unit> next = pack.policy().units().find(unit);
    while (next.isPresent()) {
      Unit u = next.get();
      all.addAll(List.of(u.code(), u.name().en(), u.name().zh()));
      next = u.parent().flatMap(pack.policy().units()::find);
    }
    return all;
  }
}
