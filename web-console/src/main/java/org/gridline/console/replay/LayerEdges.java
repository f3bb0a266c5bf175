package org.gridline.console.replay;

import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.util.AffineTransformation;
import org.locationtech.jts.operation.distance.IndexedFacetDistance;

/**
 * How far a position is from the nearest boundary of one layer, in metres on a flat map around the
 * layer's middle: within 1 % for an area of 50 km, enough for bands of distance. Not thread-safe.
 */
final class LayerEdges {
  private final GeometryFactory geometries = new GeometryFactory();
  private final AffineTransformation metres;
  private final IndexedFacetDistance edges;
  private double lastMetres = Double.POSITIVE_INFINITY;
  private RawPosition last;

  /**
   * @param areas of the layer, at least one
   */
  LayerEdges(List<Area> areas) {
    List<Geometry> lines = new ArrayList<>();
    for (Area area : areas) lines.add(area.shape().getBoundary());
    Geometry all = geometries.buildGeometry(lines);
    double middle = Math.toRadians(all.getEnvelopeInternal().centre().y);
    double degree = Math.toRadians(Position.EARTH_RADIUS_METRES);
    metres = AffineTransformation.scaleInstance(degree * Math.cos(middle), degree);
    edges = new IndexedFacetDistance(metres.transform(all));
    last = new RawPosition(Double.NaN, Double.NaN, org.gridline.gis.position.Crs.WGS84);
  }

  /** Infinite when the numbers are no position. */
  double metres(RawPosition position) {
    if (position.equals(last)) return lastMetres;
    last = position;
    lastMetres = measure(position);
    return lastMetres;
  }

  private double measure(RawPosition raw) {
    try {
      Position position = raw.toWgs84();
      Coordinate point = new Coordinate(position.lon(), position.lat());
      return edges.distance(geometries.createPoint(metres.transform(point, new Coordinate())));
    } catch (IllegalArgumentException nowhere) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
