package org.gridline.console.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/** Where an exception came from, without its message. */
final class Trace {
  private static final int MOST_FRAMES = 24;
  private static final int MOST_CAUSES = 5;

  private Trace() {}

  static String of(IThrowableProxy thrown) {
    StringBuilder text = new StringBuilder();
    IThrowableProxy at = thrown;
    for (int cause = 0; at != null && cause < MOST_CAUSES; cause++, at = at.getCause()) {
      if (cause > 0) text.append(" caused by ");
      text.append(at.getClassName());
      StackTraceElementProxy[] frames = at.getStackTraceElementProxyArray();
      for (int i = 0; frames != null && i < Math.min(frames.length, MOST_FRAMES); i++) {
        StackTraceElement frame = frames[i].getStackTraceElement();
        text.append(" < ").append(frame.getFileName()).append(':').append(frame.getLineNumber());
      }
    }
    return text.toString();
  }
}
