package org.gridline.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.gridline.console.Await;
import org.gridline.console.Town;

/** One client of the feed over a bare WebSocket; keeps every byte that it got, and its world. */
final class SocketListener implements AutoCloseable {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private final Socket socket = new Socket();
  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
  private final List<JsonNode> texts = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final CompactWorld world = new CompactWorld();
  private String status = "";
  private int closeCode;
  private boolean ended;
  private String wrong = "";

  static SocketListener open(Town town, String token, String query, String... headers) {
    SocketListener listener = paused(town, token, query, headers);
    listener.read();
    return listener;
  }

  /** Connected, but not reading yet. */
  static SocketListener paused(Town town, String token, String query, String... headers) {
    SocketListener listener = new SocketListener();
    try {
      listener.socket.setReceiveBufferSize(4 * 1024);
      listener.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), town.port()));
      StringBuilder head =
          new StringBuilder("GET /api/v1/events" + query + " HTTP/1.1\r\n")
              .append("Host: localhost:" + town.port() + "\r\n")
              .append("Connection: Upgrade\r\nUpgrade: websocket\r\n")
              .append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n");
      if (!token.isEmpty()) head.append("Authorization: Bearer " + token + "\r\n");
      for (String header : headers) head.append(header).append("\r\n");
      listener.send(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return listener;
  }

  void send(byte[] bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A masked frame as browsers send it; the mask is zero. */
  void frame(int opcode, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x80 | opcode);
    if (payload.length < 126) out.write(0x80 | payload.length);
    else {
      out.write(0x80 | 126);
      out.write(payload.length >> 8);
      out.write(payload.length & 0xff);
    }
    out.writeBytes(new byte[4]);
    out.writeBytes(payload);
    send(out.toByteArray());
  }

  void say(String text) {
    frame(1, text.getBytes(StandardCharsets.UTF_8));
  }

  void read() {
    Thread.ofVirtual().start(this::readAll);
  }

  private void readAll() {
    try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
      String line = line(in);
      synchronized (this) {
        status = line;
      }
      while (!line.isEmpty()) line = line(in);
      if (!status().contains(" 101 ")) return;
      while (true) {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) length = in.readUnsignedShort();
        else if (length == 127) length = in.readLong();
        byte[] payload = in.readNBytes((int) length);
        if (payload.length < length) throw new EOFException();
        take(first, payload);
      }
    } catch (IOException cut) {
      // The end of the stream, however it came, is what the test asks about.
    } finally {
      synchronized (this) {
        ended = true;
      }
    }
  }

  private synchronized void take(int first, byte[] payload) {
    raw.writeBytes(payload);
    try {
      switch (first & 0x0f) {
        case 1 -> {
          JsonNode text = Town.json(new String(payload, StandardCharsets.UTF_8));
          texts.add(text);
          world.text(text);
        }
        case 2 -> {
          sizes.add(payload.length);
          positions.add(world.binary(payload));
        }
        case 8 ->
            closeCode =
                payload.length < 2 ? 1005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        default -> {}
      }
    } catch (RuntimeException e) {
      wrong = String.valueOf(e.getMessage());
    }
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new EOFException();
      if (b != '\r') line.append((char) b);
    }
    return line.toString();
  }

  synchronized String status() {
    return status;
  }

  synchronized boolean ended() {
    return ended;
  }

  synchronized int closeCode() {
    return closeCode;
  }

  /** What could not be understood; empty when everything could. */
  synchronized String wrong() {
    return wrong;
  }

  /** Every payload, bytes as Latin-1 so that ASCII in them can be looked for. */
  synchronized String raw() {
    return raw.toString(StandardCharsets.ISO_8859_1);
  }

  synchronized byte[] bytes() {
    return raw.toByteArray();
  }

  synchronized List<Long> positions() {
    return List.copyOf(positions);
  }

  synchronized List<JsonNode> texts(String event) {
    return texts.stream().filter(t -> t.path("event").asText().equals(event)).toList();
  }

  synchronized Map<Long, CompactWorld.Entry> tickets() {
    return new TreeMap<>(world.tickets());
  }

  /** A ticket that the client knows. */
  synchronized CompactWorld.Entry ticket(long id) {
    return Optional.ofNullable(world.tickets().get(id)).orElseThrow();
  }

  synchronized int updateBytes(long id) {
    return world.updateBytes(id);
  }

  synchronized String position() {
    return world.seq() + "@" + world.epoch();
  }

  synchronized boolean complete() {
    return world.complete();
  }

  SocketListener ready() {
    Await.until(this::complete);
    return this;
  }

  void await(Predicate<Map<Long, CompactWorld.Entry>> wanted) {
    Await.until(() -> wanted.test(tickets()));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
