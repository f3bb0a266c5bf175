package org.gridline.dispatch.event;

import java.util.List;
import java.util.Random;

/**
 * Who was drawn by lot to check a ticket, with all that it takes to draw again and find the same
 * person: {@link #pick} of the seed and the pool is the checker.
 *
 * @param checker id of the user; 0 when nobody was drawn
 * @param last who was drawn last for the same unit, and so left out where another was free; 0 for
 *     nobody
 * @param pool user ids with their weights as {@code id:weight}, whoever waits longest first
 * @param seed what the lot was drawn with; it may also have decided that nothing is drawn
 */
public record Draw(long checker, long last, List<String> pool, long seed) {
  public Draw {
    pool = List.copyOf(pool);
    if (checker != 0 && checker != pick(seed, pool))
      throw new IllegalArgumentException("whoever checks is whom the seed draws from the pool");
  }

  /** Nobody was drawn. */
  public static Draw nobody() {
    return decided(0);
  }

  /** A seed decided that nothing is drawn. */
  public static Draw decided(long seed) {
    return new Draw(0, 0, List.of(), seed);
  }

  public static Draw from(long seed, List<String> pool, long last) {
    return new Draw(pick(seed, pool), last, pool, seed);
  }

  public boolean drawn() {
    return checker != 0;
  }

  /** The user whom a seed draws: {@link Random} is specified to the bit, so anybody can do it. */
  private static long pick(long seed, List<String> pool) {
    int total = pool.stream().mapToInt(Draw::weight).sum();
    int ticket = new Random(seed).nextInt(total);
    for (String entry : pool) {
      ticket -= weight(entry);
      if (ticket < 0) return Long.parseLong(entry.substring(0, entry.indexOf(':')));
    }
    throw new IllegalArgumentException("a pool has somebody in it");
  }

  /** Whether a seed has a check repeated that is repeated in such a share of cases. */
  public static boolean repeats(long seed, double share) {
    Random random = new Random(seed);
    random.nextInt();
    return random.nextDouble() < share;
  }

  private static int weight(String entry) {
    return Integer.parseInt(entry.substring(entry.indexOf(':') + 1));
  }
}
