package org.gridline.gis.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.gridline.gis.sample.SampleShape.Seat;
import org.locationtech.jts.geom.Coordinate;

/**
 * Decides which sample point belongs to which part of which community; borders are drawn
 * afterwards. The parts only give communities their shape.
 */
final class PartPlan {
  /** Zones with a smaller share lie as a round piece among the streets. */
  private static final double SMALL_ZONE = 6.5;

  private static final double PARTS_PER_SQUARE_KM_OF_ZONE = 0.8;
  private static final int MOST_PARTS_OF_ZONE = 9;
  private static final int SITES_PER_PART = 9;

  /**
   * A planned part of a community.
   *
   * @param community where it is
   * @param order from 1, west to east, then north to south
   * @param sites inner points around which its ground is drawn, in metres
   */
  record PlannedPart(Village community, int order, List<Coordinate> sites) {
    String code() {
      return community.code() + String.format("%03d", order);
    }
  }

  private final Random random;

  private PartPlan(long seed) {
    this.random = new Random(seed);
  }

  /** The parts of all villages, in code order. */
  static List<PlannedPart> list(
      List<Village> villages, SampleGround ground, Metres metres, long seed) {
    return new PartPlan(seed).plan(villages, ground, metres);
  }

  private List<PlannedPart> plan(List<Village> villages, SampleGround ground, Metres metres) {
    List<Seat> seats =
        SampleShape.SEATS.stream()
            .filter(seat -> !seat.code().equals(SampleShape.ISLAND_STREET))
            .toList();
    // Points and seats are moved by the same waves, so that the lines between them swing.
    List<Coordinate> centres =
        seats.stream()
            .map(seat -> SampleGround.waved(metres.toPlane(seat.lon(), seat.lat())))
            .toList();
    List<Coordinate> waved = ground.mainland().stream().map(SampleGround::waved).toList();
    double[] shares = seats.stream().mapToDouble(Seat::share).toArray();
    int[] owners = Shares.divideAround(waved, centres, shares, SMALL_ZONE);
    List<PlannedPart> planned = new ArrayList<>();
    for (int s = 0; s < seats.size(); s++) {
      planStreet(of(villages, seats.get(s).code()), part(ground.mainland(), owners, s), planned);
    }
    planStreet(of(villages, SampleShape.ISLAND_STREET), ground.island(), planned);
    planned.sort(Comparator.comparing(PlannedPart::code));
    return planned;
  }

  private void planStreet(
      List<Village> villages, List<Coordinate> points, List<PlannedPart> planned) {
    double[] shares = random.doubles(villages.size(), 1, 1.9).toArray();
    List<List<Coordinate>> parts = inReadingOrder(points, Shares.spread(points, shares, random));
    for (int v = 0; v < villages.size(); v++) {
      planCommunity(villages.get(v), parts.get(v), planned);
    }
  }

  private void planCommunity(
      Village community, List<Coordinate> points, List<PlannedPart> planned) {
    int count = 2 + (random.nextDouble() < 0.45 ? 1 : 0);
    if (community.isWholeZone()) {
      double squareKm = points.size() * SampleGround.POINT_SQUARE_METRES / 1e6;
      long wanted = Math.round(squareKm * PARTS_PER_SQUARE_KM_OF_ZONE);
      count = Math.clamp(wanted, 1, MOST_PARTS_OF_ZONE);
    }
    double[] shares = random.doubles(count, 1, 1.6).toArray();
    List<List<Coordinate>> parts = inReadingOrder(points, Shares.spread(points, shares, random));
    for (int order = 1; order <= parts.size(); order++) {
      List<Coordinate> part = parts.get(order - 1);
      planned.add(new PlannedPart(community, order, Shares.centres(part, SITES_PER_PART, random)));
    }
  }

  private static List<Village> of(List<Village> villages, String street) {
    List<Village> found =
        villages.stream().filter(village -> village.streetCode().equals(street)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("the list of villages has none of " + street);
    }
    return found;
  }

  private static List<Coordinate> part(List<Coordinate> points, int[] owners, int owner) {
    List<Coordinate> part = new ArrayList<>();
    for (int p = 0; p < owners.length; p++) {
      if (owners[p] == owner) {
        part.add(points.get(p));
      }
    }
    return part;
  }

  /** The parts by the middle of each, west to east, then north to south. */
  private static List<List<Coordinate>> inReadingOrder(List<Coordinate> points, int[] owners) {
    List<List<Coordinate>> parts = new ArrayList<>();
    int count = Arrays.stream(owners).max().orElse(-1) + 1;
    for (int owner = 0; owner < count; owner++) {
      parts.add(part(points, owners, owner));
    }
    parts.sort(
        Comparator.<List<Coordinate>>comparingDouble(part -> mean(part, true))
            .thenComparing(part -> -mean(part, false)));
    return parts;
  }

  private static double mean(List<Coordinate> part, boolean east) {
    return part.stream().mapToDouble(point -> east ? point.x : point.y).average().orElse(0);
  }
}
