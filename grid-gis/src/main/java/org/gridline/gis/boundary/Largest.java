package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import org.gridline.gis.boundary.Finding.Code;

/** Findings of one kind: the largest by name, the others as a sum. */
final class Largest {
  private static final Comparator<Finding> BY_SIZE =
      Comparator.comparingDouble(Finding::squareMetres)
          .thenComparing(Finding::feature, Comparator.reverseOrder());

  private final Code code;
  private final Layer layer;
  private final PriorityQueue<Finding> named = new PriorityQueue<>(BY_SIZE);
  private int others;
  private double othersSquareMetres;

  Largest(Code code, Layer layer) {
    this.code = code;
    this.layer = layer;
  }

  void add(Finding finding) {
    if (finding.squareMetres() < LayerFit.NAMED_SQUARE_METRES) {
      sum(finding);
    } else {
      named.add(finding);
      if (named.size() > LayerFit.MOST_NAMED) {
        sum(named.remove());
      }
    }
  }

  private void sum(Finding finding) {
    others++;
    othersSquareMetres += finding.squareMetres();
  }

  List<Finding> list() {
    List<Finding> all = new ArrayList<>(named);
    all.sort(BY_SIZE.reversed());
    if (others > 0) {
      all.add(
          new Finding(
              code,
              layer.id(),
              String.format(
                  Locale.ROOT,
                  "%d smaller ones, together %.1f m² · 另有 %d 处较小",
                  others,
                  othersSquareMetres,
                  others),
              java.util.Optional.empty(),
              othersSquareMetres));
    }
    return all;
  }
}
