package org.gridline.dispatch.component;

/**
 * A component's code: digits only, usually 17 (GB/T 47678.5). What they mean, a {@link CodeForm}
 * says.
 */
public record ComponentCode(String text) {
  /** The longest code that any city uses. */
  public static final int MOST_DIGITS = 40;

  public ComponentCode {
    if (text.isEmpty()
        || text.length() > MOST_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("部件标识码为数字 · a component's code is digits");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
