package org.gridline.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.gridline.console.Await;
import org.gridline.console.Town;

/** One client of the feed over a bare socket; keeps every byte that it got. */
public final class Listener implements AutoCloseable {
  /** One event of the stream. */
  public record Event(String id, String name, JsonNode data) {
    public long seq() {
      return data.path("seq").asLong();
    }

    public String number() {
      return data.path("ticket").path("number").asText();
    }
  }

  private final Socket socket = new Socket();
  private final List<Event> events = new ArrayList<>();
  private final StringBuilder raw = new StringBuilder();
  private String status = "";
  private boolean ended;

  private Listener() {}

  public static Listener open(Town town, String token, String query, String... headers) {
    Listener listener = paused(town, token, query, headers);
    listener.read();
    return listener;
  }

  /** Connected, but not reading yet. */
  static Listener paused(Town town, String token, String query, String... headers) {
    Listener listener = new Listener();
    try {
      listener.socket.setReceiveBufferSize(8 * 1024);
      listener.socket.connect(
          new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), town.port()));
      OutputStream out = listener.socket.getOutputStream();
      StringBuilder head =
          new StringBuilder("GET /api/v1/events" + query + " HTTP/1.1\r\nHost: localhost\r\n")
              .append("Authorization: Bearer ")
              .append(token)
              .append("\r\n");
      for (String header : headers) head.append(header).append("\r\n");
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return listener;
  }

  void read() {
    Thread.ofVirtual().start(this::readAll);
  }

  private void readAll() {
    try (InputStream in = socket.getInputStream()) {
      String line = line(in);
      synchronized (this) {
        status = line;
      }
      while (!line.isEmpty()) line = line(in);
      StringBuilder text = new StringBuilder();
      java.io.ByteArrayOutputStream rest = new java.io.ByteArrayOutputStream();
      while (true) {
        int size = Integer.parseInt(line(in).strip(), 16);
        if (size == 0) break;
        rest.write(in.readNBytes(size));
        line(in);
        String got = rest.toString(StandardCharsets.UTF_8);
        int end = got.lastIndexOf("\n\n");
        if (end < 0) continue;
        text.setLength(0);
        text.append(got, 0, end + 2);
        rest.reset();
        rest.write(got.substring(end + 2).getBytes(StandardCharsets.UTF_8));
        take(text.toString());
      }
    } catch (IOException | NumberFormatException cut) {
      // The end of the stream, however it came, is what the test asks about.
    } finally {
      synchronized (this) {
        ended = true;
      }
    }
  }

  private synchronized void take(String text) {
    raw.append(text);
    for (String block : text.split("\n\n")) {
      String id = "";
      String name = "";
      String data = "";
      for (String line : block.split("\n")) {
        if (line.startsWith("id:")) id = line.substring(3).strip();
        if (line.startsWith("event:")) name = line.substring(6).strip();
        if (line.startsWith("data:")) data = line.substring(5).strip();
      }
      if (!name.isEmpty()) events.add(new Event(id, name, Town.json(data)));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new IOException("cut");
      if (b != '\r') line.append((char) b);
    }
    return line.toString();
  }

  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  public synchronized String raw() {
    return raw.toString();
  }

  public synchronized String status() {
    return status;
  }

  public synchronized boolean ended() {
    return ended;
  }

  public List<Event> named(String name) {
    return events().stream().filter(e -> e.name().equals(name)).toList();
  }

  public Event await(Predicate<Event> wanted) {
    Await.until(() -> events().stream().anyMatch(wanted));
    return events().stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits until the snapshot is complete. */
  public Listener ready() {
    await(e -> e.name().equals("snapshot") && e.data().path("last").asBoolean());
    return this;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
