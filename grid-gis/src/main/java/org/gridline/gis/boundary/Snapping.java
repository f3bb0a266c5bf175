package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.precision.GeometryPrecisionReducer;

/**
 * The lattice of 1e-9 degree (0.1 mm) that all areas stand on, the same as that of the exact index:
 * what is checked and shown is what points are compared with. A position always goes to the same
 * step, so vertices that neighbours share stay shared.
 */
final class Snapping {
  private static final double STEPS_A_DEGREE = 1e9;
  private static final PrecisionModel LATTICE = new PrecisionModel(STEPS_A_DEGREE);

  private Snapping() {}

  /** Nearest step; a half goes to the even one. */
  static double degrees(double degrees) {
    // Adding zero makes a negative zero a plain one.
    return Math.rint(degrees * STEPS_A_DEGREE) / STEPS_A_DEGREE + 0.0;
  }

  /**
   * The valid shape on the lattice. Only crossing points that a repair has added are not there yet;
   * where moving them by half a step makes the rings touch anew, the edges are cut there.
   */
  static Geometry snap(Geometry valid) {
    if (isOnLattice(valid)) {
      return valid;
    }
    Geometry moved = valid.copy();
    moved.apply(new Move());
    moved.geometryChanged();
    return moved.isValid() ? moved : GeometryPrecisionReducer.reduce(valid, LATTICE);
  }

  static boolean isOnLattice(Geometry shape) {
    List<Coordinate> off = new ArrayList<>(1);
    shape.apply(
        new CoordinateSequenceFilter() {
          @Override
          public void filter(CoordinateSequence line, int i) {
            if (degrees(line.getX(i)) != line.getX(i) || degrees(line.getY(i)) != line.getY(i)) {
              off.add(line.getCoordinate(i));
            }
          }

          @Override
          public boolean isDone() {
            return !off.isEmpty();
          }

          @Override
          public boolean isGeometryChanged() {
            return false;
          }
        });
    return off.isEmpty();
  }

  private static final class Move implements CoordinateSequenceFilter {
    @Override
    public void filter(CoordinateSequence line, int i) {
      line.setOrdinate(i, 0, degrees(line.getX(i)));
      line.setOrdinate(i, 1, degrees(line.getY(i)));
    }

    @Override
    public boolean isDone() {
      return false;
    }

    @Override
    public boolean isGeometryChanged() {
      return true;
    }
  }
}
