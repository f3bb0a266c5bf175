package org.gridline.console.replay;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells people how far it is: one line that renews itself on a terminal, now and then otherwise.
 */
final class Progress {
  private final PrintStream out;
  private final boolean terminal;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong again = new AtomicLong();
  private final long from = System.nanoTime();
  private final long all;
  private long told = System.nanoTime();
  private boolean open;

  /**
   * @param all rows that are to be sent
   */
  Progress(PrintStream out, boolean terminal, long all) {
    this.out = out;
    this.terminal = terminal;
    this.all = all;
  }

  void acknowledged() {
    sent.incrementAndGet();
  }

  void refused() {
    refused.incrementAndGet();
  }

  /** One request more for a row that had been sent before. */
  void again() {
    again.incrementAndGet();
  }

  long done() {
    return sent.get() + refused.get();
  }

  Duration since() {
    return Duration.ofNanos(System.nanoTime() - from);
  }

  /** Something that happened, on a line of its own. */
  synchronized void say(String what) {
    endLine();
    out.println(what);
  }

  /** Call about once a second. */
  synchronized void tick() {
    long now = System.nanoTime();
    if (!terminal && now - told < Duration.ofSeconds(10).toNanos()) return;
    told = now;
    if (terminal) {
      out.print("\r\033[K" + line());
      out.flush();
      open = true;
    } else {
      out.println(line());
    }
  }

  synchronized void endLine() {
    if (open) out.println();
    open = false;
  }

  private String line() {
    double seconds = since().toMillis() / 1e3;
    double rate = done() / Math.max(0.001, seconds);
    String left = rate > 0 ? clock(Duration.ofSeconds((long) ((all - done()) / rate))) : "?";
    return String.format(
        Locale.ROOT,
        "%,d / %,d 行 rows · %.0f/s · 剩余 left %s · 拒绝 refused %d · 重试 retries %d",
        done(),
        all,
        rate,
        left,
        refused.get(),
        again.get());
  }

  private static String clock(Duration d) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", d.toHours(), d.toMinutesPart(), d.toSecondsPart());
  }
}
