package org.gridline.console.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.event.EventLog.Sealed;

/** The last events of the log, so that a client that was away for a moment costs no query. */
final class Ring {
  private final Sealed[] events;
  private long first;
  private long last;

  /**
   * @param size how many events are kept
   */
  Ring(int size) {
    this.events = new Sealed[size];
  }

  /** Begins anew after a position. */
  synchronized void reset(long seq) {
    first = seq + 1;
    last = seq;
  }

  /**
   * @throws IllegalArgumentException when a position is missing between the last one and this
   */
  synchronized void add(Sealed event) {
    if (event.seq() != last + 1) {
      throw new IllegalArgumentException("after " + last + " comes no " + event.seq());
    }
    events[(int) (event.seq() % events.length)] = event;
    last = event.seq();
    first = Math.max(first, last - events.length + 1);
  }

  /** The events after one position up to another; empty when they are no longer all here. */
  synchronized Optional<List<Sealed>> between(long after, long upTo) {
    if (after + 1 < first || upTo > last) return Optional.empty();
    List<Sealed> found = new ArrayList<>();
    for (long seq = after + 1; seq <= upTo; seq++) found.add(events[(int) (seq % events.length)]);
    return Optional.of(found);
  }
}
