package org.gridline.dispatch.notice;

/**
 * A way of telling somebody who does not look at the pages: e-mail here, a text message, a voice
 * call or a messenger elsewhere. The bell needs none of this: a notice's own row is what it shows,
 * and so can't be lost or come twice. What goes out by a means has a row of its own until it is
 * settled. Called on virtual threads, several at once; waits a bounded time.
 */
public interface NoticeMeans {
  MeansKind kind();

  /**
   * Tells one person once. A letter that is told again, because it was not known whether it
   * arrived, has the same {@link Letter#id}, by which the other side can know it.
   */
  Verdict tell(Letter letter);

  /** What came of it. {@code why} is short and holds no address: it is shown and logged. */
  sealed interface Verdict {
    /** The other side answered that it has it. */
    record Taken() implements Verdict {}

    /** It did not take it, and may later. */
    record Later(String why) implements Verdict {}

    /** It does not take it and won't. */
    record Refused(String why) implements Verdict {}

    /** It was told, and the answer was lost: it may have it. */
    record Unknown(String why) implements Verdict {}
  }
}
