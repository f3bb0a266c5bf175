package org.gridline.dispatch.ground;

/**
 * A piece of ground that changed its code or its shape from one version to the next.
 *
 * @param shareOfOld how much of the old area lies in the new one, 0 to 1
 * @param shareOfNew how much of the new area lay in the old one, 0 to 1
 * @param oldStays whether the new version still has the old code
 */
public record Heritage(
    String layer,
    String oldCode,
    String newCode,
    double shareOfOld,
    double shareOfNew,
    boolean oldStays) {
  public Heritage {
    if (!(shareOfOld >= 0 && shareOfOld <= 1 && shareOfNew >= 0 && shareOfNew <= 1))
      throw new IllegalArgumentException("shares are 0 to 1");
  }
}
