package org.gridline.bench.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The whole server in a process of its own, on a database of the run; gone when it is closed. */
public final class RunServer implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(5);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path data;
  private final int port;

  private RunServer(Process process, Path data, int port) {
    this.process = process;
    this.data = data;
    this.port = port;
  }

  /**
   * Returns when it says that it is ready.
   *
   * @param heapMegabytes all the heap that it gets
   * @param settings variables of its environment beside the database's address
   */
  public static RunServer start(
      RunDatabase database, Path city, int heapMegabytes, Map<String, String> settings)
      throws IOException {
    Path data = Files.createTempDirectory("gridline-bench-server");
    int port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "org.gridline.console.Main"));
    command.addAll(List.of("--city", city.toString(), "--port", Integer.toString(port)));
    command.addAll(List.of("--data", data.toString(), "--pages", data + "/pages"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(data.resolve("server.log").toFile());
    builder.environment().put("GRIDLINE_DATABASE_URL", database.url());
    builder.environment().putAll(settings);
    RunServer server = new RunServer(builder.start(), data, port);
    server.awaitReady();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    long until = System.nanoTime() + READY.toNanos();
    HttpRequest ask = HttpRequest.newBuilder(address("/health/ready")).build();
    while (System.nanoTime() < until) {
      if (!process.isAlive()) break;
      try {
        if (client.send(ask, BodyHandlers.discarding()).statusCode() == 200) return;
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (IOException notYet) {
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    String log = Files.readString(data.resolve("server.log"));
    close();
    throw new IllegalStateException("the server is not ready:\n" + log);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    client.close();
    try (var all = Files.walk(data)) {
      for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
