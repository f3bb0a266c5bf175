package org.gridline.gis.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.grid.Grids;
import org.locationtech.jts.densify.Densifier;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/** The sample district's ground as points, each the middle of a hexagon of one hectare. */
final class SampleGround {
  static final double POINT_SQUARE_METRES = 10_000;
  private static final double OUTER_HEXAGON_SIDE_METRES = 170;
  private static final double OUTLINE_STEP_METRES = 150;
  private static final double OUTER_BELT_METRES = 1800;

  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  private final List<Coordinate> mainland;
  private final List<Coordinate> island;
  private final List<Coordinate> belt;

  SampleGround(Metres metres) {
    Geometry mainlandShape = polygon(SampleShape.MAINLAND, metres);
    Geometry islandShape = polygon(SampleShape.ISLAND, metres);
    Geometry land = mainlandShape.union(islandShape);
    double side = Math.sqrt(POINT_SQUARE_METRES * 2 / (3 * Math.sqrt(3)));
    List<Coordinate> points = hexagons(land.getEnvelopeInternal(), side, metres);
    mainland = inside(mainlandShape, points);
    island = inside(islandShape, points);
    Envelope around = land.getEnvelopeInternal();
    around.expandBy(OUTER_BELT_METRES);
    List<Coordinate> outer = hexagons(around, OUTER_HEXAGON_SIDE_METRES, metres);
    belt = inside(land.buffer(OUTER_BELT_METRES).difference(land), outer);
  }

  List<Coordinate> mainland() {
    return mainland;
  }

  List<Coordinate> island() {
    return island;
  }

  /** Points around the land; the district's outline runs between these and the land's own. */
  List<Coordinate> belt() {
    return belt;
  }

  /** Moves a place by up to some 400 m, in waves of two to five kilometres; never folds over. */
  static Coordinate waved(Coordinate at) {
    double x = at.x + 280 * Math.sin(at.y / 800) + 90 * Math.sin(at.x / 400 + at.y / 520);
    double y = at.y + 280 * Math.sin(at.x / 850 + 2) + 90 * Math.sin(at.x / 450 - at.y / 380);
    return new Coordinate(Math.rint(x * 1000) / 1000, Math.rint(y * 1000) / 1000);
  }

  private static Geometry polygon(double[][] lonLat, Metres metres) {
    Coordinate[] ring = new Coordinate[lonLat.length + 1];
    for (int i = 0; i < lonLat.length; i++) {
      ring[i] = metres.toPlane(lonLat[i][0], lonLat[i][1]);
    }
    ring[lonLat.length] = ring[0].copy();
    Geometry straight = Densifier.densify(GEOMETRIES.createPolygon(ring), OUTLINE_STEP_METRES);
    return GEOMETRIES.createPolygon(
        Arrays.stream(straight.getCoordinates())
            .map(SampleGround::waved)
            .toArray(Coordinate[]::new));
  }

  private static List<Coordinate> hexagons(Envelope box, double side, Metres metres) {
    var bounds = new ReferencedEnvelope(box, metres.plane());
    List<Coordinate> middles = new ArrayList<>();
    try (var hexagons = Grids.createHexagonalGrid(bounds, side).getFeatures().features()) {
      while (hexagons.hasNext()) {
        Geometry hexagon = (Geometry) hexagons.next().getDefaultGeometry();
        Coordinate middle = hexagon.getEnvelopeInternal().centre();
        middles.add(
            new Coordinate(Math.rint(middle.x * 1000) / 1000, Math.rint(middle.y * 1000) / 1000));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    middles.sort(Comparator.naturalOrder());
    return middles;
  }

  private static List<Coordinate> inside(Geometry shape, List<Coordinate> points) {
    PreparedGeometry prepared = PreparedGeometryFactory.prepare(shape);
    return points.stream()
        .filter(point -> prepared.contains(GEOMETRIES.createPoint(point)))
        .toList();
  }
}
