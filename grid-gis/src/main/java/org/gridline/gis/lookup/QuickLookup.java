package org.gridline.gis.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.lookup.AreaEdges.Edge;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.RawPosition;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

/**
 * Code and flag of millions of exact positions in a ground of one layer; answers as {@link
 * GroundIndex#locate(RawPosition, double)} with accuracy 0 does.
 *
 * <p>A table of cells knows the owner wherever no boundary, default point or whole degree is within
 * the distance that would change the flag; every other cell asks the exact index. Immutable, for
 * any number of threads.
 */
public final class QuickLookup {
  /** What {@link #look} answers for numbers that are no position in any reading. */
  public static final int NOWHERE = -1;

  private static final int CELLS_A_SIDE = 2048;

  /** A little more than the metre within which a position counts as on the edge. */
  private static final double MARGIN_METRES = 1.5;

  private static final double LEAST_METRES_A_DEGREE = 110_000;
  private static final int ASK = -2;
  private static final int OUTSIDE = -1;
  private static final int FLAG_BITS = 2;

  private final GroundIndex ground;
  private final List<Area> areas;
  private final int[] cells = new int[CELLS_A_SIDE * CELLS_A_SIDE];
  private final Envelope box = new Envelope();
  private final double cellsPerLon;
  private final double cellsPerLat;
  private final double marginLon;
  private final double marginLat;

  private QuickLookup(GroundIndex ground) {
    this.ground = ground;
    this.areas = ground.finest().stream().map(AreaEdges::area).toList();
    ground.finest().forEach(area -> box.expandToInclude(area.box()));
    double farthest = Math.toRadians(Math.max(Math.abs(box.getMinY()), Math.abs(box.getMaxY())));
    marginLat = MARGIN_METRES / LEAST_METRES_A_DEGREE;
    marginLon = marginLat / Math.max(1e-6, Math.cos(farthest));
    box.expandBy(2 * marginLon, 2 * marginLat);
    cellsPerLon = CELLS_A_SIDE / box.getWidth();
    cellsPerLat = CELLS_A_SIDE / box.getHeight();
    fill();
  }

  /**
   * @throws IllegalArgumentException when the ground has several layers, or no area
   */
  public static QuickLookup build(GroundIndex ground) {
    if (ground.layerCount() != 1 || ground.finest().isEmpty()) {
      throw new IllegalArgumentException("a quick look-up is made for one layer with areas");
    }
    return new QuickLookup(ground);
  }

  /** The areas that answers number, rising by code. */
  public List<Area> areas() {
    return areas;
  }

  /**
   * Answers a WGS 84 position as {@link #flag} and {@link #area} unpack it, or {@link #NOWHERE}.
   */
  public int look(double lon, double lat) {
    double column = (lon - box.getMinX()) * cellsPerLon;
    double row = (lat - box.getMinY()) * cellsPerLat;
    if (column >= 0 && column < CELLS_A_SIDE && row >= 0 && row < CELLS_A_SIDE) {
      int cell = cells[((int) row) * CELLS_A_SIDE + (int) column];
      if (cell >= 0) {
        return pack(cell, PlaceFlag.OK);
      }
    }
    return look(new RawPosition(lon, lat, Crs.WGS84));
  }

  /** The same for a position of another system, by the exact index. */
  public int look(RawPosition raw) {
    try {
      GroundIndex.Judged judged = ground.judge(raw);
      return pack(judged.area().map(AreaEdges::number).orElse(OUTSIDE), judged.flag());
    } catch (IllegalArgumentException e) {
      return NOWHERE;
    }
  }

  public static PlaceFlag flag(int answer) {
    return switch (answer & (1 << FLAG_BITS) - 1) {
      case 0 -> PlaceFlag.OK;
      case 1 -> PlaceFlag.EDGE;
      case 2 -> PlaceFlag.OUTSIDE;
      default -> PlaceFlag.SUSPECT;
    };
  }

  /** The number of the area, −1 for none. */
  public static int area(int answer) {
    return (answer >> FLAG_BITS) - 1;
  }

  private static int pack(int area, PlaceFlag flag) {
    int bits =
        switch (flag) {
          case OK -> 0;
          case EDGE -> 1;
          case OUTSIDE -> 2;
          case SUSPECT -> 3;
        };
    return (area + 1) << FLAG_BITS | bits;
  }

  private void fill() {
    for (AreaEdges area : ground.finest()) {
      for (Edge edge : area.edges()) {
        ask(edge.from(), edge.to());
      }
    }
    for (Coordinate made : madeUpPoints()) {
      ask(made, made);
    }
    // Two cells side by side that no boundary comes near have the same owner.
    for (int row = 0; row < CELLS_A_SIDE; row++) {
      for (int column = 0; column < CELLS_A_SIDE; column++) {
        int at = row * CELLS_A_SIDE + column;
        if (cells[at] == ASK) {
          continue;
        }
        if (column > 0 && cells[at - 1] != ASK) {
          cells[at] = cells[at - 1];
        } else if (row > 0 && cells[at - CELLS_A_SIDE] != ASK) {
          cells[at] = cells[at - CELLS_A_SIDE];
        } else {
          cells[at] = owner(row, column);
        }
      }
    }
  }

  private int owner(int row, int column) {
    Coordinate middle =
        new Coordinate(
            box.getMinX() + (column + 0.5) / cellsPerLon,
            box.getMinY() + (row + 0.5) / cellsPerLat);
    return ground.ownerInFinest(middle).map(AreaEdges::number).orElse(OUTSIDE);
  }

  /** Default points and whole degrees in the box. */
  private List<Coordinate> madeUpPoints() {
    List<Coordinate> points = new ArrayList<>(ground.defaultPoints());
    for (double lon = Math.ceil(box.getMinX()); lon <= box.getMaxX(); lon++) {
      for (double lat = Math.ceil(box.getMinY()); lat <= box.getMaxY(); lat++) {
        points.add(new Coordinate(lon, lat));
      }
    }
    return points;
  }

  /** Marks every cell that a line comes near. */
  private void ask(Coordinate from, Coordinate to) {
    Coordinate low = from.y <= to.y ? from : to;
    Coordinate high = from.y <= to.y ? to : from;
    int first = row(low.y - marginLat);
    int last = row(high.y + marginLat);
    for (int row = Math.max(0, first); row <= Math.min(CELLS_A_SIDE - 1, last); row++) {
      double bottom = box.getMinY() + row / cellsPerLat - marginLat;
      double top = box.getMinY() + (row + 1) / cellsPerLat + marginLat;
      double a = lonAt(low, high, bottom);
      double b = lonAt(low, high, top);
      int west = Math.max(0, column(Math.min(a, b) - marginLon));
      int east = Math.min(CELLS_A_SIDE - 1, column(Math.max(a, b) + marginLon));
      if (west <= east) {
        Arrays.fill(cells, row * CELLS_A_SIDE + west, row * CELLS_A_SIDE + east + 1, ASK);
      }
    }
  }

  /** Where the line is at a latitude, or its end on that side. */
  private static double lonAt(Coordinate low, Coordinate high, double lat) {
    if (lat <= low.y) {
      return low.x;
    }
    if (lat >= high.y) {
      return high.x;
    }
    return low.x + (high.x - low.x) * ((lat - low.y) / (high.y - low.y));
  }

  private int row(double lat) {
    return (int) Math.floor((lat - box.getMinY()) * cellsPerLat);
  }

  private int column(double lon) {
    return (int) Math.floor((lon - box.getMinX()) * cellsPerLon);
  }
}
