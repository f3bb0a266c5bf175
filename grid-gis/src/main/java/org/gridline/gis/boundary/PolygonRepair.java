package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gridline.gis.boundary.Finding.Code;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.polygonize.Polygonizer;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/**
 * The rule by which a broken polygon is mended or refused.
 *
 * <p><b>How it is mended.</b> All rings are cut where they cross, which yields faces; a face is
 * kept when the outer ring of some part goes around it (in either direction) and no hole of that
 * part does. Vertices on the outline stay as they are; only crossing points are added. Parts
 * without area vanish. What comes out is on the lattice of 1e-9 degree. The same input always gives
 * the same output.
 *
 * <p><b>What counts as moved.</b> Not the difference to some other repair, but all ground whose
 * meaning the drawing leaves open: faces that an outer ring goes around against its own main
 * direction or more than once, that several parts or several holes claim, or that a hole takes away
 * where there is no part. A ring that touches itself, a spike, or a part without area leaves
 * nothing open. The halves of a bow-tie do: one of them runs backwards.
 *
 * <p><b>What is refused.</b> The rule of the import is "a repair that would move more than 1 % or
 * 1,000 m² of a feature". It is read by the letter, either limit alone refuses, and both speak of
 * the open ground as defined above. That lets hairlines pass in features of any size, because a
 * hairline leaves next to nothing open: of 180 self-crossing outlines among 2,884 Chinese counties
 * the worst leaves 106 m² open (under a millionth of it), of Boston's wards and precincts and New
 * York's districts none leaves anything. A bow-tie fails in features of any size: in a small one
 * its lesser half is more than 1 %, in a large one more than 1,000 m².
 */
final class PolygonRepair {
  static final double MAX_SHARE = 0.01;
  static final double MAX_SQUARE_METRES = 1_000;

  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  /**
   * @param shape valid and not empty
   * @param flaws what was mended; none for a shape that was sound
   */
  record Repaired(Geometry shape, List<Flaw> flaws) {
    Repaired {
      flaws = List.copyOf(flaws);
    }
  }

  /** One mended flaw. */
  record Flaw(Code code, String reason, Optional<Coordinate> at, double movedSquareMetres) {}

  private final List<PartRings> parts = new ArrayList<>();
  private final List<Coordinate> withoutArea = new ArrayList<>();

  private PolygonRepair() {}

  /**
   * @param shape polygon or multipolygon in degrees, longitude first, finite
   * @throws BadShape when it is empty, beyond repair or too tangled to tell
   */
  static Repaired repair(Geometry shape) {
    Crossings.check(shape);
    TopologyValidationError error = new IsValidOp(shape).getValidationError();
    if (error == null && !shape.isEmpty()) {
      return new Repaired(shape, List.of());
    }
    return new PolygonRepair().mend(shape);
  }

  private Repaired mend(Geometry shape) {
    Geometry withArea = withArea(shape);
    if (withArea.isEmpty()) {
      throw new BadShape(
          Code.EMPTY,
          "the shape is empty: no part of it has an area",
          withoutArea.stream().findFirst());
    }
    Optional<TopologyValidationError> error =
        Optional.ofNullable(new IsValidOp(withArea).getValidationError());
    return error.isEmpty() ? new Repaired(withArea, flaws(Optional.empty())) : mend(error.get());
  }

  private Repaired mend(TopologyValidationError error) {
    List<Geometry> kept = new ArrayList<>();
    double open = 0;
    double all = 0;
    double largest = -1;
    Coordinate where = error.getCoordinate();
    for (Polygon face : faces()) {
      Coordinate inside = face.getInteriorPoint().getCoordinate();
      PartRings.Meaning meaning = PartRings.meaning(parts, inside);
      double size = LayerFit.squareMetres(face);
      if (meaning.kept()) {
        kept.add(face);
        all += size;
      }
      if (meaning.open()) {
        open += size;
        if (size > largest) {
          largest = size;
          where = inside;
        }
      }
    }
    Geometry result =
        kept.isEmpty() ? GEOMETRIES.createPolygon() : Snapping.snap(OverlayNGRobust.union(kept));
    result.normalize();
    if (result.isEmpty()
        || open > MAX_SQUARE_METRES
        || open > MAX_SHARE * all
        || !result.isValid()) {
      throw new BadShape(
          Code.BEYOND_REPAIR,
          String.format(
              Locale.ROOT,
              "the polygon is not valid (%s), and a repair would have to decide about %.0f m²"
                  + " (%.2f %% of it)",
              error.getMessage(),
              open,
              100 * open / Math.max(all, open)),
          Optional.of(where));
    }
    return new Repaired(
        result,
        flaws(Optional.of(new Flaw(code(error), error.getMessage(), Optional.of(where), open))));
  }

  private List<Flaw> flaws(Optional<Flaw> crossing) {
    List<Flaw> flaws = new ArrayList<>();
    if (!withoutArea.isEmpty()) {
      flaws.add(
          new Flaw(
              Code.ZERO_AREA_PART,
              withoutArea.size() + " of its rings have no area",
              Optional.of(withoutArea.getFirst()),
              0));
    }
    crossing.ifPresent(flaws::add);
    return flaws;
  }

  private static Code code(TopologyValidationError error) {
    return switch (error.getErrorType()) {
      case TopologyValidationError.SELF_INTERSECTION -> Code.SELF_CROSSING;
      case TopologyValidationError.RING_SELF_INTERSECTION,
          TopologyValidationError.DISCONNECTED_INTERIOR ->
          Code.SELF_TOUCH;
      default -> Code.RINGS_OVERLAP;
    };
  }

  /** The same without rings that go around nothing; keeps the rings of the rest at hand. */
  private Geometry withArea(Geometry shape) {
    List<Polygon> rest = new ArrayList<>();
    for (int i = 0; i < shape.getNumGeometries(); i++) {
      Polygon part = (Polygon) shape.getGeometryN(i);
      if (hasArea(part.getExteriorRing())) {
        List<LinearRing> holes = new ArrayList<>();
        for (int hole = 0; hole < part.getNumInteriorRing(); hole++) {
          if (hasArea(part.getInteriorRingN(hole))) {
            holes.add(part.getInteriorRingN(hole));
          }
        }
        parts.add(new PartRings(part.getExteriorRing(), holes));
        rest.add(
            GEOMETRIES.createPolygon(part.getExteriorRing(), holes.toArray(LinearRing[]::new)));
      }
    }
    return GEOMETRIES.createMultiPolygon(rest.toArray(Polygon[]::new));
  }

  /** Whether a ring goes around anything; a ring on one line or one point does not. */
  private boolean hasArea(LinearRing ring) {
    Coordinate[] points = ring.getCoordinates();
    for (int i = 2; i < points.length; i++) {
      if (!onOneLine(points, i)) {
        return true;
      }
    }
    if (points.length > 0) {
      withoutArea.add(points[0].copy());
    }
    return false;
  }

  private static boolean onOneLine(Coordinate[] points, int last) {
    Coordinate start = points[0];
    Coordinate other = start;
    for (int i = 1; i < last && other.equals2D(start); i++) {
      other = points[i];
    }
    return other.equals2D(start) || Orientation.index(start, other, points[last]) == 0;
  }

  private List<Polygon> faces() {
    List<LinearRing> rings = parts.stream().flatMap(PartRings::rings).toList();
    if (rings.isEmpty()) {
      return List.of();
    }
    Geometry noded =
        OverlayNGRobust.union(GEOMETRIES.createMultiLineString(rings.toArray(LinearRing[]::new)));
    Polygonizer polygonizer = new Polygonizer();
    polygonizer.add(noded);
    List<Polygon> faces = new ArrayList<>();
    for (Object face : polygonizer.getPolygons()) {
      faces.add((Polygon) face);
    }
    return faces;
  }
}
