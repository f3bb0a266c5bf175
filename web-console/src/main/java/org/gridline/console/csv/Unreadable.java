package org.gridline.console.csv;

/** A file can't be read; the message says why, for people. */
public class Unreadable extends RuntimeException {
  public Unreadable(String message) {
    super(message);
  }
}
