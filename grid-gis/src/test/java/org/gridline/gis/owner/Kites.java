package org.gridline.gis.owner;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Areas with every kind of cell among them. */
public final class Kites {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  private Kites() {}

  /** Squares over everything, then thin kites that all meet in one place. */
  public static List<Geometry> shapes(int seed) {
    Random random = new Random(seed);
    List<Geometry> shapes = new ArrayList<>();
    for (int i = 0; i < 3; i++)
      shapes.add(GEOMETRIES.toGeometry(new Envelope(i * 0.3, i * 0.3 + 0.4, 0, 0.9)));
    for (int i = 0; i < 40; i++) {
      double turn = i * Math.PI / 20 + random.nextDouble() * 0.01;
      Coordinate middle = new Coordinate(0.5, 0.5);
      shapes.add(
          GEOMETRIES.createPolygon(
              new Coordinate[] {
                middle, away(turn, 0.3), away(turn + 0.1, 0.45), away(turn + 0.2, 0.3), middle
              }));
    }
    return shapes;
  }

  private static Coordinate away(double turn, double far) {
    return new Coordinate(0.5 + far * StrictMath.cos(turn), 0.5 + far * StrictMath.sin(turn));
  }
}
