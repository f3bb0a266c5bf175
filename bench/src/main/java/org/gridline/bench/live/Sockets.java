package org.gridline.bench.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Many WebSockets read by one thread, which both sides have as their client. */
final class Sockets implements AutoCloseable {
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int PING = 9;
  private static final int CLOSE = 8;
  private static final byte[] PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

  private final Selector selector = Selector.open();
  private final Listener listener;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger complete = new AtomicInteger();
  private final AtomicLong frames = new AtomicLong();
  private final Thread thread;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
  private volatile boolean stopped;
  private volatile String wrong = "";

  /** Hears every binary message, on the reading thread. */
  interface Listener {
    void message(Sockets all, int socket, ByteBuffer message);
  }

  private static final class One {
    private final int number;
    private byte[] rest = {};
    private boolean answered;

    private One(int number) {
      this.number = number;
    }
  }

  private Sockets(Listener listener) throws IOException {
    this.listener = listener;
    this.thread = new Thread(this::run, "sockets");
  }

  /**
   * Connects so many and waits until each has what it begins with.
   *
   * @param snapshot whether that is a snapshot, and not the answer to the upgrade alone
   */
  static Sockets open(
      int port, String token, String query, int count, boolean snapshot, Listener listener)
      throws IOException {
    Sockets sockets = new Sockets(listener);
    sockets.thread.start();
    for (int i = 0; i < count; i++) {
      SocketChannel channel = connect(port, token, query, 0);
      channel.configureBlocking(false);
      channel.register(sockets.selector, SelectionKey.OP_READ, new One(i));
      sockets.selector.wakeup();
      // Not more at once than a listener keeps waiting.
      while (sockets.ready(snapshot) < i - 100) LockSupport.parkNanos(1_000_000);
    }
    while (sockets.ready(snapshot) < count) LockSupport.parkNanos(1_000_000);
    return sockets;
  }

  /** A socket that has asked for the upgrade; nothing is read yet. */
  static SocketChannel connect(int port, String token, String query, int receiveBytes)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    if (receiveBytes > 0) channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String head =
        "GET /api/v1/events"
            + query
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\n\r\n";
    ByteBuffer out = ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
    while (out.hasRemaining()) channel.write(out);
    return channel;
  }

  private int ready(boolean snapshot) {
    if (!wrong.isEmpty()) throw new IllegalStateException(wrong);
    return snapshot ? complete.get() : open.get();
  }

  /** How many are connected. */
  int open() {
    return open.get();
  }

  /** Binary messages so far. */
  long frames() {
    return frames.get();
  }

  void completed() {
    complete.incrementAndGet();
  }

  private void run() {
    try {
      while (!stopped) {
        selector.select(100);
        List<SelectionKey> ready = new ArrayList<>(selector.selectedKeys());
        selector.selectedKeys().clear();
        for (SelectionKey key : ready)
          if (key.attachment() instanceof One one && !read(key, one)) {
            key.cancel();
            key.channel().close();
            open.decrementAndGet();
          }
      }
    } catch (IOException | RuntimeException e) {
      wrong = "the reading thread has ended: " + e;
    }
  }

  /** False at its end. */
  private boolean read(SelectionKey key, One one) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    buffer.clear();
    buffer.put(one.rest);
    try {
      if (channel.read(buffer) < 0) return false;
    } catch (IOException reset) {
      return false;
    }
    buffer.flip();
    boolean goesOn = (one.answered || answered(one)) && frames(channel, one);
    one.rest = new byte[buffer.remaining()];
    buffer.get(one.rest);
    return goesOn || !one.answered;
  }

  private boolean answered(One one) {
    for (int i = 3; i < buffer.limit(); i++) {
      if (buffer.get(i) != '\n' || buffer.get(i - 2) != '\n') continue;
      String head = new String(buffer.array(), 0, i, StandardCharsets.ISO_8859_1);
      if (!head.startsWith("HTTP/1.1 101"))
        throw new IllegalStateException("not opened: " + head.lines().findFirst().orElse(""));
      buffer.position(i + 1);
      one.answered = true;
      open.incrementAndGet();
      return true;
    }
    return false;
  }

  private boolean frames(SocketChannel channel, One one) throws IOException {
    while (buffer.remaining() >= 2) {
      int start = buffer.position();
      int opcode = buffer.get() & 0x0f;
      int length = buffer.get() & 0x7f;
      if (length == 126) {
        if (buffer.remaining() < 2) return back(start);
        length = buffer.getShort() & 0xffff;
      } else if (length == 127) {
        if (buffer.remaining() < 8) return back(start);
        length = (int) buffer.getLong();
      }
      if (buffer.remaining() < length) return back(start);
      int end = buffer.position() + length;
      switch (opcode) {
        case BINARY -> {
          frames.incrementAndGet();
          listener.message(this, one.number, buffer.slice(buffer.position(), length));
        }
        case PING -> channel.write(ByteBuffer.wrap(PONG));
        case CLOSE -> {
          buffer.position(end);
          return false;
        }
        case TEXT -> {}
        default -> throw new IllegalStateException("opcode " + opcode);
      }
      buffer.position(end);
    }
    return true;
  }

  private boolean back(int start) {
    buffer.position(start);
    return true;
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) key.channel().close();
    selector.close();
  }
}
