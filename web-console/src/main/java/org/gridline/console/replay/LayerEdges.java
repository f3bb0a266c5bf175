package org.gridline.console.replay;

import java.util.List;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.position.RawPosition;

/** How far a position is from the nearest boundary of one layer. Thread-safe. */
final class LayerEdges {
  private final GroundIndex index;

  LayerEdges(Boundaries ground, String layer) {
    this.index =
        GroundIndex.build(
            new Boundaries(
                ground.layers().stream().filter(l -> l.id().equals(layer)).toList(),
                ground.list(layer)),
            List.of());
  }

  /** Infinite when the numbers are no position. */
  double metres(RawPosition position) {
    try {
      return index.locate(position, 0).distanceToBoundaryMetres();
    } catch (IllegalArgumentException nowhere) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
