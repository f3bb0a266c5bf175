package org.gridline.dispatch.call;

/** What the exchange says of who calls; personal data, which never prints itself. */
public sealed interface CallerId {
  /**
   * A number that can be called back and looked up.
   *
   * @param e164 {@code +} and digits
   */
  record Known(String e164) implements CallerId {
    @Override
    public String toString() {
      return "Known";
    }
  }

  /**
   * Something that is no public number, such as an inner extension or 110.
   *
   * @param text as the exchange wrote it, at most {@link #MOST_TEXT} characters
   */
  record Other(String text) implements CallerId {
    public Other {
      if (text.isBlank() || text.length() > MOST_TEXT) {
        throw new IllegalArgumentException("1 to " + MOST_TEXT + " characters");
      }
    }

    @Override
    public String toString() {
      return "Other";
    }
  }

  /** The caller keeps the number to themselves, or it has been erased since. */
  record Withheld() implements CallerId {}

  int MOST_TEXT = 40;
}
