package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.List;

/**
 * Ground that can be used, and what had to be repaired for it. The one way in for every boundary
 * file: a city pack's, an import's, a command's.
 *
 * @param findings what was repaired, in the order of the files; each names its layer
 */
public record CheckedBoundaries(Boundaries boundaries, List<Finding> findings) {
  public CheckedBoundaries {
    findings = List.copyOf(findings);
  }

  /**
   * Reads all layers, coarse to fine.
   *
   * @throws UnusableBoundaries with every fatal finding of the first file that has one
   * @throws java.io.UncheckedIOException when a file can't be read
   */
  public static CheckedBoundaries read(List<LayerSource> files) {
    List<Layer> layers = new ArrayList<>();
    List<Area> areas = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (LayerSource file : files) {
      BoundaryFile.Read read = BoundaryFile.read(file);
      layers.add(file.layer());
      areas.addAll(read.areas());
      findings.addAll(read.findings());
    }
    return new CheckedBoundaries(new Boundaries(layers, areas), findings);
  }
}
