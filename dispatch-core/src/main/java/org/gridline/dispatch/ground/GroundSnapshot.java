package org.gridline.dispatch.ground;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.place.Gazetteer;
import org.gridline.dispatch.place.Places;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Position;

/** One version of the ground, ready to be asked. Immutable; safe for any number of threads. */
public final class GroundSnapshot {
  private final String version;
  private final List<LayerNote> layers;
  private final Boundaries boundaries;
  private final Places places;
  private final Map<String, Area> byCode = new HashMap<>();

  private GroundSnapshot(
      String version, List<LayerNote> layers, Boundaries boundaries, Places places) {
    this.version = version;
    this.layers = List.copyOf(layers);
    this.boundaries = boundaries;
    this.places = places;
    boundaries.areas().forEach(area -> byCode.putIfAbsent(area.code(), area));
  }

  /** What a city says about its ground beside the boundaries. */
  public record Settings(
      List<Position> suspectPoints, List<CoordinateSystem> systems, Gazetteer gazetteer) {
    public Settings {
      suspectPoints = List.copyOf(suspectPoints);
      systems = List.copyOf(systems);
    }
  }

  /** Builds the index; some hundred milliseconds of computing for a city. */
  public static GroundSnapshot build(
      String version, List<LayerNote> layers, Boundaries boundaries, Settings settings) {
    GroundIndex index = GroundIndex.build(boundaries, settings.suspectPoints(), settings.systems());
    return of(version, layers, boundaries, index, settings);
  }

  /** With an index that was built from these boundaries before. */
  public static GroundSnapshot of(
      String version,
      List<LayerNote> layers,
      Boundaries boundaries,
      GroundIndex index,
      Settings settings) {
    return new GroundSnapshot(
        version, layers, boundaries, new Places(index, settings.gazetteer(), version));
  }

  public String version() {
    return version;
  }

  /** Coarse to fine. */
  public List<LayerNote> layers() {
    return layers;
  }

  public Boundaries boundaries() {
    return boundaries;
  }

  public Places places() {
    return places;
  }

  /** The area of any layer with that code. */
  public Optional<Area> findArea(String code) {
    return Optional.ofNullable(byCode.get(code));
  }
}
