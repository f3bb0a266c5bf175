package org.gridline.gis.grids;

import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;

/**
 * A piece of ground that grids are drawn on; no grid reaches beyond it.
 *
 * @param code of the community; grounds with the same code are numbered together
 * @param name of the community, for people; blank when it has none
 * @param shape polygon or multipolygon in WGS 84 degrees, longitude first
 */
public record Ground(String code, String name, Geometry shape) {
  public Ground {
    if (code.isBlank()) {
      throw new IllegalArgumentException("the ground has no code");
    }
    if (!(shape instanceof Polygonal) || shape.isEmpty()) {
      throw new IllegalArgumentException("the ground " + code + " is no polygon");
    }
  }
}
