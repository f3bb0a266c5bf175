package org.gridline.gis.check;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.position.CoordinateSystem;

/**
 * The arguments of the command. With several files, the n-th {@code --layer}, {@code --code}, … is
 * that of the n-th file, and a single one is that of all.
 *
 * @param files coarse to fine
 * @param report where the findings go as GeoJSON
 */
record CheckOptions(
    List<Path> files,
    List<String> layers,
    List<String> codes,
    List<String> names,
    List<String> parents,
    List<String> priorities,
    List<String> systems,
    Optional<Path> report) {

  static final String USAGE =
      "usage · 用法: boundaries check FILE… [--layer ID]… [--code FIELD]… [--name FIELD]…"
          + " [--parent FIELD]… [--priority FIELD]… [--crs EPSG:n|GCJ-02|BD-09|WGS84|CGCS2000|WKT]…"
          + " [--report FILE.geojson]";

  CheckOptions {
    files = List.copyOf(files);
    layers = List.copyOf(layers);
    codes = List.copyOf(codes);
    names = List.copyOf(names);
    parents = List.copyOf(parents);
    priorities = List.copyOf(priorities);
    systems = List.copyOf(systems);
  }

  /**
   * @throws IllegalArgumentException saying which argument is wrong
   */
  static CheckOptions parse(List<String> arguments) {
    List<Path> files = new ArrayList<>();
    List<String> layers = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> parents = new ArrayList<>();
    List<String> priorities = new ArrayList<>();
    List<String> systems = new ArrayList<>();
    Optional<Path> report = Optional.empty();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        files.add(path(argument));
        continue;
      }
      int equals = argument.indexOf('=');
      String option = equals < 0 ? argument : argument.substring(0, equals);
      if (!List.of("--layer", "--code", "--name", "--parent", "--priority", "--crs", "--report")
          .contains(option)) {
        throw new IllegalArgumentException("no such argument · 没有此参数: " + argument);
      }
      if (equals < 0 && i + 1 == arguments.size()) {
        throw new IllegalArgumentException(option + " wants a value · 缺少取值");
      }
      String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
      switch (option) {
        case "--layer" -> layers.add(value);
        case "--code" -> codes.add(value);
        case "--name" -> names.add(value);
        case "--parent" -> parents.add(value);
        case "--priority" -> priorities.add(value);
        case "--crs" -> systems.add(value);
        default -> report = Optional.of(path(value));
      }
    }
    CheckOptions options =
        new CheckOptions(files, layers, codes, names, parents, priorities, systems, report);
    options.check();
    return options;
  }

  private void check() {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("which file? · 请给出文件");
    }
    for (List<String> values : List.of(layers, codes, names, parents, priorities, systems)) {
      if (values.size() > 1 && values.size() != files.size()) {
        throw new IllegalArgumentException(
            "an argument is said "
                + values.size()
                + " times for "
                + files.size()
                + " files; say it once, or once a file · 参数次数与文件数不符");
      }
    }
    if (layers.size() == 1 && files.size() > 1) {
      throw new IllegalArgumentException("each file is a layer of its own · 每个文件为一层");
    }
    if (layers.stream().anyMatch(String::isBlank)
        || layers.stream().distinct().count() < layers.size()) {
      throw new IllegalArgumentException("layers need different names · 图层名不可重复或为空");
    }
    for (int file = 0; file < files.size(); file++) {
      crs(file);
    }
  }

  String layer(int file) {
    return layers.isEmpty() ? "layer" + (files.size() == 1 ? "" : file + 1) : layers.get(file);
  }

  Optional<String> code(int file) {
    return of(codes, file);
  }

  String name(int file) {
    return of(names, file).orElse("");
  }

  String parent(int file) {
    return of(parents, file).orElse("");
  }

  String priority(int file) {
    return of(priorities, file).orElse("");
  }

  FileCrs crs(int file) {
    Optional<String> said = of(systems, file);
    if (said.isEmpty()) {
      return new FileCrs.Unsaid();
    }
    return new FileCrs.Said(
        CoordinateSystem.find(said.get())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no such coordinate system · 没有此坐标系: "
                            + said.get()
                            + "; say EPSG:n, GCJ-02, BD-09, WGS84, CGCS2000 or a WKT text")));
  }

  private static Optional<String> of(List<String> values, int file) {
    return switch (values.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(values.getFirst());
      default -> Optional.of(values.get(file));
    };
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a path: " + e.getReason(), e);
    }
  }
}
