package org.gridline.gis.boundary;

import java.util.List;
import java.util.stream.Stream;
import org.locationtech.jts.algorithm.Area;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LinearRing;

/** The rings of one part of a polygon, and how often they go around a point. */
final class PartRings {
  /**
   * @param kept whether the ground belongs to the polygon
   * @param open whether the drawing leaves that open
   */
  record Meaning(boolean kept, boolean open) {}

  private final Ring shell;
  private final List<Ring> holes;

  PartRings(LinearRing shell, List<LinearRing> holes) {
    this.shell = new Ring(shell);
    this.holes = holes.stream().map(Ring::new).toList();
  }

  Stream<LinearRing> rings() {
    return Stream.concat(Stream.of(shell), holes.stream()).map(ring -> ring.line);
  }

  /** What all parts together say about a point that is on no ring. */
  static Meaning meaning(List<PartRings> parts, Coordinate point) {
    int owners = 0;
    boolean open = false;
    for (PartRings part : parts) {
      int around = part.shell.windings(point);
      int taken = 0;
      for (Ring hole : part.holes) {
        taken += Math.abs(hole.windings(point));
      }
      open |= around == 0 ? taken > 0 : around != 1 || taken > 1;
      if (around != 0 && taken == 0) {
        owners++;
      }
    }
    return new Meaning(owners > 0, open || owners > 1);
  }

  private static final class Ring {
    private final LinearRing line;
    private final Coordinate[] points;
    private final int direction;

    Ring(LinearRing line) {
      this.line = line;
      this.points = line.getCoordinates();
      // JTS counts clockwise as positive.
      this.direction = -(int) Math.signum(Area.ofRingSigned(points));
    }

    /** How often the ring goes around the point, positive in its main direction. */
    int windings(Coordinate point) {
      if (!line.getEnvelopeInternal().intersects(point)) {
        return 0;
      }
      int count = 0;
      for (int i = 1; i < points.length; i++) {
        Coordinate from = points[i - 1];
        Coordinate to = points[i];
        if (from.y <= point.y && to.y > point.y) {
          count += Orientation.index(from, to, point) == Orientation.LEFT ? 1 : 0;
        } else if (from.y > point.y && to.y <= point.y) {
          count -= Orientation.index(from, to, point) == Orientation.RIGHT ? 1 : 0;
        }
      }
      // Without a main direction (an even bow-tie) every round counts as a backward one.
      return direction == 0 ? -Math.abs(count) : count * direction;
    }
  }
}
