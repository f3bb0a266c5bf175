package org.gridline.bench.common;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own; gone when it is closed. */
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
   * The whole of Gridline on a database of the run. Returns when it says that it is ready.
   *
   * @param settings variables of its environment beside the database's address
   */
  public static RunServer gridline(
      RunDatabase database, Path city, int heapMegabytes, Map<String, String> settings)
      throws IOException {
    Path data = Files.createTempDirectory("gridline-bench-server");
    int port = freePort();
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("GRIDLINE_DATABASE_URL", database.url());
    return start(
        "org.gridline.console.Main",
        List.of(
            "--city", city.toString(),
            "--port", Integer.toString(port),
            "--data", data.toString(),
            "--pages", data + "/pages"),
        environment,
        heapMegabytes,
        data,
        port);
  }

  /** Bare Vert.x that reads a request and answers with the same bytes, whatever was asked. */
  public static RunServer echo(byte[] answer) throws IOException {
    Path data = Files.createTempDirectory("gridline-bench-echo");
    Path file = Files.write(data.resolve("answer"), answer);
    int port = freePort();
    return start(
        Echo.class.getName(),
        List.of(Integer.toString(port), file.toString()),
        Map.of(),
        512,
        data,
        port);
  }

  /** A bare server of the benchmarks' own, which takes its port as its first argument. */
  public static RunServer bare(Class<?> main, int heapMegabytes) throws IOException {
    int port = freePort();
    return start(
        main.getName(),
        List.of(Integer.toString(port)),
        Map.of(),
        heapMegabytes,
        Files.createTempDirectory("gridline-bench-bare"),
        port);
  }

  private static RunServer start(
      String program,
      List<String> arguments,
      Map<String, String> environment,
      int heapMegabytes,
      Path data,
      int port)
      throws IOException {
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
                program));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(data.resolve("server.log").toFile());
    builder.environment().putAll(environment);
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

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** The token of somebody who signs in. */
  public String signIn(String login, String password) throws IOException, InterruptedException {
    ObjectMapper json = new ObjectMapper();
    HttpRequest request =
        HttpRequest.newBuilder(address("/api/v1/sessions"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofByteArray(
                    json.writeValueAsBytes(
                        json.createObjectNode().put("user", login).put("password", password))))
            .build();
    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
    String token = json.readTree(answer.body()).path("token").asText();
    if (token.isEmpty()) throw new IllegalStateException("no sign-in: " + answer.statusCode());
    return token;
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
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
