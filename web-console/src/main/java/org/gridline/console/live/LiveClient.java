package org.gridline.console.live;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/**
 * Event-loop code, never awaits: one client of the feed, used on the feed's event loop only, except
 * where a method says otherwise.
 *
 * <p>Nothing of the log waits here: a client that is behind is a position in the ring that all
 * share, so a slow reader costs the same as a quick one. When it can take more, it is told each
 * ticket that changed meanwhile once, as it stands then; when the ring has gone on without it, it
 * gets a snapshot.
 */
final class LiveClient {
  private static final int MOST_NOTICES = 50;
  private static final Queue<Buffer> NO_NOTICES = new ArrayDeque<>(0);

  private enum State {
    /** The snapshot or the replay is being written. */
    GATHERING,
    /** Told up to {@code seq}. */
    BEHIND,
    /** Told all that the feed has told anybody. */
    CURRENT,
    CLOSED
  }

  private final byte[] tokenHash;
  private final Line line;
  private final Form form;
  private volatile View view;
  private Queue<Buffer> notices = NO_NOTICES;
  private State state = State.GATHERING;
  private long seq;
  private Map<Long, Instant> workers = Map.of();

  LiveClient(byte[] tokenHash, View view, Form form, Line line) {
    this.tokenHash = tokenHash.clone();
    this.view = view;
    this.form = form;
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

  Form form() {
    return form;
  }

  Line line() {
    return line;
  }

  boolean current() {
    return state == State.CURRENT;
  }

  boolean behind() {
    return state == State.BEHIND;
  }

  boolean closed() {
    return state == State.CLOSED;
  }

  /** Whether something beside the log may be written now. */
  boolean listens() {
    return state == State.CURRENT || state == State.BEHIND;
  }

  /** The workers that it was told of, each with when they were there. */
  Map<Long, Instant> workers() {
    return workers;
  }

  void knowsWorkers(Map<Long, Instant> told) {
    workers = told.isEmpty() ? Map.of() : told;
  }

  /** Up to where it was told, unless it is current. */
  long seq() {
    return seq;
  }

  /** Could not take what comes after a position. */
  void fallBehind(long at) {
    if (state != State.CURRENT) return;
    state = State.BEHIND;
    seq = Math.max(seq, at);
  }

  /** Was told up to a position, but not to the end. */
  void reach(long at) {
    if (state == State.BEHIND) seq = Math.max(seq, at);
  }

  /** Was told all there is. */
  void catchUp(long at) {
    if (state != State.BEHIND) return;
    state = State.CURRENT;
    seq = Math.max(seq, at);
  }

  /** Something beside the log; lost when too many wait already. */
  void notice(Buffer bytes) {
    if (state == State.CLOSED || notices.size() >= MOST_NOTICES) return;
    if (notices == NO_NOTICES) notices = new ArrayDeque<>(2);
    notices.add(bytes);
    tellNotices();
  }

  void tellNotices() {
    while (listens() && !notices.isEmpty() && !line.full()) line.write(notices.remove());
  }

  /** Snapshot or replay up to a position are written; from here on the feed writes. */
  void goLive(long upTo) {
    if (state != State.GATHERING) return;
    seq = Math.max(seq, upTo);
    state = State.BEHIND;
  }

  /**
   * From here on nothing is told until {@link #goLive}.
   *
   * @return positions below this one must not be told any more
   */
  long gather(long feedSeq) {
    if (state == State.CURRENT) seq = Math.max(seq, feedSeq);
    if (state != State.CLOSED) state = State.GATHERING;
    return seq;
  }

  void look(View newView) {
    view = newView;
  }

  /** Positions count anew after a restore. */
  void beginAgain() {
    seq = 0;
    if (state == State.CURRENT) state = State.BEHIND;
  }

  /** Everything is told anew, by a snapshot. */
  void restart(long feedSeq) {
    if (state == State.CLOSED) return;
    gather(feedSeq);
    line.restart();
  }

  /** Says nothing any more. */
  void close() {
    state = State.CLOSED;
    notices = NO_NOTICES;
    workers = Map.of();
    line.close();
  }
}
