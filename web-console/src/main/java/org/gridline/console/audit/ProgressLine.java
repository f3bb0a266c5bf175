package org.gridline.console.audit;

import java.io.PrintStream;
import java.util.Locale;

/** Says every second how far the reading has come. Used by one thread. */
final class ProgressLine {
  private static final long EVERY_NANOS = 1_000_000_000L;

  private final PrintStream err;
  private final long from = System.nanoTime();
  private long last = from;

  ProgressLine(PrintStream err) {
    this.err = err;
  }

  void at(long events, long ofEvents, long tickets) {
    long now = System.nanoTime();
    if (now - last < EVERY_NANOS) return;
    last = now;
    err.printf(
        Locale.ROOT,
        "核验中 · verifying: %,d / %,d 事件 events, %,d 工单 tickets, %.0f s%n",
        events,
        ofEvents,
        tickets,
        seconds());
  }

  double seconds() {
    return (System.nanoTime() - from) / 1e9;
  }
}
