package org.gridline.gis.boundary;

import java.nio.file.Path;
import java.util.List;

/** A boundary file that can't be taken as it is; says every feature that is wrong, and why. */
public final class UnusableBoundaries extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  UnusableBoundaries(String file, List<Finding> fatal) {
    super(
        file
            + " can't be used: "
            + String.join("; ", fatal.stream().map(Finding::toString).toList()));
    this.findings = List.copyOf(fatal);
  }

  /** A file that is refused for one reason. */
  public static UnusableBoundaries of(Path file, Finding fatal) {
    return new UnusableBoundaries(String.valueOf(file.getFileName()), List.of(fatal));
  }

  /** Areas that can't be used together for one reason. */
  public static UnusableBoundaries of(String what, Finding fatal) {
    return new UnusableBoundaries(what, List.of(fatal));
  }

  /** What is wrong, in the file's order; about {@link Limits#MAX_FATAL} at most. */
  public List<Finding> findings() {
    return findings;
  }
}
