package org.gridline.gis.locate;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;

/**
 * The arguments of the command.
 *
 * @param boundaries the polygon file
 * @param code the property that holds the code
 * @param crs the system of the polygon file
 * @param pointsCrs the system of the points
 * @param suspectPoints positions that some program writes when it knows none
 */
record LocateOptions(
    Path boundaries,
    String code,
    FileCrs crs,
    CoordinateSystem pointsCrs,
    List<Position> suspectPoints) {

  static final String USAGE =
      "usage: locate --boundaries FILE --code FIELD [--crs EPSG:n|GCJ-02|BD-09|WGS84|CGCS2000]"
          + " [--points-crs …] [--suspect LON,LAT]…";

  LocateOptions {
    suspectPoints = List.copyOf(suspectPoints);
  }

  /**
   * @throws IllegalArgumentException saying which argument is wrong
   */
  static LocateOptions parse(List<String> arguments) {
    String boundaries = "";
    String code = "";
    FileCrs crs = new FileCrs.Unsaid();
    CoordinateSystem points = Crs.WGS84;
    List<Position> suspects = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!List.of("--boundaries", "--code", "--crs", "--points-crs", "--suspect").contains(name)) {
        throw new IllegalArgumentException("no such argument: " + argument);
      }
      if (equals < 0 && i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + " wants a value");
      }
      String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
      switch (name) {
        case "--boundaries" -> boundaries = value;
        case "--code" -> code = value;
        case "--crs" -> crs = new FileCrs.Said(system(value));
        case "--points-crs" -> points = system(value);
        default -> suspects.add(position(value));
      }
    }
    if (boundaries.isBlank() || code.isBlank()) {
      throw new IllegalArgumentException("--boundaries and --code are needed");
    }
    return new LocateOptions(path(boundaries), code, crs, points, suspects);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--boundaries: not a path: " + e.getReason(), e);
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

  private static Position position(String text) {
    String[] lonLat = text.split(",", -1);
    if (lonLat.length != 2) {
      throw new IllegalArgumentException("--suspect wants LON,LAT");
    }
    try {
      return new Position(
          Double.parseDouble(lonLat[0].strip()), Double.parseDouble(lonLat[1].strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--suspect wants LON,LAT in degrees", e);
    }
  }
}
