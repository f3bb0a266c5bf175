package org.gridline.bench.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.gridline.bench.common.AskedServer;
import org.gridline.bench.common.Report;

/** Readers at one byte a second: nothing may wait for them in the server, nobody behind them. */
final class SlowReaders {
  private static final int RECEIVE_BYTES = 2 * 1024;

  private final Options options;
  private final Report report;
  private final AskedServer server;
  private final String token;
  private final Side ours;

  SlowReaders(Options options, Report report, AskedServer server, String token, Side ours) {
    this.options = options;
    this.report = report;
    this.server = server;
    this.token = token;
    this.ours = ours;
  }

  void run(double updatesPerSecond) throws Exception {
    double alone = HalfRate.real(ours, updatesPerSecond, options.openSeconds() / 2);
    List<SocketChannel> slow = new ArrayList<>();
    for (int i = 0; i < options.slow(); i++)
      slow.add(Sockets.connect(server.port(), token, "", RECEIVE_BYTES));
    Thread reading = Thread.ofPlatform().daemon().start(() -> readOn(slow));
    // So much that their windows are full, and what more comes would have to wait in the server.
    HalfRate.real(ours, updatesPerSecond, options.openSeconds() / 2);
    long before = server.liveHeapBytes();
    double beside = HalfRate.real(ours, updatesPerSecond, options.openSeconds());
    long growth = server.liveHeapBytes() - before;
    reading.interrupt();
    reading.join();
    for (SocketChannel one : slow) one.close();
    report.line(
        "%d readers at a byte a second: heap %+d bytes each; others' p99 %.1f ms, without them %.1f",
        options.slow(), growth / options.slow(), beside, alone);
    report
        .json()
        .put("slow_readers", options.slow())
        .put("slow_heap_growth_bytes_each", growth / options.slow())
        .put("slow_p99_ms_others", Math.round(beside * 10) / 10.0)
        .put("slow_p99_ratio_others", Math.round(100 * beside / alone) / 100.0);
  }

  private static void readOn(List<SocketChannel> slow) {
    ByteBuffer one = ByteBuffer.allocate(1);
    try {
      for (SocketChannel channel : slow) channel.configureBlocking(false);
      while (!Thread.currentThread().isInterrupted()) {
        long next = System.nanoTime() + 1_000_000_000L;
        for (SocketChannel channel : slow) {
          one.clear();
          if (channel.isOpen()) channel.read(one);
        }
        while (next - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted())
          LockSupport.parkNanos(next - System.nanoTime());
      }
    } catch (java.nio.channels.ClosedByInterruptException done) {
      // As asked.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
