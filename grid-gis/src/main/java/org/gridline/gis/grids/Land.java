package org.gridline.gis.grids;

import java.util.Optional;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;

/**
 * Built-up land, which is what unit grids are drawn on.
 *
 * @param shape polygon or multipolygon in WGS 84 degrees, longitude first
 * @param use 用地类别, as the source codes it
 * @param grade 管理等级, as the source codes it
 */
public record Land(Geometry shape, Optional<String> use, Optional<String> grade) {
  public Land {
    if (!(shape instanceof Polygonal) || shape.isEmpty()) {
      throw new IllegalArgumentException("built-up land is no polygon");
    }
  }
}
