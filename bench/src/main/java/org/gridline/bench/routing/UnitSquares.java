package org.gridline.bench.routing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.boundary.FileCrs;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/** The unit grids of the sample district, one hectare each. Synthetic. */
final class UnitSquares {
  private static final double METRES_A_DEGREE_LAT = 110_880;
  private static final double METRES_A_DEGREE_LON = 94_390;
  private static final double SIDE_METRES = 100;
  private static final int WANTED = 10_000;
  private static final double LEAST_SHARE = 0.01;

  private UnitSquares() {}

  /** The pack's own file; without it squares clipped to the communities, westernmost first. */
  static PolygonSet read(Path boundaries) {
    Path own = boundaries.resolve("unitGrid.geojson.gz");
    if (Files.isRegularFile(own)) {
      return PolygonSet.read("qixia unit grids", own, "code", new FileCrs.Unsaid());
    }
    List<Geometry> communities =
        PolygonSet.layer(boundaries.resolve("community.geojson"), "code", new FileCrs.Unsaid());
    return new PolygonSet("qixia, squares of 1 ha", List.of(squares(communities)));
  }

  private static List<Geometry> squares(List<Geometry> communities) {
    double height = SIDE_METRES / METRES_A_DEGREE_LAT;
    double width = SIDE_METRES / METRES_A_DEGREE_LON;
    GeometryFactory factory = new GeometryFactory();
    List<Geometry> squares = new ArrayList<>();
    for (Geometry community : communities) {
      Envelope box = community.getEnvelopeInternal();
      for (long row = (long) Math.floor(box.getMinY() / height);
          row * height < box.getMaxY();
          row++) {
        for (long column = (long) Math.floor(box.getMinX() / width);
            column * width < box.getMaxX();
            column++) {
          Geometry square =
              factory.toGeometry(
                  new Envelope(
                      column * width, (column + 1) * width, row * height, (row + 1) * height));
          Geometry part = OverlayNGRobust.overlay(community, square, OverlayNG.INTERSECTION);
          if (part instanceof Polygonal && part.getArea() > LEAST_SHARE * square.getArea()) {
            squares.add(part);
          }
        }
      }
      if (squares.size() >= WANTED) break;
    }
    return squares;
  }
}
