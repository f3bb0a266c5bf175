package org.gridline.bench.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A filesystem of its own in memory that can be filled up. */
final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTES = 448;

  private final Path at;
  private final AtomicBoolean mounted = new AtomicBoolean(true);

  private SmallDisk(Path at) {
    this.at = at;
  }

  /** Empty where this machine does not let us mount one. */
  static Optional<SmallDisk> mount(Path at) throws IOException, InterruptedException {
    if (!Postgres.root()) return Optional.empty();
    Files.createDirectories(at);
    try {
      Processes.run(
          List.of("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", at.toString()));
    } catch (IOException | IllegalStateException refused) {
      return Optional.empty();
    }
    SmallDisk disk = new SmallDisk(at);
    Runtime.getRuntime().addShutdownHook(new Thread(disk::close, "end of the small disk"));
    return Optional.of(disk);
  }

  /** To the last byte. */
  void fill() {
    byte[] some = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) out.write(some);
    } catch (IOException full) {
      // That is what was wanted.
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return at.resolve("ballast");
  }

  /** May be called twice. */
  @Override
  public void close() {
    if (!mounted.getAndSet(false)) return;
    try {
      Processes.run(List.of("umount", "-l", at.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
