package org.gridline.gis.boundary;

import java.util.Optional;
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
 * @param shape polygon or multipolygon in WGS 84 degrees, longitude first; not to be changed after
 */
public record Area(
    String layer, String code, String name, Optional<String> parent, Geometry shape) {

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
