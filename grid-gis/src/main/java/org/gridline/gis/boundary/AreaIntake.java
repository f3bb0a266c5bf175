package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/**
 * Makes areas of features. All bad features are found in one pass, so that a person can mend them
 * together; broken polygons are mended by {@link PolygonRepair} or refused.
 */
final class AreaIntake implements FeatureFile.Sink {
  private final LayerSource from;
  private final ReadingProgress progress;
  private final List<Area> areas = new ArrayList<>();
  private final Set<String> codes = new HashSet<>();
  private final List<Finding> fatal = new ArrayList<>();
  private final List<Finding> repaired = new ArrayList<>();
  private int features;

  AreaIntake(LayerSource from, ReadingProgress progress) {
    this.from = from;
    this.progress = progress;
  }

  List<Area> areas() {
    return areas;
  }

  List<Finding> fatal() {
    return fatal;
  }

  List<Finding> repaired() {
    return repaired;
  }

  int features() {
    return features;
  }

  boolean wants(String property) {
    return property.equals(from.codeField())
        || property.equals(from.nameField())
        || property.equals(from.parentField())
        || (!from.priorityField().isBlank() && property.equals(from.priorityField()));
  }

  void refuseFile(Code code, String reason) {
    fatal.add(new Finding(code, "the file", reason));
  }

  @Override
  public boolean takeNothing(String reason) throws BadFile {
    count();
    fatal.add(new Finding(Code.NOT_READABLE, "feature " + features, reason));
    return goesOn();
  }

  @Override
  public boolean take(Map<String, String> properties, FeatureFile.Drawing drawing) throws BadFile {
    count();
    String code = properties.getOrDefault(from.codeField(), "").strip();
    String label = "feature " + features + (code.isEmpty() ? "" : " (" + shown(code) + ")");
    checkCode(code, label);
    String name =
        from.nameField().isBlank() ? code : properties.getOrDefault(from.nameField(), "").strip();
    if (name.isEmpty() && !code.isEmpty()) {
      fatal.add(
          new Finding(
              Code.NAME_MISSING, label, "property " + from.nameField() + " is missing or empty"));
    }
    Optional<String> parent =
        Optional.ofNullable(properties.get(from.parentField()))
            .map(String::strip)
            .filter(text -> !text.isEmpty());
    OptionalInt priority = priority(properties, label);
    boolean usable =
        isUsable(label, from.codeField(), code, Limits.MAX_CODE_CHARS)
            && isUsable(label, from.nameField(), name, Limits.MAX_NAME_CHARS)
            && isUsable(label, from.parentField(), parent.orElse(""), Limits.MAX_CODE_CHARS);
    try {
      PolygonRepair.Repaired mended = PolygonRepair.repair(drawn(drawing));
      for (PolygonRepair.Flaw flaw : mended.flaws()) {
        repaired.add(
            new Finding(
                flaw.code(),
                from.layer().id() + " " + label,
                flaw.reason(),
                flaw.at().flatMap(AreaIntake::place),
                flaw.movedSquareMetres()));
      }
      if (usable && !code.isEmpty() && !name.isEmpty()) {
        areas.add(new Area(from.layer().id(), code, name, parent, priority, mended.shape()));
      }
    } catch (BadShape bad) {
      fatal.add(
          new Finding(bad.code(), label, bad.reason(), bad.at().flatMap(AreaIntake::place), 0));
    }
    return goesOn();
  }

  private static Geometry drawn(FeatureFile.Drawing drawing) {
    Geometry drawn = drawing.polygons();
    if (drawn.getNumPoints() > Limits.MAX_AREA_VERTICES) {
      throw new BadShape(
          Code.TOO_BIG,
          "it has "
              + drawn.getNumPoints()
              + " vertices; an area may have "
              + Limits.MAX_AREA_VERTICES
              + " · 单个区域顶点过多");
    }
    return drawn;
  }

  /** A feature without one comes after all that have one. */
  private OptionalInt priority(Map<String, String> properties, String label) {
    String text =
        from.priorityField().isBlank()
            ? ""
            : NumberText.plain(properties.getOrDefault(from.priorityField(), "").strip());
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      fatal.add(
          new Finding(
              Code.TEXT_UNUSABLE,
              label,
              "property "
                  + from.priorityField()
                  + " is the priority and must be a whole number · 优先级须为整数"));
      return OptionalInt.empty();
    }
  }

  private void count() throws BadFile {
    features++;
    if (features > Limits.MAX_FEATURES) {
      throw new BadFile(Code.TOO_BIG, "it has more features than " + Limits.MAX_FEATURES);
    }
    progress.read(from, features);
  }

  private void checkCode(String code, String label) {
    if (code.isEmpty()) {
      fatal.add(
          new Finding(
              Code.CODE_MISSING, label, "property " + from.codeField() + " is missing or empty"));
    } else if (!codes.add(code)) {
      fatal.add(
          new Finding(
              Code.CODE_DUPLICATE, label, "code " + code + " is already taken in this file"));
    }
  }

  /** A database refuses some of these, and people can't tell others apart. */
  private boolean isUsable(String label, String property, String text, int most) {
    String why = "";
    if (text.length() > most) {
      why = "is longer than " + most + " characters";
    } else if (text.chars().anyMatch(Character::isISOControl)) {
      why = "holds control characters";
    } else if (text.chars().anyMatch(c -> c == 0xFFFD || Character.isSurrogate((char) c))
        && !isWellFormed(text)) {
      why =
          "is not in the encoding that the file names; a .cpg file beside a .dbf says which it is";
    }
    if (!why.isEmpty()) {
      fatal.add(new Finding(Code.TEXT_UNUSABLE, label, "property " + property + " " + why));
    }
    return why.isEmpty();
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(
            c -> c == 0xFFFD || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  private static String shown(String code) {
    String line = code.length() <= 40 ? code : code.substring(0, 40) + "…";
    return line.replaceAll("\\p{Cntrl}", "?");
  }

  /** A wrong system is wrong for every feature; telling it once is enough. */
  private boolean goesOn() {
    return fatal.size() < Limits.MAX_FATAL
        && fatal.stream().noneMatch(finding -> finding.code() == Code.CRS_UNKNOWN);
  }

  private static Optional<Position> place(Coordinate at) {
    return Math.abs(at.x) <= 180 && Math.abs(at.y) <= 90
        ? Optional.of(new Position(at.x, at.y))
        : Optional.empty();
  }
}
