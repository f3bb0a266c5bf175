package org.gridline.console.measure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.gridline.dispatch.deadline.ClockStep;
import org.gridline.dispatch.store.TimersWatch;

/** How this node's timers do, as an operator sees it. Thread-safe. */
public final class TimerMeasures implements TimersWatch {
  private final Map<ClockStep, Counter> fired = new EnumMap<>(ClockStep.class);
  private final Timer lag;
  private volatile double heldSeconds;
  private volatile int aside;
  private volatile double pending = Double.NaN;

  public TimerMeasures(Measures measures) {
    for (ClockStep step : ClockStep.values()) {
      fired.put(
          step,
          measures.counter(
              "gridline.timers.fired", "Clocks that fired on this node", "step", step.id()));
    }
    lag = measures.timer("gridline.timers.lag", "From a clock's moment to its firing");
    measures.gauge(
        "gridline.timers.held.seconds",
        "How long firing is still held because the database's time stepped",
        () -> heldSeconds);
    measures.gauge(
        "gridline.timers.aside", "Clocks that can't be fired and are tried again", () -> aside);
    measures.gauge(
        "gridline.timers.pending",
        "Clocks with a moment before them, counted each minute",
        () -> pending);
  }

  @Override
  public void fired(ClockStep step, Duration after) {
    Objects.requireNonNull(fired.get(step)).increment();
    lag.record(after.isNegative() ? Duration.ZERO : after);
  }

  @Override
  public void stands(Duration held, int asideNow) {
    heldSeconds = held.toMillis() / 1e3;
    aside = asideNow;
  }

  @Override
  public void pending(long clocks) {
    pending = clocks;
  }

  public double heldSeconds() {
    return heldSeconds;
  }

  public int aside() {
    return aside;
  }
}
