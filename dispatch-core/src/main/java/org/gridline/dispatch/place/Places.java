package org.gridline.dispatch.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.place.Place.AreaName;
import org.gridline.dispatch.place.Place.Flag;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.lookup.Located;
import org.gridline.gis.lookup.PlaceFlag;
import org.gridline.gis.lookup.Reading;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;

/**
 * Turns what people said about a place into a {@link Place}. Thread-safe.
 *
 * @param boundaryVersion which boundaries the ground was built from
 */
public record Places(GroundIndex ground, Gazetteer gazetteer, String boundaryVersion) {

  /** By position when there is one, otherwise by the one known place that the address names. */
  public Place locate(
      Optional<RawPosition> position, OptionalDouble accuracyMetres, String address) {
    if (position.isPresent()) {
      return place(wgs84(position.get()), locate(position.get(), accuracyMetres));
    }
    return gazetteer
        .find(address)
        .map(entry -> place(Optional.of(entry.position()), ground.locate(entry.position(), 0)))
        .orElseGet(
            () ->
                new Place(
                    Optional.empty(),
                    List.of(),
                    Flag.UNLOCATED,
                    OptionalDouble.empty(),
                    boundaryVersion));
  }

  /**
   * Everything that the layers know about a position; numbers that lead inside only when read
   * another way are flagged suspect, with those readings.
   *
   * @throws Failure {@code position_invalid} when the numbers are nowhere on earth, or the accuracy
   *     is out of range
   */
  public Located locate(RawPosition position, OptionalDouble accuracyMetres) {
    double accuracy = accuracyMetres.orElse(0);
    if (!(accuracy >= 0 && accuracy <= GroundIndex.MAX_ACCURACY_METRES)) {
      throw Failure.atField(
          FailureCode.POSITION_INVALID,
          "accuracy",
          "0 – " + (long) GroundIndex.MAX_ACCURACY_METRES + " 米 · metres");
    }
    try {
      return ground.locate(position, accuracy);
    } catch (IllegalArgumentException nowhere) {
      throw Failure.atField(
          FailureCode.POSITION_INVALID,
          "position",
          "经度 -180–180,纬度 -90–90 · longitude first, degrees");
    }
  }

  /** What a position that is suspect may mean as well; none for any other place. */
  public List<Reading> readings(Place place, Optional<RawPosition> position) {
    return place.flag() == Flag.SUSPECT
        ? position.map(raw -> ground.locate(raw, 0).readings()).orElse(List.of())
        : List.of();
  }

  /**
   * Where somebody may be as well who is near a boundary and knows the position only within so many
   * metres: eight points on that circle. Empty when the place is not on an edge.
   */
  public List<Place> around(Place place, OptionalDouble accuracyMetres) {
    if (place.flag() != Flag.EDGE || accuracyMetres.isEmpty()) return List.of();
    List<Place> circle = new ArrayList<>();
    place
        .position()
        .ifPresent(
            centre -> {
              for (int eighth = 0; eighth < 8; eighth++) {
                Position at = centre.moved(accuracyMetres.getAsDouble(), eighth * Math.PI / 4);
                circle.add(place(Optional.of(at), ground.locate(at, 0)));
              }
            });
    return circle;
  }

  /** An answer of the layers in the words of a ticket. */
  public Place place(Optional<Position> position, Located located) {
    List<AreaName> areas =
        located.areas().stream().map(a -> new AreaName(a.layer(), a.code(), a.name())).toList();
    double distance = located.distanceToBoundaryMetres();
    return new Place(
        position,
        areas,
        flag(located.flag()),
        Double.isFinite(distance) ? OptionalDouble.of(distance) : OptionalDouble.empty(),
        boundaryVersion);
  }

  /** WGS 84, or empty when the numbers are no position on earth. */
  public static Optional<Position> wgs84(RawPosition raw) {
    try {
      return Optional.of(raw.toWgs84());
    } catch (IllegalArgumentException offEarth) {
      return Optional.empty();
    }
  }

  private static Flag flag(PlaceFlag flag) {
    return switch (flag) {
      case OK -> Flag.OK;
      case EDGE -> Flag.EDGE;
      case OUTSIDE -> Flag.OUTSIDE;
      case SUSPECT -> Flag.SUSPECT;
    };
  }
}
