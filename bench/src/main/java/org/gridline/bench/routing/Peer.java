package org.gridline.bench.routing;

/** Something that answers points. */
interface Peer {
  String name();

  /** Answers all points; what it returns keeps the work from being optimised away. */
  long run(Points points);

  /**
   * Seconds of processor so far that the answers cost, when they are not those of the thread that
   * asks.
   */
  default double cpuSeconds() {
    return Stopwatch.threadSeconds();
  }
}
