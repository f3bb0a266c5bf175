package org.gridline.dispatch;

/**
 * A thing's name in the languages of the house; {@code en} falls back to {@code zh} where a pack
 * has none.
 */
public record Names(String zh, String en) {
  public Names {
    if (zh.isBlank() && en.isBlank())
      throw new IllegalArgumentException("a name in at least one language is needed");
    if (zh.isBlank()) zh = en;
    if (en.isBlank()) en = zh;
  }
}
