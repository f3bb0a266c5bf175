package org.gridline.bench.torture;

/** What must hold does not. */
final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1;

  Broken(String what) {
    super(what);
  }
}
