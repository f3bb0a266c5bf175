package org.gridline.bench.timers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.gridline.dispatch.deadline.ClockStep;
import org.gridline.dispatch.store.TimersWatch;

/** Hears from the nodes how late their clocks fired. */
final class Lags implements TimersWatch {
  private final List<Double> millis = new ArrayList<>();

  @Override
  public synchronized void fired(ClockStep step, Duration lag) {
    millis.add(lag.toNanos() / 1e6);
  }

  @Override
  public void stands(Duration held, int aside) {}

  @Override
  public void pending(long clocks) {}

  synchronized int size() {
    return millis.size();
  }

  synchronized void clear() {
    millis.clear();
  }

  /**
   * All of a lot. A node whose answer got lost does not tell; then the clock counts as late as when
   * it was seen to be gone.
   */
  synchronized List<Double> take(int lot, Duration atMost) {
    List<Double> all = new ArrayList<>(millis);
    while (all.size() < lot) all.add(atMost.toNanos() / 1e6);
    return all;
  }
}
