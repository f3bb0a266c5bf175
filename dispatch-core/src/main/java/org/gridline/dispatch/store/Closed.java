package org.gridline.dispatch.store;

/** The condition that nobody works on a ticket any more; said in one place. */
final class Closed {
  private Closed() {}

  /** For the ticket of that alias. */
  static String sql(String alias) {
    return "(NOT " + alias + ".\"open\")";
  }
}
