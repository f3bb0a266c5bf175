package org.gridline.bench.live;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.bench.common.AskedServer;
import org.gridline.bench.common.Cpu;
import org.gridline.bench.common.RunDatabase;

/** A server with its sockets, to which updates are sent. */
final class Side implements AutoCloseable {
  /** A message as one socket got it: which ticket it tells first, and the bytes. */
  record Frame(long ticket, int version, byte[] bytes, int records) {}

  private final AskedServer server;
  private final RunDatabase database;
  private final Cpu databaseCpu;
  private final String token;
  private final boolean bare;
  private final Updates updates;
  private final int[] versions;
  private final Sockets sockets;
  private final List<Frame> heard = new ArrayList<>();

  /**
   * @param token of who acts and listens; a bare server asks for none
   */
  Side(
      AskedServer server,
      RunDatabase database,
      String token,
      boolean bare,
      int count,
      long[] tickets,
      int[] versions)
      throws IOException, SQLException {
    this.server = server;
    this.database = database;
    this.databaseCpu = new Cpu(database);
    this.token = token;
    this.bare = bare;
    this.versions = versions.clone();
    this.updates = new Updates(count, tickets);
    this.sockets = Sockets.open(server.port(), token, "", count, !bare, this::heard);
  }

  Sockets sockets() {
    return sockets;
  }

  int tickets() {
    return updates.tickets();
  }

  private void heard(Sockets all, int socket, ByteBuffer message) {
    ByteBuffer whole = message.duplicate();
    Message told = new Message(all, socket);
    Frames.read(message, told);
    if (socket != 0 || told.records == 0) return;
    byte[] bytes = new byte[whole.remaining()];
    whole.get(bytes);
    synchronized (heard) {
      heard.add(new Frame(told.ticket, told.version, bytes, told.records));
    }
  }

  /** What one message tells one socket. */
  private final class Message implements Frames.Told {
    private final Sockets all;
    private final int socket;
    private long ticket;
    private int version;
    private int records;

    private Message(Sockets all, int socket) {
      this.all = all;
      this.socket = socket;
    }

    @Override
    public void ticket(long id, int of) {
      if (records++ == 0) {
        ticket = id;
        version = of;
      } else if (bare) {
        // It stands for its first ticket: others may be told again, out of their order.
        return;
      }
      updates.heard(socket, id, of);
    }

    @Override
    public void complete() {
      all.completed();
    }
  }

  /** What socket 0 has heard since it was asked last. */
  List<Frame> takeHeard() {
    synchronized (heard) {
      List<Frame> all = List.copyOf(heard);
      heard.clear();
      return all;
    }
  }

  /** Urges a ticket once more and waits until every socket knows; only for the real server. */
  Came urge(int which) {
    return update(which, versions[which] + 1, new byte[0]);
  }

  /** An update that has come everywhere; {@code at} is when it was made. */
  record Came(int which, int version, long atMicros, long[] heardMicros) {}

  /**
   * Sends one update and waits until every socket has it.
   *
   * @param frame what the bare server sends
   */
  Came update(int which, int version, byte[] frame) {
    Updates.Update expected = updates.expect(which, version);
    String id = Long.toString(updates.ticket(which));
    try {
      if (bare) {
        String at =
            AskedServer.expect(
                200,
                server.send(server.request("/broadcast").POST(BodyPublishers.ofByteArray(frame))));
        return new Came(which, version, Long.parseLong(at), expected.await());
      }
      AskedServer.expect(
          200,
          server.send(
              server
                  .request("/api/v1/tickets/" + id + "/actions")
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.ofString(
                          "{\"action\":\"urge\",\"version\":" + (version - 1) + "}"))));
      versions[which] = version;
      return new Came(which, version, 0, expected.await());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The same versions come again. */
  void beginAgain() {
    updates.beginAgain();
  }

  /**
   * So many updates with some on their way at a time.
   *
   * @return seconds by the clock and by the processor
   */
  double[] race(List<Runnable> hands) throws Exception {
    double processor = processorSeconds();
    long from = System.nanoTime();
    all(hands);
    double seconds = (System.nanoTime() - from) / 1e9;
    return new double[] {seconds, processorSeconds() - processor};
  }

  static void all(List<Runnable> hands) throws Exception {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable hand : hands) running.add(threads.submit(hand));
      for (Future<?> one : running) one.get();
    }
  }

  /** When the real server's updates were decided, which is just before their commit. */
  Map<Long, Map<Integer, Long>> decidedMicros() throws SQLException {
    Map<Long, Map<Integer, Long>> decided = new HashMap<>();
    try (PreparedStatement s =
            database
                .connection()
                .prepareStatement("SELECT ticket_id, version, at FROM ticket_event");
        ResultSet rows = s.executeQuery()) {
      while (rows.next()) {
        Timestamp at = rows.getTimestamp(3);
        decided
            .computeIfAbsent(rows.getLong(1), t -> new HashMap<>())
            .put(rows.getInt(2), Updates.micros(at.toInstant()));
      }
    }
    return decided;
  }

  long ticket(int which) {
    return updates.ticket(which);
  }

  /** Of the server and of the database, without this client. */
  private double processorSeconds() {
    double here = seconds(ProcessHandle.current());
    return databaseCpu.seconds() - here + seconds(ProcessHandle.of(server.pid()).orElseThrow());
  }

  private static double seconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  @Override
  public void close() throws IOException {
    sockets.close();
  }
}
