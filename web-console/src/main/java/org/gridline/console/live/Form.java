package org.gridline.console.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.gridline.dispatch.event.Cursor;

/** How the feed's messages are spelled on a connection. Thread-safe. */
sealed interface Form permits Sse, Compact {
  /**
   * Several news, in one buffer that everybody with the same view may share.
   *
   * @param upTo once all of it has arrived, everything up to here is told
   */
  Buffer news(List<Told> told, Cursor upTo);

  /** A part of a snapshot; positions count only when the last part has arrived. */
  Buffer snapshot(Cursor at, List<Seen> tickets, Part part, Instant now);

  Buffer heartbeat(Cursor at, Instant now);

  /** A message beside the log; it does not move the reader's position. */
  Buffer notice(String name, ObjectNode data);

  /** A ticket of a snapshot. */
  record Seen(News news, Shown shown) {}

  /** Which part of a snapshot. */
  enum Part {
    FIRST,
    MIDDLE,
    LAST,
    ONLY;

    static Part of(long index, boolean last) {
      if (index == 0) return last ? ONLY : FIRST;
      return last ? LAST : MIDDLE;
    }

    boolean first() {
      return this == FIRST || this == ONLY;
    }

    boolean last() {
      return this == LAST || this == ONLY;
    }
  }
}
