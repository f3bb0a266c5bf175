package org.gridline.console.live;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Event-loop code, never awaits: one client of the feed, used on the feed's event loop only, except
 * where a method says otherwise.
 *
 * <p>What can't be sent yet waits here, one news a ticket, the latest; so a slow reader costs no
 * more than the tickets that changed meanwhile, and past a limit it gets a new snapshot instead.
 */
final class LiveClient {
  /** More waiting tickets than this are cheaper as a snapshot. */
  static final int MOST_WAITING = 10_000;

  private static final int MOST_NOTICES = 50;

  /** One write carries about so much when many news wait. */
  private static final int WRITE_BYTES = 32 * 1024;

  /** The connection. Its methods may be called from any thread. */
  interface Line {
    boolean full();

    void write(Buffer bytes);

    /** Asks for a new snapshot; the feed goes on collecting until {@link LiveClient#goLive}. */
    void restart();

    void close();
  }

  private enum State {
    /** The snapshot or the replay is being written; news are collected. */
    GATHERING,
    LIVE,
    CLOSED
  }

  /** {@code shown}: the client gets to see the ticket; otherwise that it is gone. */
  private record News(Frame frame, boolean shown) {
    Buffer bytes() {
      return shown ? frame.change() : frame.gone();
    }
  }

  private final byte[] tokenHash;
  private final Line line;
  private final Queue<Buffer> notices = new ArrayDeque<>();
  private final Map<Long, News> waiting = new LinkedHashMap<>();
  private volatile View view;
  private State state = State.GATHERING;
  private long seq;

  LiveClient(byte[] tokenHash, View view, Line line) {
    this.tokenHash = tokenHash.clone();
    this.view = view;
    this.line = line;
  }

  /** Any thread. */
  byte[] tokenHash() {
    return tokenHash.clone();
  }

  /** Any thread. */
  View view() {
    return view;
  }

  /** Takes news in, if they concern this client. */
  void offer(Frame frame) {
    if (state == State.CLOSED || frame.seq() <= seq) return;
    boolean seen = frame.seenBy(view);
    boolean told = Optional.ofNullable(waiting.get(frame.ticket())).filter(News::shown).isPresent();
    if (!seen && !told && !frame.wasSeenBy(view)) return;
    // Taken out first, so that it waits at the end: positions rise in the order of sending.
    waiting.remove(frame.ticket());
    waiting.put(frame.ticket(), new News(frame, seen));
    if (waiting.size() > MOST_WAITING) restart();
  }

  /** Sends what waits, as far as the connection takes it. */
  void flush() {
    tellNotices();
    while (state == State.LIVE && !waiting.isEmpty() && !line.full()) {
      Iterator<News> next = waiting.values().iterator();
      News only = next.next();
      next.remove();
      Buffer bytes = only.bytes();
      if (next.hasNext()) {
        // The frame's own bytes are shared with everybody else, so many news go into a copy.
        bytes = Buffer.buffer(WRITE_BYTES).appendBuffer(bytes);
        while (next.hasNext() && bytes.length() < WRITE_BYTES) {
          only = next.next();
          next.remove();
          bytes.appendBuffer(only.bytes());
        }
      }
      seq = only.frame().seq();
      line.write(bytes);
    }
  }

  /** Something beside the log, ahead of the news that wait; lost when too many wait already. */
  void notice(Buffer bytes) {
    if (state == State.CLOSED || notices.size() >= MOST_NOTICES) return;
    notices.add(bytes);
    tellNotices();
  }

  private void tellNotices() {
    while (state == State.LIVE && !notices.isEmpty() && !line.full()) line.write(notices.remove());
  }

  /** Snapshot or replay up to a position are written; from here on the feed writes. */
  void goLive(long upTo) {
    if (state == State.CLOSED) return;
    seq = Math.max(seq, upTo);
    waiting.values().removeIf(n -> n.frame().seq() <= seq);
    state = State.LIVE;
    flush();
  }

  /** A sign of life with the feed's position, unless older news still wait. */
  void heartbeat(long at, Buffer bytes) {
    if (state != State.LIVE || !waiting.isEmpty() || at < seq || line.full()) return;
    seq = at;
    line.write(bytes);
  }

  /**
   * From here on news are collected until {@link #goLive}.
   *
   * @return the position up to which a snapshot or replay has to tell
   */
  long gather(long feedSeq) {
    if (state == State.CLOSED) return seq;
    state = State.GATHERING;
    waiting.clear();
    seq = Math.max(seq, feedSeq);
    return seq;
  }

  /** The holder's scope has changed: what it sees now is told anew. */
  void look(View newView) {
    view = newView;
    restart();
  }

  /** Positions count anew after a restore. */
  void beginAgain() {
    seq = 0;
    restart();
  }

  /** Everything is told anew, by a snapshot. */
  void restart() {
    if (state == State.CLOSED) return;
    state = State.GATHERING;
    waiting.clear();
    line.restart();
  }

  /** Says nothing any more. */
  void close() {
    state = State.CLOSED;
    waiting.clear();
    notices.clear();
    line.close();
  }
}
