package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.List;

/**
 * Ground that can be used, and what had to be repaired or should be looked at for it. The one way
 * in for every boundary file: a city pack's, an import's, a command's.
 *
 * @param findings what was repaired and what is to look at, in the order of the files; each names
 *     its layer
 */
public record CheckedBoundaries(Boundaries boundaries, List<Finding> findings) {
  public CheckedBoundaries {
    findings = List.copyOf(findings);
  }

  /** As {@link #read(List, ReadingProgress)}, silently. */
  public static CheckedBoundaries read(List<LayerSource> files) {
    return read(files, ReadingProgress.SILENT);
  }

  /**
   * Reads all layers, coarse to fine, and checks whether the areas fit together.
   *
   * @throws UnusableBoundaries with every fatal finding of the first file that has one
   * @throws java.io.UncheckedIOException when a file can't be read
   */
  public static CheckedBoundaries read(List<LayerSource> files, ReadingProgress progress) {
    CheckedBoundaries each = readEach(files, progress);
    List<Finding> findings = new ArrayList<>(each.findings);
    findings.addAll(LayerFit.check(each.boundaries));
    return new CheckedBoundaries(each.boundaries, findings);
  }

  /**
   * Reads all layers, coarse to fine, each area by itself: for answering at once, where somebody
   * has checked how they fit before.
   *
   * @throws UnusableBoundaries with every fatal finding of the first file that has one
   * @throws java.io.UncheckedIOException when a file can't be read
   */
  public static CheckedBoundaries readEach(List<LayerSource> files, ReadingProgress progress) {
    List<Layer> layers = new ArrayList<>();
    List<Area> areas = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (LayerSource file : files) {
      BoundaryFile.Read read = BoundaryFile.read(file, progress);
      layers.add(file.layer());
      areas.addAll(read.areas());
      findings.addAll(read.findings());
    }
    return new CheckedBoundaries(new Boundaries(layers, areas), findings);
  }
}
