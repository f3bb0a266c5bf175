package org.gridline.dispatch.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One private PostgreSQL with PostGIS for all tests of a JVM, thrown away at its end. Needs the
 * server's programs; as root it runs them as the system user {@code postgres}, since PostgreSQL
 * refuses root.
 */
public final class TestDatabase {
  private static final String PASSWORD = "test";
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final TestDatabase ONE = new TestDatabase();

  private final Path bin = findBin();
  private final Path folder;
  private final int port = freePort();

  private TestDatabase() {
    try {
      folder = Files.createTempDirectory("gridline-test-pg");
      Path password = folder.resolve("password");
      Files.writeString(password, PASSWORD);
      if (root()) run(List.of("chown", "-R", "postgres", folder.toString()));
      pg(
          "initdb",
          "-D",
          data(),
          "-U",
          "gridline",
          "--pwfile=" + password,
          "--auth=scram-sha-256",
          "-E",
          "UTF8",
          "--locale=C.UTF-8",
          "--data-checksums");
      start();
      Runtime.getRuntime().addShutdownHook(new Thread(this::destroy));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one server of this JVM. */
  public static TestDatabase get() {
    return ONE;
  }

  /**
   * The URL of a new database with the schema in it and nothing else, for the role that a server
   * works as: what that role may not do fails in every test.
   */
  public static String fresh() {
    String name = create(Template.READY);
    try (Connection c = ONE.connect(name);
        Statement s = c.createStatement()) {
      s.execute("UPDATE seal_head SET epoch = gen_random_uuid()::text");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return ONE.url("gridline_app", name);
  }

  /** The URL of a new, empty database for its owner. */
  public static String empty() {
    return ONE.url("gridline", create("template1"));
  }

  /** A backup of a database that nobody is connected to. */
  public static String copyOf(String url) {
    return ONE.url("gridline_app", create(url.substring(url.lastIndexOf('/') + 1)));
  }

  /** The same database, for the role that owns everything in it. */
  public static String ownerOf(String url) {
    return ONE.url("gridline", url.substring(url.lastIndexOf('/') + 1));
  }

  private static final class Template {
    static final String READY = make();

    private static String make() {
      String name = create("template1");
      String owner = ONE.url("gridline", name);
      Schema.migrate(owner);
      try (Connection c = ONE.connect("postgres");
          Statement s = c.createStatement()) {
        s.execute("CREATE ROLE gridline_app LOGIN PASSWORD '" + PASSWORD + "'");
        s.execute("GRANT pg_read_all_stats TO gridline_app");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      ApplicationRole.grant(owner, "gridline_app");
      return name;
    }
  }

  private static String create(String template) {
    String name = "t" + NAMES.incrementAndGet();
    try (Connection c = ONE.connect("postgres");
        Statement s = c.createStatement()) {
      s.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  private String url(String role, String database) {
    return "postgresql://" + role + ":" + PASSWORD + "@127.0.0.1:" + port + "/" + database;
  }

  /** A plain connection for looking behind the scenes. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "gridline", PASSWORD);
  }

  public static Connection connectTo(String url) throws SQLException {
    return ONE.connect(url.substring(url.lastIndexOf('/') + 1));
  }

  /** Waits until every event there is has its place in the log. */
  static void awaitSealed(String url) {
    try (Connection c = connectTo(url);
        PreparedStatement left =
            c.prepareStatement(
                "SELECT (SELECT count(*) FROM ticket_event) - last_seq FROM seal_head")) {
      long open;
      do {
        try (ResultSet rows = left.executeQuery()) {
          rows.next();
          open = rows.getLong(1);
        }
      } while (open > 0);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public void start() {
    pg(
        "pg_ctl",
        "-D",
        data(),
        "-w",
        "-t",
        "180",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=100"
            // After a kill every file of every test's database would be synced by itself.
            + " -c shared_buffers=128MB -c recovery_init_sync_method=syncfs",
        "start");
  }

  /** The power fails. */
  public void kill() {
    pg("pg_ctl", "-D", data(), "-m", "immediate", "stop");
  }

  private void destroy() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void pg(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (root())
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
    command.add(bin.resolve(program).toString());
    command.addAll(Arrays.asList(arguments));
    run(command);
  }

  private void run(List<String> command) {
    try {
      Path out = Files.createTempFile("gridline-pg", ".out");
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command + ": " + Files.readString(out));
      }
      Files.delete(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path findBin() {
    Optional<Path> named = Optional.ofNullable(System.getenv("GRIDLINE_PG_BIN")).map(Path::of);
    if (named.isPresent()) return named.get();
    Path debian = Path.of("/usr/lib/postgresql");
    try (Stream<Path> versions = Files.isDirectory(debian) ? Files.list(debian) : Stream.empty()) {
      return versions
          .map(v -> v.resolve("bin"))
          .filter(b -> Files.isExecutable(b.resolve("initdb")))
          .max(Comparator.naturalOrder())
          .orElseThrow(
              () -> new IllegalStateException("no PostgreSQL server found; run ./gridline test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
