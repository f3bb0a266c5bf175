package org.gridline.bench.common;

/** One of those that are compared: what it does many times is called a life here. */
@FunctionalInterface
public interface Side {
  /**
   * Lets so many tickets live from the first report to the end.
   *
   * @param lives a multiple of the connections
   * @param connections at once
   * @return seconds that it took
   */
  double live(int lives, int connections) throws Exception;

  /** Makes the tables as they are after a quiet hour, where nobody else does. */
  default void settle() throws Exception {}
}
