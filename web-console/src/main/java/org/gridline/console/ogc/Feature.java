package org.gridline.console.ogc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.locationtech.jts.geom.Geometry;

/**
 * One thing of a collection.
 *
 * @param id as it stands in addresses
 * @param shape in WGS 84, longitude first; absent where the place is not known
 */
record Feature(String id, Optional<Geometry> shape, ObjectNode properties) {

  /**
   * Some of them, in the collection's order.
   *
   * @param matched how many fit on all pages, where that is cheap to know
   * @param next where the following page begins
   */
  record Page(List<Feature> features, OptionalLong matched, Optional<String> next) {
    Page {
      features = List.copyOf(features);
    }
  }
}
