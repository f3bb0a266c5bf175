package org.gridline.gis.boundary;

/** What one boundary file may hold; more is refused before it costs memory. */
public final class Limits {
  /** Larger content is refused, packed or not: a district at full detail is under 10 MB. */
  public static final long MAX_FILE_BYTES = 256L << 20;

  /** More vertices than this in one file are refused (each costs some 30 bytes of memory). */
  public static final int MAX_VERTICES = 8_000_000;

  /**
   * Vertices of one area; it is written by one statement of 16 bytes a vertex, which must not last
   * long. The most detailed coast of a whole province has some 10⁵.
   */
  public static final int MAX_AREA_VERTICES = 500_000;

  /** A city of unit grids has some 10⁵. */
  public static final int MAX_FEATURES = 1_000_000;

  /** Reading stops after so many bad features. */
  public static final int MAX_FATAL = 100;

  /** No code of any standard is longer than 20. */
  public static final int MAX_CODE_CHARS = 100;

  public static final int MAX_NAME_CHARS = 500;

  private Limits() {}
}
