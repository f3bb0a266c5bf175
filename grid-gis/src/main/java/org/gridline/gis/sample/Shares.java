package org.gridline.gis.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.locationtech.jts.geom.Coordinate;

/**
 * Divides sample points among centres so that each gets its share: a power diagram (each point goes
 * to the centre with the least squared distance minus weight) whose weights are moved until the
 * counts fit. The parts of a convex region are convex, so the polygons drawn from them are whole.
 */
final class Shares {
  private static final int WEIGHT_ROUNDS = 400;
  private static final int MOVE_ROUNDS = 12;

  private Shares() {}

  /** For each point the index of its centre; the centres stay where they are. */
  static int[] divide(List<Coordinate> points, List<Coordinate> centres, double[] shares) {
    double[] weights = new double[centres.size()];
    int[] owners = new int[points.size()];
    double total = Arrays.stream(shares).sum();
    double pointArea = SampleGround.POINT_SQUARE_METRES;
    for (int round = 0; round < WEIGHT_ROUNDS; round++) {
      double[] counts = assign(points, centres, weights, owners);
      double worst = 0;
      for (int i = 0; i < weights.length; i++) {
        double wanted = points.size() * shares[i] / total;
        double miss = wanted - counts[i];
        worst = Math.max(worst, Math.abs(miss) / wanted);
        weights[i] += 0.25 * miss * pointArea;
      }
      if (worst < 0.03) {
        break;
      }
    }
    return owners;
  }

  /**
   * As {@link #divide}, but centres with a share below {@code small} get the points nearest to them
   * first: a power diagram would make them slivers between their large neighbours.
   */
  static int[] divideAround(
      List<Coordinate> points, List<Coordinate> centres, double[] shares, double small) {
    double total = Arrays.stream(shares).sum();
    int[] owners = new int[points.size()];
    Arrays.fill(owners, -1);
    List<Integer> large = new ArrayList<>();
    for (int c = 0; c < shares.length; c++) {
      if (shares[c] >= small) {
        large.add(c);
        continue;
      }
      Coordinate centre = centres.get(c);
      int owner = c;
      IntStream.range(0, owners.length)
          .filter(p -> owners[p] < 0)
          .boxed()
          .sorted(Comparator.comparingDouble(p -> points.get(p).distance(centre)))
          .limit(Math.round(points.size() * shares[c] / total))
          .forEach(p -> owners[p] = owner);
    }
    int[] rest = IntStream.range(0, owners.length).filter(p -> owners[p] < 0).toArray();
    int[] restOwners =
        divide(
            Arrays.stream(rest).mapToObj(points::get).toList(),
            large.stream().map(centres::get).toList(),
            large.stream().mapToDouble(c -> shares[c]).toArray());
    for (int r = 0; r < rest.length; r++) {
      owners[rest[r]] = large.get(restOwners[r]);
    }
    return owners;
  }

  /** As {@link #divide}, with centres spread over the points: farthest first, then relaxed. */
  static int[] spread(List<Coordinate> points, double[] shares, RandomGenerator random) {
    List<Coordinate> centres = farApart(points, shares.length, random);
    int[] owners = new int[points.size()];
    for (int round = 0; round < MOVE_ROUNDS; round++) {
      assign(points, centres, new double[shares.length], owners);
      centres = middles(points, owners, centres);
    }
    return divide(points, centres, shares);
  }

  /** Centres of {@code count} roughly equal parts, without weights. */
  static List<Coordinate> centres(List<Coordinate> points, int count, RandomGenerator random) {
    List<Coordinate> centres = farApart(points, Math.min(count, points.size()), random);
    int[] owners = new int[points.size()];
    for (int round = 0; round < 3; round++) {
      assign(points, centres, new double[centres.size()], owners);
      centres = middles(points, owners, centres);
    }
    return centres;
  }

  private static double[] assign(
      List<Coordinate> points, List<Coordinate> centres, double[] weights, int[] owners) {
    double[] counts = new double[centres.size()];
    for (int p = 0; p < owners.length; p++) {
      Coordinate point = points.get(p);
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < counts.length; c++) {
        double dx = point.x - centres.get(c).x;
        double dy = point.y - centres.get(c).y;
        double power = dx * dx + dy * dy - weights[c];
        if (power < least) {
          least = power;
          owners[p] = c;
        }
      }
      counts[owners[p]]++;
    }
    return counts;
  }

  private static List<Coordinate> middles(
      List<Coordinate> points, int[] owners, List<Coordinate> before) {
    double[] x = new double[before.size()];
    double[] y = new double[before.size()];
    int[] count = new int[before.size()];
    for (int p = 0; p < owners.length; p++) {
      x[owners[p]] += points.get(p).x;
      y[owners[p]] += points.get(p).y;
      count[owners[p]]++;
    }
    List<Coordinate> middles = new ArrayList<>();
    for (int c = 0; c < count.length; c++) {
      middles.add(count[c] == 0 ? before.get(c) : new Coordinate(x[c] / count[c], y[c] / count[c]));
    }
    return middles;
  }

  private static List<Coordinate> farApart(
      List<Coordinate> points, int count, RandomGenerator random) {
    List<Coordinate> chosen = new ArrayList<>();
    chosen.add(points.get(random.nextInt(points.size())));
    double[] nearest = new double[points.size()];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    while (chosen.size() < count) {
      Coordinate last = chosen.getLast();
      int farthest = 0;
      for (int p = 0; p < nearest.length; p++) {
        // A little chance keeps the centres from lining up along the rim.
        nearest[p] = Math.min(nearest[p], points.get(p).distance(last));
        if (nearest[p] * (0.7 + 0.3 * random.nextDouble()) > nearest[farthest]) {
          farthest = p;
        }
      }
      chosen.add(points.get(farthest));
    }
    return chosen;
  }
}
