package org.gridline.dispatch.ground;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.gridline.dispatch.place.Places;

/**
 * The ground that holds now. Taking it costs one volatile read; who works on it keeps the snapshot
 * that they took, so a switch disturbs nobody. Thread-safe.
 */
public final class CurrentGround {
  private volatile Holding holding;
  private final List<Consumer<GroundSnapshot>> listeners = new CopyOnWriteArrayList<>();

  /** A ground, and what had become of codes when it began to hold. */
  public record Holding(GroundSnapshot ground, Succession succession) {}

  public CurrentGround(GroundSnapshot first, Succession succession) {
    holding = new Holding(first, succession);
  }

  /** The snapshot of this moment; take it once for a piece of work. */
  public GroundSnapshot get() {
    return holding.ground();
  }

  public Places places() {
    return get().places();
  }

  /** Both of this moment, in agreement. */
  public Holding holding() {
    return holding;
  }

  /** What became of area codes up to now. */
  public Succession succession() {
    return holding.succession();
  }

  /** Everybody who asks from now on gets this. */
  public void swap(GroundSnapshot fresh, Succession succession) {
    holding = new Holding(fresh, succession);
    listeners.forEach(listener -> listener.accept(fresh));
  }

  /** Called after each switch, on the thread that switches; must not wait. */
  public void onSwap(Consumer<GroundSnapshot> listener) {
    listeners.add(listener);
  }
}
