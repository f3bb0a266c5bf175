package org.gridline.gis.grids;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gridline.gis.grids.Arrangement.Edge;
import org.gridline.gis.grids.Arrangement.Face;
import org.locationtech.jts.algorithm.Area;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/**
 * Faces joined into grids: first those of one square, then every scrap with the neighbour on the
 * same ground that it shares the longest border with, the smallest scrap first; a scrap that has
 * none there goes to a neighbour on another ground of its community.
 */
final class Pieces {
  /**
   * Faces that are one grid.
   *
   * @param faces the largest first
   */
  record Piece(List<Face> faces, double squareMetres) {}

  private final List<Face> faces;
  private final int[] communityOf;
  private final Plane plane;
  private final Map<Coordinate, Coordinate> inMetres = new HashMap<>();
  private final double[] sizes;

  /** For each face the piece it is in; pieces are named by one of their faces. */
  private final int[] joined;

  /** For each piece the pieces beside it in the community, and the metres that they share. */
  private final List<SortedMap<Integer, Double>> beside = new ArrayList<>();

  private int scraps;

  /**
   * @param communityOf for each ground a number for its community
   */
  Pieces(List<Face> faces, int[] communityOf, Plane plane) {
    this.faces = faces;
    this.communityOf = communityOf.clone();
    this.plane = plane;
    sizes = new double[faces.size()];
    joined = new int[faces.size()];
    for (int f = 0; f < joined.length; f++) {
      joined[f] = f;
      sizes[f] = squareMetres(faces.get(f).shape());
      beside.add(new TreeMap<>());
    }
    findNeighbours();
    joinWithinSquares();
  }

  /** Gives away every piece smaller than this that has a neighbour. */
  void joinScraps(double squareMetres) {
    NavigableSet<Integer> small =
        new TreeSet<>(
            Comparator.<Integer>comparingDouble(piece -> sizes[piece])
                .thenComparing(piece -> piece));
    for (int f = 0; f < joined.length; f++) {
      if (joined[f] == f && sizes[f] < squareMetres) {
        small.add(f);
      }
    }
    while (!small.isEmpty()) {
      int scrap = small.removeFirst();
      SortedMap<Integer, Double> around = beside.get(scrap);
      if (!around.isEmpty()) {
        int to =
            around.entrySet().stream()
                .max(
                    Comparator.<Map.Entry<Integer, Double>, Boolean>comparing(
                            other -> sameGround(other.getKey(), scrap))
                        .thenComparing(Map.Entry.comparingByValue())
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        small.remove(to);
        join(scrap, to);
        scraps++;
        if (sizes[to] < squareMetres) {
          small.add(to);
        }
      }
    }
  }

  private boolean sameGround(int piece, int other) {
    return faces.get(piece).ground() == faces.get(other).ground();
  }

  /** How many scraps went to a neighbour. */
  int scraps() {
    return scraps;
  }

  List<Piece> list() {
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int f = 0; f < joined.length; f++) {
      members.computeIfAbsent(find(f), piece -> new ArrayList<>()).add(f);
    }
    List<Piece> pieces = new ArrayList<>();
    members.forEach(
        (piece, own) -> {
          own.sort(
              Comparator.<Integer>comparingDouble(f -> -squareMetres(faces.get(f).shape()))
                  .thenComparing(f -> f));
          pieces.add(new Piece(own.stream().map(faces::get).toList(), sizes[piece]));
        });
    return pieces;
  }

  double squareMetres(Polygon shape) {
    double size = squareMetres(shape.getExteriorRing());
    for (int hole = 0; hole < shape.getNumInteriorRing(); hole++) {
      size -= squareMetres(shape.getInteriorRingN(hole));
    }
    return size;
  }

  private double squareMetres(LineString ring) {
    Coordinate[] points = ring.getCoordinates();
    Coordinate[] metres = new Coordinate[points.length];
    for (int i = 0; i < points.length; i++) {
      metres[i] = inMetres(points[i]);
    }
    return Area.ofRing(metres);
  }

  private Coordinate inMetres(Coordinate steps) {
    return inMetres.computeIfAbsent(
        steps, at -> plane.toPlane(Lattice.degrees(at.x), Lattice.degrees(at.y)));
  }

  private void findNeighbours() {
    Map<Edge, Integer> oneSide = new HashMap<>();
    for (int f = 0; f < joined.length; f++) {
      Polygon shape = faces.get(f).shape();
      findNeighbours(shape.getExteriorRing(), f, oneSide);
      for (int hole = 0; hole < shape.getNumInteriorRing(); hole++) {
        findNeighbours(shape.getInteriorRingN(hole), f, oneSide);
      }
    }
  }

  private void findNeighbours(LineString ring, int face, Map<Edge, Integer> oneSide) {
    Coordinate[] points = ring.getCoordinates();
    for (int i = 1; i < points.length; i++) {
      Integer other = oneSide.put(Edge.of(points[i - 1], points[i]), face);
      if (other != null
          && other != face
          && communityOf[faces.get(other).ground()] == communityOf[faces.get(face).ground()]) {
        double metres = inMetres(points[i - 1]).distance(inMetres(points[i]));
        beside.get(face).merge(other, metres, Double::sum);
        beside.get(other).merge(face, metres, Double::sum);
      }
    }
  }

  private void joinWithinSquares() {
    for (int f = 0; f < joined.length; f++) {
      for (int other : List.copyOf(beside.get(f).keySet())) {
        int piece = find(f);
        if (find(other) != piece
            && sameGround(other, f)
            && faces.get(other).cell().equals(faces.get(f).cell())) {
          join(find(other), piece);
        }
      }
    }
  }

  private void join(int piece, int to) {
    joined[piece] = to;
    sizes[to] += sizes[piece];
    SortedMap<Integer, Double> around = beside.get(piece);
    around.remove(to);
    beside.get(to).remove(piece);
    around.forEach(
        (other, metres) -> {
          beside.get(other).remove(piece);
          beside.get(other).merge(to, metres, Double::sum);
          beside.get(to).merge(other, metres, Double::sum);
        });
    beside.set(piece, new TreeMap<>());
  }

  private int find(int face) {
    int piece = face;
    while (joined[piece] != piece) {
      piece = joined[piece];
    }
    return piece;
  }
}
