package org.gridline.console.http;

/**
 * Stack traces for the log. An exception's message may quote what it choked on, and that may be
 * somebody's phone number; so only classes and lines are kept.
 */
public final class Traces {
  private static final int MOST_FRAMES = 24;
  private static final int MOST_CAUSES = 5;

  private Traces() {}

  public static String withoutMessages(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    Throwable at = thrown;
    for (int cause = 0; at != null && cause < MOST_CAUSES; cause++, at = at.getCause()) {
      if (cause > 0) text.append(" caused by ");
      text.append(at.getClass().getName());
      StackTraceElement[] frames = at.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
        text.append(" < ")
            .append(frames[i].getFileName())
            .append(':')
            .append(frames[i].getLineNumber());
      }
    }
    return text.toString();
  }
}
