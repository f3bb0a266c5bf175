package org.gridline.bench.burst;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;

/**
 * Sends what is offered, on one thread and over connections that are kept: the client shares the
 * processors with the server that it measures, so it does as little as it can.
 */
final class Crowd {
  /** All are answered so long after the last one at the latest, or something is broken. */
  private static final double PATIENCE_SECONDS = 60;

  private final int port;

  /** A kept connection with at most one request on it. */
  private static final class Line {
    private final SocketChannel channel;
    private final Offer offer;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private ByteBuffer in = ByteBuffer.allocate(8 * 1024);
    private double due;
    private double written;

    private Line(SocketChannel channel, Offer offer) {
      this.channel = channel;
      this.offer = offer;
    }
  }

  Crowd(int port) {
    this.port = port;
  }

  void send(List<Offer> offers) {
    try (Selector selector = Selector.open()) {
      Map<Offer, Queue<Line>> free = new HashMap<>();
      for (Offer offer : offers) free.put(offer, connect(offer, selector));
      long from = System.nanoTime();
      double last = 0;
      while (!offers.stream().allMatch(Offer::done)) {
        double now = (System.nanoTime() - from) / 1e9;
        for (Offer offer : offers)
          if (sent(offer, free.getOrDefault(offer, none()), now)) last = now;
        if (now - last > PATIENCE_SECONDS)
          throw new IllegalStateException("no answer within " + PATIENCE_SECONDS + " s");
        selector.select(1);
        for (SelectionKey key : selector.selectedKeys())
          if (key.attachment() instanceof Line line) go(line, key, from, free);
        selector.selectedKeys().clear();
      }
      for (SelectionKey key : selector.keys()) key.channel().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Queue<Line> none() {
    return new ArrayDeque<>();
  }

  private Queue<Line> connect(Offer offer, Selector selector) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < offer.connections(); i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      Line line = new Line(channel, offer);
      channel.register(selector, SelectionKey.OP_READ, line);
      lines.add(line);
    }
    return new ArrayDeque<>(lines);
  }

  /** Whether anything of this offer is under way. */
  private static boolean sent(Offer offer, Queue<Line> free, double now) throws IOException {
    Queue<Double> waiting = offer.waiting(now);
    boolean any = false;
    while (!waiting.isEmpty() && !free.isEmpty()) {
      Line line = free.remove();
      line.due = waiting.remove();
      line.written = now;
      line.out = ByteBuffer.wrap(offer.request());
      line.in.clear();
      line.channel.write(line.out);
      any = true;
    }
    return any;
  }

  private static void go(Line line, SelectionKey key, long from, Map<Offer, Queue<Line>> free)
      throws IOException {
    if (line.out.hasRemaining()) line.channel.write(line.out);
    if (!key.isReadable()) return;
    if (line.channel.read(line.in) < 0) {
      // It gives up connections that nobody uses; one that owes an answer is another matter.
      Queue<Line> unused = free.get(line.offer);
      if (unused == null || !unused.remove(line)) throw new IOException("the server hung up");
      line.channel.close();
      return;
    }
    int length = length(line.in);
    if (length == 0 || line.in.position() < length) {
      if (!line.in.hasRemaining()) grow(line);
      return;
    }
    String head = text(line.in, length);
    double now = (System.nanoTime() - from) / 1e9;
    int end = head.indexOf("\r\n\r\n");
    String fields = head.substring(0, end).toLowerCase(Locale.ROOT);
    line.offer.answered(
        new Offer.Answer(
            line.due,
            1e3 * (now - line.due),
            1e3 * (now - line.written),
            Integer.parseInt(head.substring(9, 12)),
            fields.contains("\r\nretry-after:")));
    Queue<Line> lines = free.get(line.offer);
    if (lines != null) lines.add(line);
  }

  private static void grow(Line line) {
    ByteBuffer more = ByteBuffer.allocate(2 * line.in.capacity());
    line.in.flip();
    line.in = more.put(line.in);
  }

  private static String text(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(0, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Bytes of the whole answer; 0 while its head is not here. */
  private static int length(ByteBuffer in) throws IOException {
    String text = text(in, in.position());
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) return 0;
    String head = text.substring(0, end).toLowerCase(Locale.ROOT);
    int at = head.indexOf("\r\ncontent-length:");
    if (at < 0) throw new IOException("an answer without its length");
    int stop = head.indexOf('\r', at + 2);
    String number = head.substring(at + 17, stop < 0 ? head.length() : stop).strip();
    return end + 4 + Integer.parseInt(number);
  }
}
