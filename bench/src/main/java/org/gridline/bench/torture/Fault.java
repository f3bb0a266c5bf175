package org.gridline.bench.torture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is done to the house while people work in it. */
enum Fault {
  /** The server is killed. */
  SERVER,
  /** PostgreSQL with all its processes is killed. */
  DATABASE,
  /** Both, in one moment. */
  BOTH,
  /**
   * The connection is cut at the commit: before it, while it is on its way, or before its answer.
   */
  COMMIT,
  /** The database or the server stands still and goes on. */
  STOP,
  /** The database's disk is full, and is not any more. */
  DISK,
  /** Readers of the live feed that do not read. */
  SLOW,
  /** The same request several times in the same moment. */
  DUPLICATE,
  /** The time that the database tells jumps. */
  CLOCK;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many processes are killed without warning, the database's counted as one. */
  int kills() {
    return switch (this) {
      case SERVER, DATABASE, CLOCK -> 1;
      case BOTH -> 2;
      case COMMIT, STOP, DISK, SLOW, DUPLICATE -> 0;
    };
  }

  /** Whether it needs somebody between the server and its database. */
  boolean needsGoBetween() {
    return this == COMMIT || this == CLOCK;
  }

  /**
   * @throws IllegalArgumentException naming what is no fault
   */
  static Fault of(String id) {
    return Arrays.stream(values())
        .filter(f -> f.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("there is no fault '" + id + "'; there are " + all()));
  }

  private static String all() {
    return Arrays.stream(values()).map(Fault::id).collect(Collectors.joining(", "));
  }

  static List<Fault> list() {
    return List.of(values());
  }
}
