package org.gridline.console.replay;

/** The replay can't begin or can't go on; the message says why, for people. */
final class Unreplayable extends RuntimeException {
  Unreplayable(String message) {
    super(message);
  }
}
