package org.gridline.bench.routing;

import java.util.List;
import org.locationtech.jts.geom.Geometry;

/** JTS asked layer after layer, since it knows one at a time. */
record JtsLayers(List<Peers.JtsIndexed> layers) implements Peer {
  static JtsLayers of(List<List<Geometry>> layers) {
    return new JtsLayers(layers.stream().map(Peers.JtsIndexed::of).toList());
  }

  @Override
  public String name() {
    return "JTS indexed, each layer in turn";
  }

  @Override
  public long run(Points points) {
    return layers.stream().mapToLong(layer -> layer.run(points)).sum();
  }
}
