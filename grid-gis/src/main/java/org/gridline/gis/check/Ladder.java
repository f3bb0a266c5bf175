package org.gridline.gis.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.Finding;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.ParentGuess;

/**
 * Layers on top of each other. Where a file names no parents, an area is taken to belong to the one
 * of the layer above that holds a point inside it.
 *
 * @param findings areas that lie in none
 */
record Ladder(Boundaries boundaries, List<Finding> findings) {
  Ladder {
    findings = List.copyOf(findings);
  }

  static Ladder of(List<CheckedBoundaries> coarseToFine) {
    List<Layer> layers = new ArrayList<>();
    List<Area> areas = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    List<Area> above = List.of();
    for (CheckedBoundaries one : coarseToFine) {
      Layer layer = one.boundaries().finest();
      List<Area> own = one.boundaries().areas();
      if (!above.isEmpty() && own.stream().map(Area::parent).allMatch(Optional::isEmpty)) {
        own = ParentGuess.guess(layer, own, above, findings);
      }
      layers.add(layer);
      areas.addAll(own);
      above = own;
    }
    return new Ladder(new Boundaries(layers, areas), findings);
  }
}
