package org.gridline.gis.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Proposes points that carry far more rows than chance: the "no address found" of some program, as
 * Boston's City Hall, which 17,070 of 121,145 requests of 2015 name.
 *
 * <p>The rule: at least {@link #LEAST_ROWS} rows, at least {@link #LEAST_SHARE} of all, and at
 * least {@link #TIMES_AROUND} times the mean of the other points within some kilometre. It only
 * proposes; that a point is a placeholder is for a person to say.
 *
 * <p>Counts exact coordinates in bounded memory (3 MB) by the method of Misra and Gries: up to
 * 100,000 different points counts are exact; beyond, each may be low by at most rows / 50,000,
 * which the rule's share leaves far behind. Not thread-safe.
 */
public final class OverRepresentedPoints {
  public static final int LEAST_ROWS = 50;
  public static final double LEAST_SHARE = 0.01;
  public static final double TIMES_AROUND = 20;

  private static final double AROUND_DEGREES = 0.01;
  private static final int SLOTS = 1 << 17;
  private static final int MOST_POINTS = 100_000;

  /**
   * A proposed point.
   *
   * @param lon as it was said
   * @param lat as it was said
   * @param rows that name it, at least
   * @param share of all rows, above 0 to 1
   */
  public record Point(double lon, double lat, long rows, double share) {}

  private final double[] lons = new double[SLOTS];
  private final double[] lats = new double[SLOTS];
  private long[] counts = new long[SLOTS];
  private int points;
  private long rows;

  /** Counts one row; numbers that are not finite count as a row without a point. */
  public void add(double lon, double lat) {
    rows++;
    if (!Double.isFinite(lon) || !Double.isFinite(lat)) {
      return;
    }
    if (count(lon, lat, 1) && points > MOST_POINTS) {
      forgetTheRare();
    }
  }

  /** Rows counted so far. */
  public long rows() {
    return rows;
  }

  /** The points that the rule proposes, the heaviest first. */
  public List<Point> list() {
    List<Point> found = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] >= LEAST_ROWS
          && counts[slot] >= LEAST_SHARE * rows
          && counts[slot] >= TIMES_AROUND * meanAround(slot)) {
        found.add(new Point(lons[slot], lats[slot], counts[slot], (double) counts[slot] / rows));
      }
    }
    found.sort(
        Comparator.comparingLong(Point::rows)
            .reversed()
            .thenComparingDouble(Point::lon)
            .thenComparingDouble(Point::lat));
    return found;
  }

  /** Rows a point, of the other points around one; 0 where it is alone. */
  private double meanAround(int centre) {
    long sum = 0;
    int others = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      if (slot != centre
          && counts[slot] > 0
          && Math.abs(lons[slot] - lons[centre]) < AROUND_DEGREES
          && Math.abs(lats[slot] - lats[centre]) < AROUND_DEGREES) {
        sum += counts[slot];
        others++;
      }
    }
    return others == 0 ? 0 : (double) sum / others;
  }

  /** True when the point is a new one. */
  private boolean count(double lon, double lat, long times) {
    // 0.0 and -0.0 are the same place.
    long bits = Double.doubleToLongBits(lon + 0.0) * 31 + Double.doubleToLongBits(lat + 0.0);
    bits *= 0x9E3779B97F4A7C15L;
    for (int slot = (int) (bits >>> 47); ; slot = (slot + 1) & (SLOTS - 1)) {
      if (counts[slot] == 0) {
        lons[slot] = lon;
        lats[slot] = lat;
        counts[slot] = times;
        points++;
        return true;
      }
      if (lons[slot] == lon && lats[slot] == lat) {
        counts[slot] += times;
        return false;
      }
    }
  }

  /** Takes the median off every count, which drops half of the points. */
  private void forgetTheRare() {
    long[] sorted = Arrays.stream(counts).filter(count -> count > 0).sorted().toArray();
    long median = sorted[sorted.length / 2];
    double[] oldLons = lons.clone();
    double[] oldLats = lats.clone();
    long[] old = counts;
    counts = new long[SLOTS];
    points = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      if (old[slot] > median) {
        count(oldLons[slot], oldLats[slot], old[slot] - median);
      }
    }
  }
}
