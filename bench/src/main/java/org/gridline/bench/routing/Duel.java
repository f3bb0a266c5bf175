package org.gridline.bench.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gridline's rate over a peer's: so many rounds of A B B A, each round one ratio.
 *
 * @param nanos of the peer, a point by the clock, the median of the rounds
 * @param ours the same of Gridline
 * @param wall median, least and largest ratio by the clock
 * @param cpu the same by the processor
 */
record Duel(String peer, double ours, double nanos, double[] wall, double[] cpu) {
  private static final int ROUNDS = 9;

  /**
   * @param oursPoints what a slice of Gridline answers
   * @param peerPoints what a slice of the peer answers: the first of the same points, fewer where
   *     the peer takes longer
   */
  static Duel fight(Peer ours, Peer peer, Points oursPoints, Points peerPoints) {
    List<double[]> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Stopwatch.Lap a = Stopwatch.time(ours, oursPoints);
      Stopwatch.Lap b = Stopwatch.time(peer, peerPoints).plus(Stopwatch.time(peer, peerPoints));
      a = a.plus(Stopwatch.time(ours, oursPoints));
      rounds.add(new double[] {a.wall() / 2, b.wall() / 2, b.wall() / a.wall(), b.cpu() / a.cpu()});
    }
    return new Duel(
        peer.name(),
        spread(rounds, 0)[0],
        spread(rounds, 1)[0],
        spread(rounds, 2),
        spread(rounds, 3));
  }

  /** Median, least, largest. */
  private static double[] spread(List<double[]> rounds, int column) {
    double[] sorted = rounds.stream().mapToDouble(round -> round[column]).sorted().toArray();
    return new double[] {sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]};
  }

  /** The ratio that counts: by the clock or by the processor, the lesser. */
  double counts() {
    return Math.min(wall[0], cpu[0]);
  }

  @Override
  public String toString() {
    return peer + " " + ours + " " + nanos + Arrays.toString(wall) + Arrays.toString(cpu);
  }
}
