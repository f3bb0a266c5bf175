package org.gridline.gis.boundary;

/** Hears how far the reading has come; called often, from the reading thread. */
public interface ReadingProgress {
  /** Nobody listens. */
  ReadingProgress SILENT = (file, features) -> {};

  /**
   * @param features of that file read so far
   */
  void read(LayerSource file, int features);
}
