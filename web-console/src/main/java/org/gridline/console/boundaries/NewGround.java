package org.gridline.console.boundaries;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.Finding;

/**
 * The ground with one layer replaced or added. A layer that is there keeps its place in the order;
 * a new one goes first, so that the finest layer stays the last. Pure.
 *
 * @param findings what forbids it, with the codes that are another area's too; empty when it can be
 */
record NewGround(List<LayerNote> layers, List<Area> areas, List<Finding> findings) {
  private static final int MOST_FINDINGS = 100;

  static NewGround of(GroundSnapshot base, LayerNote layer, List<Area> fresh) {
    List<LayerNote> layers = new ArrayList<>(base.layers());
    int at = layers.stream().map(LayerNote::id).toList().indexOf(layer.id());
    if (at < 0) layers.addFirst(layer);
    else layers.set(at, layer);
    List<Area> areas = new ArrayList<>();
    for (LayerNote note : layers)
      areas.addAll(note.id().equals(layer.id()) ? fresh : base.boundaries().list(note.id()));
    return new NewGround(layers, areas, clashes(layer.id(), areas));
  }

  Boundaries boundaries() {
    return new Boundaries(layers.stream().map(LayerNote::layer).toList(), areas);
  }

  /** Duties, scopes and filters name areas by code alone, so a code means one area of the city. */
  private static List<Finding> clashes(String layer, List<Area> areas) {
    Map<String, String> layerOfCode = new HashMap<>();
    List<Finding> found = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (Area area : areas) {
      Optional<String> other =
          Optional.ofNullable(layerOfCode.putIfAbsent(area.code(), area.layer()));
      if (other.isEmpty() || !told.add(area.code()) || found.size() >= MOST_FINDINGS) continue;
      found.add(
          new Finding(
              Finding.Code.CODE_DUPLICATE,
              area.code(),
              other.get().equals(area.layer())
                  ? "代码重复(按该图层的代码规则整理后) · the code comes twice after the layer's code rules"
                  : "代码已用于图层 · the code is also one of layer "
                      + (area.layer().equals(layer) ? other.get() : area.layer())));
    }
    return found;
  }
}
