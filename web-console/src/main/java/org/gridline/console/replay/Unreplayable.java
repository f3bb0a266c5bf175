package org.gridline.console.replay;

import org.gridline.console.csv.Unreadable;

/** The replay can't begin or can't go on; the message says why, for people. */
final class Unreplayable extends Unreadable {
  Unreplayable(String message) {
    super(message);
  }
}
