package org.gridline.gis.grids;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.geotools.api.feature.simple.SimpleFeatureType;
import org.geotools.feature.simple.SimpleFeatureTypeBuilder;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.grid.GridElement;
import org.geotools.grid.GridFeatureBuilder;
import org.geotools.grid.Grids;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * Squares of one size over a ground, in rows and columns counted from the plane's origin, so that
 * two runs in the same plane lay their squares alike. Their corners are points of the {@link
 * Lattice}, one for all squares that meet there.
 */
final class Raster {
  /** Laying more squares than this over a ground's box would take minutes. */
  static final long MOST_SQUARES = 20_000_000;

  /** More of them on the ground itself would fill the memory. */
  static final int MOST_CELLS = 400_000;

  /** Straight in degrees is not quite straight in metres. */
  private static final double BEND_METRES = 5;

  /**
   * A square.
   *
   * @param row from south to north
   */
  record Cell(int row, int column) implements Comparable<Cell> {
    /** North to south, in a row west to east: the order in which grids are numbered. */
    @Override
    public int compareTo(Cell other) {
      return row != other.row
          ? Integer.compare(other.row, row)
          : Integer.compare(column, other.column);
    }
  }

  private record Corner(int row, int column) {}

  private final Plane plane;
  private final double side;
  private final int pieces;
  private final Map<Corner, Coordinate> corners = new HashMap<>();

  Raster(GridWish wish) {
    plane = wish.plane();
    side = wish.sideMetres();
    pieces = wish.sidePieces();
  }

  /**
   * The squares of GeoTools' grid that hold some of the ground.
   *
   * @param ground polygons in WGS 84 degrees
   * @throws IllegalArgumentException when the ground is too wide for squares of this size
   */
  Set<Cell> cells(List<Geometry> ground) {
    STRtree parts = new STRtree();
    Envelope box = new Envelope();
    for (Geometry shape : ground) {
      for (int part = 0; part < shape.getNumGeometries(); part++) {
        PreparedGeometry inMetres =
            PreparedGeometryFactory.prepare(inMetres((Polygon) shape.getGeometryN(part)));
        Envelope around = inMetres.getGeometry().getEnvelopeInternal();
        parts.insert(around, inMetres);
        box.expandToInclude(around);
      }
    }
    ReferencedEnvelope whole =
        new ReferencedEnvelope(
            Math.floor(box.getMinX() / side - 1) * side,
            Math.ceil(box.getMaxX() / side + 1) * side,
            Math.floor(box.getMinY() / side - 1) * side,
            Math.ceil(box.getMaxY() / side + 1) * side,
            plane.system());
    double squares = whole.getWidth() / side * (whole.getHeight() / side);
    if (!(squares <= MOST_SQUARES)) {
      throw tooMany(Math.round(squares));
    }
    Set<Cell> found = new TreeSet<>();
    Grids.createSquareGrid(
        whole,
        side,
        side,
        new GridFeatureBuilder(squareType()) {
          @Override
          public boolean getCreateFeature(GridElement element) {
            Envelope bounds = new Envelope(element.getBounds());
            Cell cell = new Cell(at(bounds.centre().y), at(bounds.centre().x));
            bounds.expandBy(BEND_METRES);
            Geometry square = Lattice.GEOMETRIES.toGeometry(bounds);
            for (Object part : parts.query(bounds)) {
              if (((PreparedGeometry) part).intersects(square)) {
                found.add(cell);
                break;
              }
            }
            if (found.size() > MOST_CELLS) {
              throw tooMany(found.size());
            }
            // Its place is all that is wanted; a feature of each would be slow.
            return false;
          }

          @Override
          public void setAttributes(GridElement element, Map<String, Object> attributes) {}
        });
    return found;
  }

  private static IllegalArgumentException tooMany(long squares) {
    return new IllegalArgumentException(
        "范围过大("
            + squares
            + " 格),请分片生成或加大 --area · the ground is too wide for squares of this size; make it"
            + " in parts, or say a larger --area");
  }

  private Polygon inMetres(Polygon degrees) {
    LinearRing[] holes = new LinearRing[degrees.getNumInteriorRing()];
    for (int hole = 0; hole < holes.length; hole++) {
      holes[hole] = inMetres(degrees.getInteriorRingN(hole));
    }
    return Lattice.GEOMETRIES.createPolygon(inMetres(degrees.getExteriorRing()), holes);
  }

  private LinearRing inMetres(LineString degrees) {
    return Lattice.GEOMETRIES.createLinearRing(
        Arrays.stream(degrees.getCoordinates())
            .map(at -> plane.toPlane(at.x, at.y))
            .toArray(Coordinate[]::new));
  }

  /** The square that holds a point of the lattice. */
  Cell cellAt(Coordinate steps) {
    Coordinate metres = plane.toPlane(Lattice.degrees(steps.x), Lattice.degrees(steps.y));
    return new Cell(at(metres.y), at(metres.x));
  }

  /** The sides of the squares on the lattice, each once. */
  Set<List<Coordinate>> sides(Set<Cell> cells) {
    Set<List<Coordinate>> sides = new LinkedHashSet<>();
    for (Cell cell : cells) {
      sides.add(line(cell.row, cell.column, 0, 1));
      sides.add(line(cell.row + 1, cell.column, 0, 1));
      sides.add(line(cell.row, cell.column, 1, 0));
      sides.add(line(cell.row, cell.column + 1, 1, 0));
    }
    return sides;
  }

  private List<Coordinate> line(int row, int column, int up, int right) {
    List<Coordinate> line = new ArrayList<>(pieces + 1);
    for (int piece = 0; piece <= pieces; piece++) {
      line.add(corner(row * pieces + up * piece, column * pieces + right * piece));
    }
    return line;
  }

  private Coordinate corner(int row, int column) {
    return corners.computeIfAbsent(
        new Corner(row, column),
        corner ->
            Lattice.of(
                plane.toDegrees(corner.column * (side / pieces), corner.row * (side / pieces))));
  }

  private int at(double metres) {
    return (int) Math.floor(metres / side);
  }

  private static SimpleFeatureType squareType() {
    SimpleFeatureTypeBuilder type = new SimpleFeatureTypeBuilder();
    type.setName("square");
    type.add("square", Polygon.class);
    return type.buildFeatureType();
  }
}
