package org.gridline.dispatch.city;

/** A city pack that can't be used; the message says where and why. */
public final class UnusablePack extends RuntimeException {
  public UnusablePack(String message) {
    super(message);
  }
}
