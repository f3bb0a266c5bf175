package org.gridline.console.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.gridline.console.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets against a real listener. */
class ConnectionsTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger refused = new AtomicInteger();
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (Socket socket : sockets) socket.close();
    vertx.close().await(60, TimeUnit.SECONDS);
  }

  private int listen(Connections connections) throws Exception {
    return vertx
        .createHttpServer(new HttpServerOptions())
        .connectionHandler(connections)
        .webSocketHandler(
            socket -> {
              socket.writeTextMessage("hello");
              socket.textMessageHandler(socket::writeTextMessage);
            })
        .requestHandler(r -> r.response().end("ok"))
        .listen(0, "127.0.0.1")
        .await(60, TimeUnit.SECONDS)
        .actualPort();
  }

  private Socket from(String address, int port) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 60_000);
    socket.setSoTimeout(60_000);
    sockets.add(socket);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** The answer's first line, or nothing when the other side has hung up. */
  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    try {
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) line.append((char) c);
    } catch (SocketException reset) {
      return "";
    }
    return line.toString().strip();
  }

  private static String asked(Socket socket) throws IOException {
    try {
      send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    } catch (SocketException reset) {
      return "";
    }
    return line(socket);
  }

  @Test
  void one_address_gets_so_many_and_others_go_on() throws Exception {
    Connections connections = new Connections(100, 3, a -> false, refused::incrementAndGet);
    int port = listen(connections);
    for (int i = 0; i < 3; i++) assertThat(asked(from("127.0.0.2", port))).contains("200");
    assertThat(asked(from("127.0.0.2", port))).isEmpty();
    assertThat(asked(from("127.0.0.3", port))).contains("200");
    assertThat(refused).hasValue(1);
    sockets.getFirst().close();
    Await.until(() -> connections.open() == 3);
    assertThat(asked(from("127.0.0.2", port))).contains("200");
  }

  @Test
  void all_together_get_so_many_and_proxies_as_many_as_there_are() throws Exception {
    Connections connections =
        new Connections(5, 1, a -> a.equals("127.0.0.9"), refused::incrementAndGet);
    int port = listen(connections);
    for (int i = 0; i < 5; i++) assertThat(asked(from("127.0.0.9", port))).contains("200");
    assertThat(asked(from("127.0.0.9", port))).isEmpty();
  }

  @Test
  void a_head_that_comes_byte_by_byte_is_not_waited_for() throws Exception {
    int port = listen(new Connections(100, 100, a -> true, refused::incrementAndGet));
    Socket slow = from("127.0.0.4", port);
    // A whole request first: the second head is watched as well.
    assertThat(asked(slow)).contains("200");
    long begun = System.nanoTime();
    String head = "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " + "a".repeat(600);
    boolean open = true;
    for (int i = 0; open && i < head.length(); i++) {
      try {
        send(slow, head.substring(i, i + 1));
        slow.setSoTimeout(100);
        open = slow.getInputStream().read() >= 0;
      } catch (SocketTimeoutException stillOpen) {
        open = true;
      } catch (SocketException reset) {
        open = false;
      }
      // What is left of the first answer's body.
      if (slow.isClosed()) open = false;
    }
    assertThat(open).isFalse();
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(HeadDeadline.SECONDS - 1);
  }

  @Test
  void a_web_socket_outlives_the_deadline_of_heads() throws Exception {
    int port = listen(new Connections(100, 100, a -> true, refused::incrementAndGet));
    List<String> heard = new ArrayList<>();
    var socket =
        vertx.createWebSocketClient().connect(port, "127.0.0.1", "/").await(60, TimeUnit.SECONDS);
    socket.textMessageHandler(
        text -> {
          synchronized (heard) {
            heard.add(text);
          }
        });
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(HeadDeadline.SECONDS + 3L)) {
      int before = size(heard);
      socket.writeTextMessage("again").await(60, TimeUnit.SECONDS);
      Await.until(() -> size(heard) > before);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    assertThat(socket.isClosed()).isFalse();
  }

  private static int size(List<String> heard) {
    synchronized (heard) {
      return heard.size();
    }
  }
}
