package org.gridline.bench.routing;

import com.google.common.geometry.S2ContainsPointQuery;
import com.google.common.geometry.S2LatLng;
import com.google.common.geometry.S2Loop;
import com.google.common.geometry.S2Point;
import com.google.common.geometry.S2Polygon;
import com.google.common.geometry.S2Shape;
import com.google.common.geometry.S2ShapeIndex;
import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.owner.OwnerGrid;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.geom.util.LinearComponentExtracter;
import org.locationtech.jts.index.strtree.STRtree;

/** Gridline, and what a user could pick instead. All answer in the memory of one process. */
final class Peers {
  private Peers() {}

  /** The look-up as bulk work does it: many positions a call. */
  record Bulk(OwnerGrid grid, int[] answers) implements Peer {
    Bulk(OwnerGrid grid, int most) {
      this(grid, new int[most]);
    }

    @Override
    public String name() {
      return "Gridline, many a call";
    }

    @Override
    public long run(Points points) {
      grid.find(points.lons(), points.lats(), answers);
      return answers[0];
    }
  }

  /** The look-up of one position a call. */
  record Single(OwnerGrid grid) implements Peer {
    @Override
    public String name() {
      return "Gridline, one a call";
    }

    @Override
    public long run(Points points) {
      double[] lons = points.lons();
      double[] lats = points.lats();
      long sum = 0;
      for (int i = 0; i < lons.length; i++) sum += grid.find(lons[i], lats[i]);
      return sum;
    }
  }

  /**
   * One read from a table of as many numbers as the grid has cells: the least that any grid costs.
   */
  record TableRead(double west, double south, double perLon, double perLat, int side, int[] table)
      implements Peer {
    static TableRead of(PolygonSet set, OwnerGrid grid) {
      Envelope box = set.box();
      int side = (int) Math.sqrt(grid.cells());
      int[] table = new int[side * side];
      // Written, so that the pages are there: unwritten ones would all be one page of zeros.
      for (int i = 0; i < table.length; i++) table[i] = i;
      double scale = side - 0.001;
      return new TableRead(
          box.getMinX(),
          box.getMinY(),
          scale / box.getWidth(),
          scale / box.getHeight(),
          side,
          table);
    }

    @Override
    public String name() {
      return "one table read";
    }

    @Override
    public long run(Points points) {
      double[] lons = points.lons();
      double[] lats = points.lats();
      long sum = 0;
      for (int i = 0; i < lons.length; i++) {
        int row = (int) ((lats[i] - south) * perLat);
        sum += table[row * side + (int) ((lons[i] - west) * perLon)];
      }
      return sum;
    }
  }

  /** A tree of boxes, and an indexed ray in each polygon whose box holds the point. */
  record JtsIndexed(STRtree tree) implements Peer {
    static JtsIndexed of(List<Geometry> shapes) {
      STRtree tree = new STRtree();
      for (Geometry shape : shapes) {
        tree.insert(shape.getEnvelopeInternal(), new IndexedPointInAreaLocator(shape));
      }
      tree.build();
      return new JtsIndexed(tree);
    }

    @Override
    public String name() {
      return "JTS STRtree + IndexedPointInAreaLocator";
    }

    @Override
    public long run(Points points) {
      long found = 0;
      for (int i = 0; i < points.count(); i++) {
        Coordinate at = new Coordinate(points.lons()[i], points.lats()[i]);
        for (Object hit : tree.query(new Envelope(at))) {
          if (((IndexedPointInAreaLocator) hit).locate(at) != Location.EXTERIOR) {
            found++;
            break;
          }
        }
      }
      return found;
    }
  }

  /** The same tree with prepared polygons. */
  record JtsPrepared(STRtree tree, GeometryFactory factory) implements Peer {
    static JtsPrepared of(List<Geometry> shapes) {
      STRtree tree = new STRtree();
      for (Geometry shape : shapes) {
        tree.insert(shape.getEnvelopeInternal(), PreparedGeometryFactory.prepare(shape));
      }
      tree.build();
      return new JtsPrepared(tree, new GeometryFactory());
    }

    @Override
    public String name() {
      return "JTS STRtree + PreparedGeometry";
    }

    @Override
    public long run(Points points) {
      long found = 0;
      for (int i = 0; i < points.count(); i++) {
        Coordinate at = new Coordinate(points.lons()[i], points.lats()[i]);
        Geometry point = factory.createPoint(at);
        for (Object hit : tree.query(new Envelope(at))) {
          if (((PreparedGeometry) hit).covers(point)) {
            found++;
            break;
          }
        }
      }
      return found;
    }
  }

  /**
   * Google's S2 in Java: one index of all shapes. Its edges are great circles, not straight lines.
   */
  record S2(S2ContainsPointQuery query) implements Peer {
    static S2 of(List<Geometry> shapes) {
      S2ShapeIndex index = new S2ShapeIndex();
      for (Geometry shape : shapes) index.add(polygon(shape).shape());
      index.iterator();
      return new S2(new S2ContainsPointQuery(index));
    }

    private static S2Polygon polygon(Geometry shape) {
      List<S2Loop> loops = new ArrayList<>();
      for (Object part : LinearComponentExtracter.getLines(shape)) {
        Coordinate[] ring = ((LineString) part).getCoordinates();
        List<S2Point> points = new ArrayList<>();
        for (int i = 0; i + 1 < ring.length; i++) {
          points.add(S2LatLng.fromDegrees(ring[i].y, ring[i].x).toPoint());
        }
        S2Loop loop = new S2Loop(points);
        loop.normalize();
        loops.add(loop);
      }
      S2Polygon polygon = new S2Polygon();
      polygon.init(loops);
      return polygon;
    }

    @Override
    public String name() {
      return "S2 2.0.0 (Java) ShapeIndex";
    }

    @Override
    public long run(Points points) {
      long found = 0;
      for (int i = 0; i < points.count(); i++) {
        S2Point at = S2LatLng.fromDegrees(points.lats()[i], points.lons()[i]).toPoint();
        for (S2Shape hit : query.getContainingShapes(at)) {
          if (hit.numEdges() > 0) {
            found++;
            break;
          }
        }
      }
      return found;
    }
  }
}
