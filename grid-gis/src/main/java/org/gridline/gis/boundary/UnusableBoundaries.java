package org.gridline.gis.boundary;

import java.util.List;

/** A boundary file that can't be taken as it is; says every feature that is wrong, and why. */
public final class UnusableBoundaries extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param feature which feature, counted from 1, with its code where known; or the file itself
   * @param reason what is wrong with it
   */
  public record Problem(String feature, String reason) {
    @Override
    public String toString() {
      return feature + ": " + reason;
    }
  }

  private final transient List<Problem> problems;

  UnusableBoundaries(String file, List<Problem> problems) {
    super(
        file
            + " can't be used: "
            + String.join("; ", problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the file's order; at most {@link GeoJsonBoundaries#MAX_PROBLEMS}. */
  public List<Problem> problems() {
    return problems;
  }
}
