package org.gridline.bench.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Processor time of this process, of the programs that it ran to their end, and of the whole
 * database server, backends that ended included. Only where all run on one Linux machine.
 */
public final class Cpu {
  private static final double TICKS = 100;
  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private final String postmaster;
  private final List<Path> others;

  /**
   * @param others processes that count too
   */
  public Cpu(RunDatabase database, long... others) throws SQLException {
    this.others = LongStream.of(others).mapToObj(p -> Path.of("/proc", Long.toString(p))).toList();
    long backend = database.number("SELECT pg_backend_pid()");
    postmaster =
        stat(Path.of("/proc", Long.toString(backend)))
            .map(f -> f[PARENT])
            .orElseThrow(() -> new IllegalStateException("the database runs on another machine"));
  }

  public double seconds() {
    double ticks =
        stat(Path.of("/proc/self")).map(f -> own(f) + children(f)).orElseThrow()
            + stat(Path.of("/proc", postmaster)).map(f -> own(f) + children(f)).orElseThrow()
            + others.stream().map(Cpu::stat).mapToDouble(f -> f.map(Cpu::own).orElseThrow()).sum();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return (ticks
              + all.filter(p -> Character.isDigit(p.getFileName().toString().charAt(0)))
                  .map(Cpu::stat)
                  .flatMap(Optional::stream)
                  .filter(f -> f[PARENT].equals(postmaster))
                  .mapToDouble(Cpu::own)
                  .sum())
          / TICKS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double own(String[] stat) {
    return Long.parseLong(stat[USER]) + Long.parseLong(stat[SYSTEM]);
  }

  private static double children(String[] stat) {
    return Long.parseLong(stat[CHILDREN_USER]) + Long.parseLong(stat[CHILDREN_SYSTEM]);
  }

  /** Fields of proc(5) from the state on; empty when the process ended meanwhile. */
  private static Optional<String[]> stat(Path process) {
    try {
      String text = Files.readString(process.resolve("stat"));
      return Optional.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
