package org.gridline.console.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A WebSocket. What clients send is little and small: whoever sends more, or what is no text, is
 * shown out.
 */
final class SocketLine implements Wire {
  private static final short NOT_TAKEN = 1003;
  private static final short AGAINST_THE_RULES = 1008;
  private static final short AWAY = 1001;

  /** So many frames, pings included, in so much time. */
  private static final int MOST_FRAMES = 20;

  private static final long PER_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long SILENT_NANOS = Duration.ofSeconds(60).toNanos();
  private static final Buffer EMPTY = Buffer.buffer();

  private final ServerWebSocket socket;
  private volatile long heardNanos = System.nanoTime();
  private volatile boolean asked;
  // Used on the socket's context only.
  private long countedFrom = System.nanoTime();
  private int counted;

  SocketLine(ServerWebSocket socket) {
    this.socket = socket;
    socket.setWriteQueueMaxSize(Line.MOST_WAITING_BYTES);
  }

  @Override
  public void handlers(Runnable drained, Runnable lost) {
    socket.drainHandler(v -> drained.run());
    socket.closeHandler(v -> lost.run());
    // A frame that is too large or malformed ends up here; there is nothing more to say.
    socket.exceptionHandler(
        e -> {
          socket.close(AGAINST_THE_RULES);
          lost.run();
        });
  }

  /** What the client says; on the socket's context. */
  void onText(Consumer<String> listener) {
    socket.pongHandler(pong -> heardNanos = System.nanoTime());
    socket.frameHandler(
        frame -> {
          heardNanos = System.nanoTime();
          if (tooMany() || !whole(frame)) return;
          if (frame.isText()) listener.accept(frame.textData());
        });
  }

  void refuse() {
    if (!socket.isClosed()) socket.close(AGAINST_THE_RULES);
  }

  private boolean tooMany() {
    long now = System.nanoTime();
    if (now - countedFrom > PER_NANOS) {
      countedFrom = now;
      counted = 0;
    }
    if (++counted <= MOST_FRAMES) return false;
    refuse();
    return true;
  }

  private boolean whole(WebSocketFrame frame) {
    if (!frame.isBinary() && !frame.isContinuation() && frame.isFinal()) return true;
    if (!socket.isClosed()) socket.close(NOT_TAKEN);
    return false;
  }

  @Override
  public boolean full() {
    try {
      // Asked for each socket at each step; whether it is closed costs a lock, and is told besides.
      return socket.writeQueueFull();
    } catch (IllegalStateException closedMeanwhile) {
      return true;
    }
  }

  @Override
  public boolean gone() {
    return socket.isClosed() || (asked && System.nanoTime() - heardNanos > SILENT_NANOS);
  }

  @Override
  public void write(Buffer bytes) {
    if (Compact.isText(bytes)) socket.writeFinalTextFrame(bytes.toString());
    else socket.writeFinalBinaryFrame(bytes);
  }

  @Override
  public void ping() {
    if (full()) return;
    asked = true;
    socket.writePing(EMPTY);
  }

  @Override
  public void end() {
    if (!socket.isClosed()) socket.close(AWAY);
  }
}
