package org.gridline.console.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.gridline.console.view.Json;

/**
 * How often two say the same. The bands of distance to the boundary are those at which positions
 * rounded to four decimals (11 m) stop to explain a difference. Not thread-safe.
 */
final class Agreement {
  static final String[] BANDS = {"<1 m", "1-11 m", "11-30 m", "30-100 m", ">100 m"};
  private static final double[] UP_TO = {1, 11, 30, 100};

  private final long[] compared = new long[BANDS.length];
  private final long[] agreeing = new long[BANDS.length];
  private long unreadable;
  private long unanswered;

  /** The two do or don't agree about a place so far from the boundary. */
  void count(boolean agree, double metres) {
    int band = 0;
    while (band < UP_TO.length && metres >= UP_TO[band]) band++;
    compared[band]++;
    if (agree) agreeing[band]++;
  }

  /** The city says something that no rule of the mapping can read. */
  void unreadable() {
    unreadable++;
  }

  /** Gridline names nothing where the city does; also counted as a disagreement. */
  void unanswered() {
    unanswered++;
  }

  long compared() {
    return sum(compared);
  }

  long agreeing() {
    return sum(agreeing);
  }

  long disagreeing(int band) {
    return compared[band] - agreeing[band];
  }

  long compared(int band) {
    return compared[band];
  }

  /** Zero when nothing was compared. */
  double share() {
    return compared() == 0 ? 0 : (double) agreeing() / compared();
  }

  ObjectNode brief() {
    return Json.object()
        .put("compared", compared())
        .put("agreeing", agreeing())
        .put("share", Math.round(share() * 1e5) / 1e5);
  }

  ObjectNode withDistances() {
    ObjectNode node = brief().put("unreadable", unreadable).put("no_area", unanswered);
    ObjectNode rows = node.putObject("compared_by_distance");
    ObjectNode wrong = node.putObject("disagreeing_by_distance");
    for (int i = 0; i < BANDS.length; i++) {
      rows.put(BANDS[i], compared[i]);
      wrong.put(BANDS[i], disagreeing(i));
    }
    return node;
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long v : values) sum += v;
    return sum;
  }
}
