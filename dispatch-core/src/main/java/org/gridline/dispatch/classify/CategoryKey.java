package org.gridline.dispatch.classify;

/**
 * A category's key. Codes of different kinds overlap (GB/T 47678.5: components and events), so the
 * kind belongs to it.
 */
public record CategoryKey(String kind, String code) {
  public CategoryKey {
    if (kind.isBlank() || code.isBlank())
      throw new IllegalArgumentException("kind and code are needed");
  }
}
