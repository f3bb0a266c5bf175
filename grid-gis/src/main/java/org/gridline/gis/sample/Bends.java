package org.gridline.gis.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.locationtech.jts.geom.Coordinate;

/**
 * Makes a drawn border look like ground: its corners are cut once (Chaikin), then each piece is
 * broken in its middle and pushed aside a little, twice (midpoint displacement). The ends stay.
 *
 * <p>Cutting can't make borders cross, because every corner lies in one convex Voronoi cell and the
 * cuts of a cell are apart; the push is small beside that, and the tests hold the result.
 */
final class Bends {
  private static final double SHORTEST_METRES = 45;
  private static final double PUSH = 0.09;
  private static final int DEPTH = 2;
  private static final double DEGREE_STEPS = 1e6;

  private final Random random;
  private final Metres metres;

  Bends(Random random, Metres metres) {
    this.random = random;
    this.metres = metres;
  }

  /** From straight pieces in metres to the bent line in degrees of six digits (about 10 cm). */
  List<Coordinate> bend(List<Coordinate> line) {
    List<Coordinate> cut = cutCorners(line);
    List<Coordinate> bent = new ArrayList<>(List.of(cut.getFirst()));
    for (int i = 1; i < cut.size(); i++) {
      push(cut.get(i - 1), cut.get(i), DEPTH, bent);
    }
    List<Coordinate> degrees = new ArrayList<>();
    for (Coordinate point : bent) {
      Coordinate rounded = rounded(metres.toDegrees(point));
      if (degrees.isEmpty() || !degrees.getLast().equals2D(rounded)) {
        degrees.add(rounded);
      }
    }
    return degrees;
  }

  private static List<Coordinate> cutCorners(List<Coordinate> line) {
    List<Coordinate> cut = new ArrayList<>(List.of(line.getFirst()));
    for (int i = 1; i < line.size(); i++) {
      if (i > 1) {
        cut.add(between(line.get(i - 1), line.get(i), 0.25));
      }
      if (i < line.size() - 1) {
        cut.add(between(line.get(i - 1), line.get(i), 0.75));
      }
    }
    cut.add(line.getLast());
    return cut;
  }

  /** Adds the pieces after {@code from}, up to and with {@code to}. */
  private void push(Coordinate from, Coordinate to, int depth, List<Coordinate> into) {
    if (depth == 0 || from.distance(to) < SHORTEST_METRES) {
      into.add(to);
      return;
    }
    double aside = (random.nextDouble() * 2 - 1) * PUSH;
    Coordinate middle = between(from, to, 0.5);
    middle.x -= aside * (to.y - from.y);
    middle.y += aside * (to.x - from.x);
    push(from, middle, depth - 1, into);
    push(middle, to, depth - 1, into);
  }

  private static Coordinate between(Coordinate a, Coordinate b, double part) {
    return new Coordinate(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part);
  }

  private static Coordinate rounded(Coordinate degrees) {
    return new Coordinate(
        Math.rint(degrees.x * DEGREE_STEPS) / DEGREE_STEPS,
        Math.rint(degrees.y * DEGREE_STEPS) / DEGREE_STEPS);
  }
}
