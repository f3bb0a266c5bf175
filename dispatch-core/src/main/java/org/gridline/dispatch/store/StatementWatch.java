package org.gridline.dispatch.store;

/**
 * Is told how each statement went. Called on the thread that waited for the statement; must not
 * wait itself and must not throw.
 */
public interface StatementWatch {
  /** What a statement does. */
  enum Kind {
    READ,
    WRITE
  }

  /** Nobody looks. */
  StatementWatch NOBODY =
      new StatementWatch() {
        @Override
        public void begins() {}

        @Override
        public void ends(String part, Kind kind, String result, long nanos) {}
      };

  /** A statement waits for a connection or runs. */
  void begins();

  /**
   * It came to its end.
   *
   * @param part the adapter that asked, one of a dozen fixed words
   * @param result {@code ok}, a SQLSTATE, {@code timeout} or {@code connection}
   * @param nanos waiting for a connection included
   */
  void ends(String part, Kind kind, String result, long nanos);
}
