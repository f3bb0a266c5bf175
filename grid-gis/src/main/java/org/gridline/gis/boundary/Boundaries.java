package org.gridline.gis.boundary;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ground of a city at one version.
 *
 * @param layers coarse to fine, the last one is the finest
 * @param areas all areas of all layers
 */
public record Boundaries(List<Layer> layers, List<Area> areas) {

  private record Key(String layer, String code) {}

  /**
   * @throws IllegalArgumentException when there is no layer, a layer id comes twice, an area is of
   *     no layer here, or layer and code come twice
   */
  public Boundaries {
    layers = List.copyOf(layers);
    areas = List.copyOf(areas);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("boundaries need at least one layer");
    }
    Set<String> ids = new HashSet<>();
    for (Layer layer : layers) {
      if (!ids.add(layer.id())) {
        throw new IllegalArgumentException("layer " + layer.id() + " is there twice");
      }
    }
    Set<Key> seen = new HashSet<>();
    for (Area area : areas) {
      if (!ids.contains(area.layer())) {
        throw new IllegalArgumentException(
            "area " + area.code() + " is of the unknown layer " + area.layer());
      }
      if (!seen.add(new Key(area.layer(), area.code()))) {
        throw new IllegalArgumentException(
            "code " + area.code() + " is there twice in layer " + area.layer());
      }
    }
  }

  /** The layer that tickets are routed by. */
  public Layer finest() {
    return layers.getLast();
  }

  /** The areas of one layer in the order given; none for a layer not here. */
  public List<Area> list(String layerId) {
    return areas.stream().filter(area -> area.layer().equals(layerId)).toList();
  }
}
