package org.gridline.bench.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A private PostgreSQL, set up as {@code ./gridline up} does it, whose first process is a child of
 * this one: so it can be killed, and is gone for certain when it was.
 */
final class Postgres {
  private static final String PASSWORD = "torture";
  private static final Duration MOST = Duration.ofMinutes(5);

  private final Path bin;
  private final Path folder;
  private final int port;
  private final boolean small;
  private Process postmaster;

  private Postgres(Path bin, Path folder, int port, boolean small)
      throws IOException, InterruptedException {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
    this.small = small;
    Files.createDirectories(folder);
    Path password = folder.resolve("password");
    Files.writeString(password, PASSWORD);
    if (root()) Processes.run(List.of("chown", "-R", "postgres", folder.toString()));
    Processes.run(
        as(
            "initdb",
            "-D",
            data().toString(),
            "-U",
            "postgres",
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--data-checksums"));
    postmaster = launch();
  }

  /**
   * Makes one and starts it.
   *
   * @param small on a small disk, so its log must stay small too
   */
  static Postgres create(Path bin, Path folder, int port, boolean small)
      throws IOException, InterruptedException, SQLException {
    Postgres made = new Postgres(bin, folder, port, small);
    made.awaitAccepting();
    try (Connection c = made.connect("postgres", "postgres");
        Statement s = c.createStatement()) {
      s.execute("CREATE ROLE gridline LOGIN PASSWORD '" + PASSWORD + "'");
      s.execute("CREATE ROLE gridline_app LOGIN PASSWORD '" + PASSWORD + "'");
      s.execute("GRANT pg_read_all_stats TO gridline_app");
      s.execute("CREATE DATABASE gridline OWNER gridline TEMPLATE template0");
    }
    try (Connection c = made.connect("postgres", "gridline");
        Statement s = c.createStatement()) {
      s.execute("CREATE EXTENSION postgis");
    }
    return made;
  }

  private Process launch() throws IOException {
    List<String> command = as("postgres", "-D", data().toString(), "-p", Integer.toString(port));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=60",
                "shared_buffers=256MB",
                "effective_cache_size=1GB",
                "checkpoint_timeout=15min",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "jit=off",
                "idle_in_transaction_session_timeout=60s",
                "timezone=UTC"));
    settings.add(small ? "max_wal_size=96MB" : "max_wal_size=2GB");
    if (small) settings.addAll(List.of("min_wal_size=32MB", "shared_buffers=64MB"));
    for (String setting : settings) command.addAll(List.of("-c", setting));
    return Processes.start(
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())));
  }

  /** Not on the small disk, which may be full. */
  private Path log() {
    return folder.resolveSibling("postgres.log");
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  String url(String role, int through) {
    return "postgresql://" + role + ":" + PASSWORD + "@127.0.0.1:" + through + "/gridline";
  }

  Connection connect() throws SQLException {
    return connect("postgres", "gridline");
  }

  private Connection connect(String role, String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:"
            + port
            + "/"
            + database
            + "?connectTimeout=2&socketTimeout=120",
        role,
        PASSWORD);
  }

  /** What was written so far need not be recovered. */
  void checkpoint() throws SQLException {
    try (Connection c = connect();
        Statement s = c.createStatement()) {
      s.execute("CHECKPOINT");
    }
  }

  void start() throws IOException {
    postmaster = launch();
  }

  boolean running() {
    return postmaster.isAlive();
  }

  void kill() throws InterruptedException {
    Processes.kill(postmaster);
  }

  void signal(String name) throws IOException, InterruptedException {
    Processes.signal(name, postmaster);
  }

  /** Waits until somebody can sign in; returns when that was, by {@link System#nanoTime}. */
  long awaitAccepting() throws InterruptedException {
    long end = System.nanoTime() + MOST.toNanos();
    while (System.nanoTime() < end) {
      try (Connection c = connect("postgres", "postgres")) {
        if (c.isValid(5)) return System.nanoTime();
      } catch (SQLException notYet) {
        if (!postmaster.isAlive())
          throw new IllegalStateException("PostgreSQL ended by itself, see " + log());
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    throw new IllegalStateException("PostgreSQL lets nobody in within " + MOST);
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** PostgreSQL refuses to run as root. */
  private List<String> as(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (root())
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }
}
