package org.gridline.gis.boundary;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/**
 * A coded piece of ground.
 *
 * @param layer id of its layer
 * @param code its code, unique in the layer; text, because codes have leading zeros and lengths
 *     that differ by city
 * @param name for people
 * @param parent code of the area of a coarser layer that it belongs to, where the source says so
 * @param priority who owns the ground that areas of a layer share: the lower number; areas without
 *     one come after all that have one
 * @param shape polygon or multipolygon in WGS 84 degrees, longitude first; not to be changed after
 */
public record Area(
    String layer,
    String code,
    String name,
    Optional<String> parent,
    OptionalInt priority,
    Geometry shape) {
  /**
   * Of two areas of a layer, the one that owns what they share comes first: lower priority, then
   * lower code as text. Every look-up, overlap and report goes by this.
   */
  public static final Comparator<Area> OWNER_FIRST =
      Comparator.<Area>comparingInt(area -> area.priority.isPresent() ? 0 : 1)
          .thenComparingInt(area -> area.priority.orElse(0))
          .thenComparing(Area::code);

  /** An area without a priority. */
  public Area(String layer, String code, String name, Optional<String> parent, Geometry shape) {
    this(layer, code, name, parent, OptionalInt.empty(), shape);
  }

  /**
   * @throws IllegalArgumentException with the reason, when a text is blank or the shape is not a
   *     valid, non-empty polygon on earth
   */
  public Area {
    if (layer.isBlank()) {
      throw new IllegalArgumentException("the layer is blank");
    }
    if (code.isBlank()) {
      throw new IllegalArgumentException("the code is blank");
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name is blank");
    }
    checkShape(shape);
  }

  /** The same ground called otherwise. */
  public Area called(String newCode, String newName) {
    return new Area(layer, newCode, newName, parent, priority, shape);
  }

  /** The same area of another parent. */
  Area under(Optional<String> other) {
    return new Area(layer, code, name, other, priority, shape);
  }

  private static void checkShape(Geometry shape) {
    if (!(shape instanceof Polygonal)) {
      throw new IllegalArgumentException(
          "the shape is a " + shape.getGeometryType() + ", not a polygon");
    }
    if (shape.isEmpty()) {
      throw new IllegalArgumentException("the shape is empty");
    }
    Envelope box = shape.getEnvelopeInternal();
    // Written so that NaN fails too; IsValidOp below finds a NaN that the envelope skipped.
    if (!(box.getMinX() >= -180
        && box.getMaxX() <= 180
        && box.getMinY() >= -90
        && box.getMaxY() <= 90)) {
      throw new IllegalArgumentException(
          "coordinates reach from "
              + box.getMinX()
              + ", "
              + box.getMinY()
              + " to "
              + box.getMaxX()
              + ", "
              + box.getMaxY()
              + ": not degrees with longitude first");
    }
    TopologyValidationError error = new IsValidOp(shape).getValidationError();
    if (error != null) {
      throw new IllegalArgumentException(
          "the polygon is not valid: "
              + error.getMessage()
              + " near "
              + error.getCoordinate().getX()
              + ", "
              + error.getCoordinate().getY());
    }
  }
}
