package org.gridline.bench.live;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is on its way to all sockets: of each ticket one update at a time. */
final class Updates {
  private static final long PATIENCE_SECONDS = 120;

  private final int sockets;
  private final long[] tickets;

  /** Which version of a ticket each socket has; touched by the reading thread alone. */
  private final int[][] versions;

  private final Update[] current;
  private final long nanosFrom = System.nanoTime();
  private final long microsFrom = micros(Instant.now());

  /** One update; complete when every socket has it. */
  static final class Update {
    private final int version;
    private final long[] heardMicros;
    private final CompletableFuture<long[]> everywhere = new CompletableFuture<>();
    private int heard;

    private Update(int version, int sockets) {
      this.version = version;
      this.heardMicros = new long[sockets];
    }

    /** When each socket had it, in microseconds of the epoch. */
    long[] await() throws InterruptedException {
      try {
        return everywhere.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException e) {
        throw new IllegalStateException("version " + version + " did not come everywhere", e);
      }
    }
  }

  Updates(int sockets, long[] tickets) {
    this.sockets = sockets;
    this.tickets = tickets.clone();
    this.versions = new int[tickets.length][sockets];
    this.current = new Update[tickets.length];
    for (int i = 0; i < tickets.length; i++) current[i] = new Update(0, 0);
  }

  static long micros(Instant at) {
    return TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1_000;
  }

  int tickets() {
    return tickets.length;
  }

  long ticket(int which) {
    return tickets[which];
  }

  /** Call before the update is sent, and only when the one before has come everywhere. */
  synchronized Update expect(int which, int version) {
    current[which] = new Update(version, sockets);
    return current[which];
  }

  /** A socket was told of a ticket. */
  synchronized void heard(int socket, long ticket, int version) {
    for (int which = 0; which < tickets.length; which++) {
      if (tickets[which] != ticket) continue;
      Update update = current[which];
      boolean news = versions[which][socket] < update.version && version >= update.version;
      versions[which][socket] = Math.max(versions[which][socket], version);
      if (!news || update.heardMicros.length == 0) return;
      update.heardMicros[socket] = microsFrom + (System.nanoTime() - nanosFrom) / 1_000;
      if (++update.heard == sockets) update.everywhere.complete(update.heardMicros);
      return;
    }
  }

  /** The same versions will be told once more, by another server. */
  synchronized void beginAgain() {
    for (int[] of : versions) java.util.Arrays.fill(of, 0);
  }
}
