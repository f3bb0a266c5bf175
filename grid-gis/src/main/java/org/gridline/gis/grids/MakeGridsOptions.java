package org.gridline.gis.grids;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.position.CoordinateSystem;

/**
 * The arguments of the command.
 *
 * @param communities the polygon file
 * @param code its property with the community's code
 * @param name its property with the name; blank when there is none
 * @param builtUp the file of built-up land
 * @param landCode the property that tells its polygons apart
 * @param landUse the property with 用地类别; blank when there is none
 * @param grade the property with 管理等级; blank when there is none
 * @param crs the system of both files, where they don't say it themselves
 * @param plane EPSG number of the projection; the place's usual one when there is none
 * @param out the file to write; to standard output when there is none
 */
record MakeGridsOptions(
    Path communities,
    String code,
    String name,
    Optional<Path> builtUp,
    String landCode,
    String landUse,
    String grade,
    FileCrs crs,
    Optional<Integer> plane,
    double squareMetres,
    double scrapShare,
    GridCodes codes,
    Optional<Path> out) {

  static final String USAGE =
      "usage: boundaries grids --communities FILE --code FIELD [--name FIELD] [--built-up FILE]"
          + " [--built-up-code FIELD] [--land-use FIELD] [--grade FIELD] [--area M2]"
          + " [--scrap SHARE] [--digits 15|14 | --segments 6,3,3,3]"
          + " [--crs EPSG:n|GCJ-02|BD-09|WGS84|CGCS2000] [--plane EPSG:n] [--out FILE]";

  private static final Set<String> NAMES =
      Set.of(
          "--communities",
          "--code",
          "--name",
          "--built-up",
          "--built-up-code",
          "--land-use",
          "--grade",
          "--area",
          "--scrap",
          "--digits",
          "--segments",
          "--crs",
          "--plane",
          "--out");

  /**
   * @throws IllegalArgumentException saying which argument is wrong
   */
  static MakeGridsOptions parse(List<String> arguments) {
    Map<String, String> said = said(arguments);
    if (!said.containsKey("--communities") || !said.containsKey("--code")) {
      throw new IllegalArgumentException("--communities and --code are needed");
    }
    if (said.containsKey("--digits") && said.containsKey("--segments")) {
      throw new IllegalArgumentException("--digits and --segments say the same thing");
    }
    return new MakeGridsOptions(
        path("--communities", said.getOrDefault("--communities", "")),
        said.getOrDefault("--code", ""),
        said.getOrDefault("--name", ""),
        Optional.ofNullable(said.get("--built-up")).map(file -> path("--built-up", file)),
        said.getOrDefault("--built-up-code", "code"),
        said.getOrDefault("--land-use", ""),
        said.getOrDefault("--grade", ""),
        Optional.ofNullable(said.get("--crs"))
            .<FileCrs>map(name -> new FileCrs.Said(system(name)))
            .orElseGet(FileCrs.Unsaid::new),
        Optional.ofNullable(said.get("--plane")).map(MakeGridsOptions::epsg),
        number(said, "--area", GridWish.USUAL_SQUARE_METRES),
        number(said, "--scrap", GridWish.USUAL_SCRAP_SHARE),
        codes(said),
        Optional.ofNullable(said.get("--out")).map(file -> path("--out", file)));
  }

  private static Map<String, String> said(List<String> arguments) {
    Map<String, String> said = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("no such argument: " + argument);
      }
      if (equals < 0 && i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + " wants a value");
      }
      String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
      if (value.isBlank()) {
        throw new IllegalArgumentException(name + " wants a value");
      }
      if (said.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException(name + " is said twice");
      }
    }
    return said;
  }

  private static GridCodes codes(Map<String, String> said) {
    if (said.containsKey("--segments")) {
      return GridCodes.parse(said.getOrDefault("--segments", ""));
    }
    return switch (said.getOrDefault("--digits", "15")) {
      case "15" -> GridCodes.FIFTEEN;
      case "14" -> GridCodes.FOURTEEN;
      default ->
          throw new IllegalArgumentException(
              "--digits is 15 or 14; say other lengths by --segments, as 6,3,3,4");
    };
  }

  private static double number(Map<String, String> said, String name, double usual) {
    String text = said.get(name);
    if (text == null) {
      return usual;
    }
    if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,6})?")) {
      throw new IllegalArgumentException(name + " wants a number, got " + text);
    }
    return Double.parseDouble(text);
  }

  private static int epsg(String text) {
    if (!text.matches("(?i)(EPSG:)?[1-9][0-9]{3,6}")) {
      throw new IllegalArgumentException("--plane wants EPSG:n, got " + text);
    }
    return Integer.parseInt(text.replaceAll("\\D", ""));
  }

  private static Path path(String name, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(name + ": not a path: " + e.getReason(), e);
    }
  }

  private static CoordinateSystem system(String text) {
    return CoordinateSystem.find(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no such coordinate system: "
                        + text
                        + "; say EPSG:n, GCJ-02, BD-09, WGS84 or CGCS2000"));
  }
}
