package org.gridline.dispatch.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What a file turned out to be.
 *
 * @param size in pixels, for pictures
 * @param orientation which way is up, 1 to 8 as EXIF counts; 1 is upright
 * @param covers what others don't get, in ascending order, not overlapping
 */
public record Finding(
    MediaType type,
    Optional<Size> size,
    int orientation,
    Stated stated,
    Shown shown,
    List<Cover> covers) {
  public Finding {
    covers = List.copyOf(covers);
  }

  /** Something that is no picture. */
  static Finding without(MediaType type, List<Cover> covers) {
    return new Finding(type, Optional.empty(), 1, Stated.nothing(), Shown.BY_DOWNLOAD, covers);
  }

  /** Pixels. */
  public record Size(int width, int height) {
    public long pixels() {
      return (long) width * height;
    }
  }

  /** Whether a small picture of it can be made without much memory. */
  public enum Shown {
    BY_PREVIEW,
    BY_DOWNLOAD
  }
}
