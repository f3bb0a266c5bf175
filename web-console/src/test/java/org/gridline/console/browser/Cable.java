package org.gridline.console.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between one person and the city, which can be cut: every connection breaks, and new
 * ones are hung up at once, until it is mended. A browser's own offline switch leaves open streams
 * alone, so it would prove nothing.
 */
final class Cable implements AutoCloseable {
  private final InetSocketAddress far;
  private final ServerSocket near;
  private final Set<Socket> lines = ConcurrentHashMap.newKeySet();
  private volatile boolean whole = true;

  Cable(int port) {
    InetAddress here = InetAddress.getLoopbackAddress();
    far = new InetSocketAddress(here, port);
    try {
      near = new ServerSocket(0, 50, here);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("cable").start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + near.getLocalPort();
  }

  void cut() {
    whole = false;
    lines.forEach(Cable::hangUp);
  }

  void mend() {
    whole = true;
  }

  private void accept() {
    while (!near.isClosed()) {
      try {
        join(near.accept());
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void join(Socket one) {
    Socket other = new Socket();
    lines.add(one);
    lines.add(other);
    try {
      if (!whole) throw new IOException("cut");
      other.connect(far);
      Thread.ofVirtual().start(() -> carry(one, other));
      Thread.ofVirtual().start(() -> carry(other, one));
      // Whoever connects while the cable is being cut must not slip through.
      if (!whole) throw new IOException("cut");
    } catch (IOException broken) {
      hangUp(one);
      hangUp(other);
    }
  }

  private void carry(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      // Both ends are hung up below, which is all that a cable can do about it.
    } finally {
      hangUp(from);
      hangUp(to);
      lines.remove(from);
      lines.remove(to);
    }
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      near.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
