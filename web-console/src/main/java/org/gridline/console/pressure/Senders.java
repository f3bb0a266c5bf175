package org.gridline.console.pressure;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Who sends reports just now. Guarded by its gate's lock. */
final class Senders {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Map<Long, Sender> known = new HashMap<>();
  private long lookedAt = Long.MIN_VALUE;
  private int busy;

  /** One client. */
  final class Sender {
    private double tokens = 1;
    private long filledAt;
    private long seenAt;
    private int inside;

    private Sender(long now) {
      filledAt = now;
    }

    /**
     * Whether this report keeps within so many a second; takes one of them when it does.
     *
     * @param share reports a second
     */
    boolean within(double share, long now) {
      double most = Math.max(1, share / 5);
      tokens = Math.min(most, tokens + share * ((now - filledAt) / (double) SECOND));
      filledAt = now;
      if (tokens < 1) return false;
      tokens--;
      return true;
    }

    int inside() {
      return inside;
    }

    void enters() {
      if (inside++ == 0) busy++;
    }

    void leaves() {
      if (--inside == 0) busy--;
    }
  }

  Sender of(long client, long now) {
    if (lookedAt == Long.MIN_VALUE || now - lookedAt > SECOND) forget(now);
    Sender sender = known.computeIfAbsent(client, c -> new Sender(now));
    sender.seenAt = now;
    return sender;
  }

  /** How many have sent something within the last second or two; at least one. */
  int active() {
    return Math.max(1, known.size());
  }

  /** How many have something inside; at least one. */
  int busy() {
    return Math.max(1, busy);
  }

  private void forget(long now) {
    lookedAt = now;
    for (Iterator<Sender> all = known.values().iterator(); all.hasNext(); ) {
      Sender sender = all.next();
      if (sender.inside == 0 && now - sender.seenAt > SECOND) all.remove();
    }
  }
}
