package org.gridline.dispatch.place;

import org.gridline.gis.boundary.Boundaries;

/**
 * The boundaries that hold, and which version of them.
 *
 * @param version as tickets keep it
 */
public record Ground(String version, Boundaries boundaries) {
  public Ground {
    if (version.isBlank()) throw new IllegalArgumentException("boundaries have a version");
  }
}
