package org.gridline.dispatch.city;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.gridline.dispatch.Names;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Position;

/**
 * What a city is called and how it is laid out.
 *
 * @param regionCode ISO 3166 code of the country, for phone numbers
 * @param phoneAreaCode for landlines said without one; empty for none
 * @param coordinateSystems that positions may come in by mistake; only offered as readings
 */
public record City(
    Names name,
    Names note,
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

  /** One boundary layer: its file, and which properties hold code, name and parent. */
  public record LayerFile(
      String id,
      String role,
      Names name,
      Path file,
      String codeField,
      String nameField,
      String parentField) {}
}
