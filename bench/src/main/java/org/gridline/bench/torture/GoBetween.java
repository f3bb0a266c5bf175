package org.gridline.bench.torture;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the server and its database, understands as much of their language as it needs,
 * and cuts a connection exactly where a statement that writes is committed. Each message before a
 * Sync waits for it, so a statement goes whole or not at all.
 */
final class GoBetween implements AutoCloseable {
  private final ServerSocket door;
  private final int database;
  private final AtomicInteger toCut = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile Cut manner = Cut.BEFORE;
  private volatile Duration ahead = Duration.ZERO;

  /** Where a connection is cut. */
  enum Cut {
    /** The statement does not arrive. */
    BEFORE,
    /** It was forwarded, and nobody waits for what becomes of it. */
    SENT,
    /** It was committed and answered, and the answer does not arrive. */
    ANSWERED
  }

  GoBetween(int port, int database) throws IOException {
    this.database = database;
    this.door = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("go-between").start(this::receive);
  }

  /** The next statements that write lose their connection. */
  void cut(Cut how, int statements) {
    manner = how;
    toCut.set(statements);
  }

  /** How many are still to be cut. */
  int left() {
    return toCut.get();
  }

  /** Cuts no more; returns how many it has cut since the last time. */
  int spare() {
    toCut.set(0);
    return cuts.getAndSet(0);
  }

  /** The database's time is told so much ahead from now on. */
  void shiftTime(Duration by) {
    ahead = by;
  }

  Duration ahead() {
    return ahead;
  }

  private void receive() {
    while (!door.isClosed()) {
      try {
        Socket server = door.accept();
        Thread.ofVirtual().start(() -> serve(server));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket server) {
    try (server;
        Socket there = new Socket(InetAddress.getLoopbackAddress(), database)) {
      server.setTcpNoDelay(true);
      there.setTcpNoDelay(true);
      Talk talk = new Talk(this, server, there);
      Thread back = Thread.ofVirtual().start(() -> end(talk::answers, server, there));
      end(talk::questions, server, there);
      back.join();
    } catch (IOException refused) {
      // The other end learns it by the closed connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One direction of a connection. */
  private interface Way {
    void go() throws IOException;
  }

  /** Whichever way ends takes the other with it. */
  private static void end(Way way, Socket server, Socket there) {
    try {
      way.go();
    } catch (IOException cut) {
      // Ended all the same.
    } finally {
      close(server);
      close(there);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is what was wanted.
    }
  }

  /** Whether this statement is one of those that are cut. */
  boolean takes() {
    if (toCut.get() <= 0 || toCut.getAndDecrement() <= 0) return false;
    cuts.incrementAndGet();
    return true;
  }

  Cut manner() {
    return manner;
  }

  static byte[] message(int type, DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 4 || length > 1 << 30) throw new IOException("not a message");
    byte[] whole = new byte[1 + length];
    whole[0] = (byte) type;
    whole[1] = (byte) (length >>> 24);
    whole[2] = (byte) (length >>> 16);
    whole[3] = (byte) (length >>> 8);
    whole[4] = (byte) length;
    in.readFully(whole, 5, length - 4);
    return whole;
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
