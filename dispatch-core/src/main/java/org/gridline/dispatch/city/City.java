package org.gridline.dispatch.city;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Names;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Position;

/**
 * What a city is called and how it is laid out.
 *
 * @param note a remark for people, such as that the data is synthetic
 * @param code area code of the whole city; empty for none
 * @param languages BCP 47, the first is what pages begin with
 * @param regionCode ISO 3166 code of the country, for phone numbers
 * @param phoneAreaCode for landlines said without one; empty for none
 * @param layers coarse to fine
 * @param coordinateSystems that positions may come in by mistake; only offered as readings
 */
public record City(
    Names name,
    Optional<Names> note,
    String code,
    Kind kind,
    String numberPrefix,
    List<String> languages,
    ZoneId timeZone,
    String regionCode,
    String phoneAreaCode,
    Position center,
    double zoom,
    List<LayerFile> layers,
    List<Position> suspectPoints,
    List<CoordinateSystem> coordinateSystems) {
  public City {
    languages = List.copyOf(languages);
    layers = List.copyOf(layers);
    suspectPoints = List.copyOf(suspectPoints);
    coordinateSystems = List.copyOf(coordinateSystems);
  }

  /** A sample city has made-up people who can sign in; a real one has none. */
  public enum Kind {
    SAMPLE,
    REAL
  }

  /**
   * One boundary layer: its file, and which properties hold code, name and parent.
   *
   * @param role the level of a Chinese district that it is: district, street, community or grid;
   *     absent for any other layer
   * @param nameField empty where codes serve as names
   * @param parentField empty where the file names no parents
   * @param priorityField empty where the file says nothing of who owns what areas share
   * @param codes how the file's codes become the city's
   */
  public record LayerFile(
      String id,
      Optional<String> role,
      Names name,
      Path file,
      FileCrs crs,
      String codeField,
      String nameField,
      String parentField,
      String priorityField,
      List<CodeRule> codes) {
    public LayerFile {
      codes = List.copyOf(codes);
    }
  }
}
