package org.gridline.bench.intake;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.gridline.bench.common.Hands;
import org.gridline.bench.common.RunServer;
import org.gridline.bench.common.SampleCity;
import org.gridline.bench.common.Side;
import org.gridline.dispatch.classify.CategoryKey;

/**
 * Reports over HTTP on connections that are kept, by a client that does as little as it can: bare
 * sockets, a request in one piece, an answer of which only the status and the length are read.
 */
final class HttpReports implements Side, AutoCloseable {
  /** Told to come again later. */
  static final class Refused extends RuntimeException {
    Refused(int status) {
      super("status " + status);
    }
  }

  private static final long AGAIN_NANOS = 50_000_000;

  private final int port;
  private final List<String> tokens;
  private final Optional<CategoryKey> category;
  private final AtomicInteger callers = new AtomicInteger();
  private final AtomicLong answered = new AtomicLong();
  private final BlockingQueue<Line> free = new LinkedBlockingQueue<>();
  private final List<Line> all = new ArrayList<>();

  /**
   * @param tokens of those who report in turn
   * @param category chosen by a person; absent for what the words say
   */
  HttpReports(RunServer server, List<String> tokens, Optional<CategoryKey> category) {
    this.port = server.port();
    this.tokens = List.copyOf(tokens);
    this.category = category;
  }

  @Override
  public double live(int count, int connections) throws Exception {
    open(connections);
    return Hands.work(count, connections, this::taken);
  }

  /** One report, told again as long as the server asks to come later. */
  private void taken() {
    while (true) {
      try {
        one();
        return;
      } catch (Refused later) {
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
  }

  /** Connections that are there before the clock runs; old ones the server may have given up. */
  void open(int connections) throws IOException {
    close();
    while (all.size() < connections) {
      Line line = new Line(port);
      all.add(line);
      free.add(line);
    }
  }

  /** One report; waits for a connection when all are busy. */
  void one() {
    try {
      Line line = free.take();
      try {
        int status = line.status(request());
        if (status == 429 || status == 503) throw new Refused(status);
        if (status / 100 != 2) throw new IllegalStateException("status " + status);
        answered.incrementAndGet();
      } finally {
        free.add(line);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How many were answered well. */
  long answered() {
    return answered.get();
  }

  /** What an answer looks like. */
  byte[] answer() throws IOException, InterruptedException {
    open(1);
    Line line = free.take();
    line.status(request());
    free.add(line);
    return line.body;
  }

  private byte[] request() {
    int caller = callers.incrementAndGet();
    double lon = 118.89 + caller % 1_000 * 1e-6;
    String chosen =
        category
            .map(c -> ",\"category\":{\"kind\":\"" + c.kind() + "\",\"code\":\"" + c.code() + "\"}")
            .orElse("");
    byte[] body =
        ("{\"channel\":\"phone\",\"type\":\"help\",\"words\":\""
                + SampleCity.WORDS
                + "\",\"caller\":{\"phone\":\"+86138"
                + String.format(Locale.ROOT, "%08d", caller)
                + "\",\"name\":\"王样例\"},\"position\":{\"lon\":"
                + lon
                + ",\"lat\":32.12,\"crs\":\"WGS84\"}"
                + chosen
                + "}")
            .getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                + tokens.get(caller % tokens.size())
                + "\r\nIdempotency-Key: "
                + UUID.randomUUID()
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  @Override
  public void close() throws IOException {
    for (Line line : all) line.socket.close();
    all.clear();
    free.clear();
  }

  /** One connection. */
  private static final class Line {
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] body = new byte[0];

    Line(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
      out = socket.getOutputStream();
    }

    int status(byte[] request) throws IOException {
      out.write(request);
      int status = Integer.parseInt(line().split(" ", 3)[1]);
      int length = 0;
      for (String line = line(); !line.isEmpty(); line = line()) {
        if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length()))
          length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
      body = in.readNBytes(length);
      return status;
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder(64);
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) throw new EOFException("the server ended the connection");
        if (b != '\r') line.append((char) b);
      }
      return line.toString();
    }
  }
}
