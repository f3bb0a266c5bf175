package org.gridline.dispatch.intake;

/**
 * Who told us; personal data, never logged.
 *
 * @param phone E.164, or empty when unknown
 * @param name as given, or empty
 */
public record Caller(String phone, String name, Confidentiality confidentiality) {
  public Caller {
    if (name.length() > 100)
      throw new IllegalArgumentException("a name has at most 100 characters");
  }

  /** Whether the handling units may know that there is a caller at all. */
  public enum Confidentiality {
    ORDINARY,
    CONFIDENTIAL
  }

  @Override
  public String toString() {
    return "Caller[" + confidentiality + "]";
  }
}
