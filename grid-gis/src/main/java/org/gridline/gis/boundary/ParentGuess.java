package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Finding.Code;

/** Parents of areas whose file names none, by where they lie. */
public final class ParentGuess {
  private ParentGuess() {}

  /**
   * The same areas with the area above that holds a point inside each.
   *
   * @param findings gets those that lie in none
   */
  public static List<Area> guess(
      Layer layer, List<Area> areas, List<Area> above, List<Finding> findings) {
    AreaTree tree = new AreaTree(above);
    Largest outside = new Largest(Code.OUTSIDE_PARENT, layer);
    List<Area> guessed = new ArrayList<>();
    for (Area area : areas) {
      Optional<String> parent =
          tree.find(area.shape().getInteriorPoint().getCoordinate()).map(Area::code);
      if (parent.isEmpty()) {
        outside.add(
            new Finding(
                Code.OUTSIDE_PARENT,
                layer.id() + " " + area.code(),
                "its middle lies in no area of the layer above · 不在上一层任何区域内",
                LayerFit.placeIn(area.shape()),
                LayerFit.squareMetres(area.shape()),
                Optional.of(area.shape())));
      }
      guessed.add(area.under(parent));
    }
    findings.addAll(outside.list());
    return guessed;
  }
}
