package org.gridline.bench.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A filesystem of its own in memory that can be filled up. */
final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTES = 448;

  private final Path at;

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
    return Optional.of(new SmallDisk(at));
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

  @Override
  public void close() throws IOException {
    try {
      Processes.run(List.of("umount", "-l", at.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
