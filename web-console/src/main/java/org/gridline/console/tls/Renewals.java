package org.gridline.console.tls;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Notices that key files have changed; whoever asks first takes the new ones. Thread-safe. */
public final class Renewals {
  private static final long AGAIN = -1;

  private final AtomicLong taken;

  public Renewals(Optional<Https> https) {
    this.taken = new AtomicLong(https.map(Https::stamp).orElse(AGAIN));
  }

  /** Whether the files differ from those taken last; true for one asker a change. */
  public boolean due(Https https) {
    long last = taken.get();
    long now = https.stamp();
    return now != last && taken.compareAndSet(last, now);
  }

  /** What was taken could not be used. */
  public void again() {
    taken.set(AGAIN);
  }
}
