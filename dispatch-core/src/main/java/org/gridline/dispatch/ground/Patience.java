package org.gridline.dispatch.ground;

import java.time.Duration;

/**
 * How long somebody may go on computing. Asked now and then by whoever computes; also over when
 * their thread is interrupted, since then nobody waits for the answer. Thread-safe.
 */
public final class Patience {
  private final long until;

  private Patience(Duration most) {
    until = System.nanoTime() + most.toNanos();
  }

  /** From now on. */
  public static Patience of(Duration most) {
    return new Patience(most);
  }

  /** The computing took longer than anybody waits, or was cancelled; its message is for people. */
  public static final class Over extends RuntimeException {
    Over(String message) {
      super(message);
    }
  }

  public boolean over() {
    return System.nanoTime() - until >= 0 || Thread.currentThread().isInterrupted();
  }

  /**
   * @throws Over when it is over
   */
  void check() {
    if (over())
      throw new Over(
          "边界比较未能在限时内完成,请简化边界或分层、分批导入"
              + " · comparing the boundaries took too long: simplify the outlines, or import fewer areas at a time");
  }
}
