package org.gridline.console.map;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.place.GroundTiles;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Envelope;

/**
 * One layer as a map needs it.
 *
 * @param areas by code
 * @param extent of all of them, WGS 84
 * @param leastZoom the first zoom at which a usual area is worth drawing
 */
public record LayerSheet(
    String version, Layer layer, List<Area> areas, Envelope extent, int leastZoom) {
  /** A usual area is at least so many pixels wide where a tile fills 512 of them. */
  private static final double LEAST_PIXELS = 16;

  private static final double EQUATOR_METRES = 40_075_016.7;
  private static final double TILE_PIXELS = 512;

  public LayerSheet {
    areas = List.copyOf(areas);
  }

  /** All layers of the boundaries that hold, worked out once a version. Thread-safe. */
  public static final class Book {
    private final Supplier<GroundSnapshot> ground;
    private volatile Pages pages = new Pages("", List.of());

    private record Pages(String version, List<LayerSheet> sheets) {}

    public Book(Supplier<GroundSnapshot> ground) {
      this.ground = ground;
    }

    /** Coarse to fine. */
    public List<LayerSheet> list() {
      GroundSnapshot now = ground.get();
      Pages there = pages;
      if (there.version.equals(now.version())) return there.sheets;
      Pages fresh =
          new Pages(
              now.version(),
              now.boundaries().layers().stream().map(layer -> LayerSheet.of(now, layer)).toList());
      pages = fresh;
      return fresh.sheets;
    }

    public Optional<LayerSheet> find(String layer) {
      return list().stream().filter(s -> s.layer().id().equals(layer)).findFirst();
    }
  }

  private static LayerSheet of(GroundSnapshot ground, Layer layer) {
    List<Area> areas =
        ground.boundaries().list(layer.id()).stream().sorted(Area.OWNER_FIRST).toList();
    Envelope extent = new Envelope();
    areas.forEach(a -> extent.expandToInclude(a.shape().getEnvelopeInternal()));
    return new LayerSheet(ground.version(), layer, areas, extent, leastZoom(areas));
  }

  private static int leastZoom(List<Area> areas) {
    double[] sides =
        areas.stream()
            .mapToDouble(
                a -> Math.sqrt(a.shape().getArea() * squash(a.shape().getCentroid().getY())))
            .sorted()
            .toArray();
    if (sides.length == 0) return 0;
    double metres = sides[sides.length / 2] * Position.METRES_A_DEGREE;
    double lat = areas.getFirst().shape().getCentroid().getY();
    double pixelMetres = metres / LEAST_PIXELS;
    double zoom = Math.log(EQUATOR_METRES / TILE_PIXELS * squash(lat) / pixelMetres) / Math.log(2);
    return Math.clamp((long) Math.ceil(zoom), 0, GroundTiles.MOST_ZOOM);
  }

  /** How much shorter a degree of longitude is than one of latitude. */
  private static double squash(double lat) {
    return Math.max(0.01, Math.cos(Math.toRadians(lat)));
  }

  /** West, south, east, north; the whole world for a layer without areas. */
  public double[] bounds() {
    if (extent.isNull()) return new double[] {-180, -90, 180, 90};
    return new double[] {extent.getMinX(), extent.getMinY(), extent.getMaxX(), extent.getMaxY()};
  }
}
