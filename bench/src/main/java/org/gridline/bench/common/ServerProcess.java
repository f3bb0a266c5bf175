package org.gridline.bench.common;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server in a JVM of its own, as the launcher starts it, or a bare one under the same options.
 */
public final class ServerProcess implements AutoCloseable {
  private static final long READY_SECONDS = 300;
  private static final String PASSWORD = "Gridline-sample-1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final Path log;
  private final int port;

  private ServerProcess(
      String classPath, String main, List<String> arguments, Map<String, String> environment)
      throws IOException {
    this.port = freePort();
    this.log = Files.createTempFile("gridline-bench", ".log");
    List<String> command = new ArrayList<>();
    command.add(program("java"));
    command.addAll(
        List.of(
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx2g",
            "-cp",
            classPath,
            main,
            "--port",
            Integer.toString(port)));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    this.process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    awaitReady();
  }

  /** The real server on a database, with an installation of its own. */
  public static ServerProcess gridline(
      String databaseUrl, Path city, Map<String, String> environment) throws IOException {
    Path data = Files.createTempDirectory("gridline-bench");
    Path pages = Files.createDirectory(data.resolve("pages"));
    Files.writeString(pages.resolve("index.html"), "<!doctype html><title>bench</title>");
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("GRIDLINE_DATABASE_URL", databaseUrl);
    return new ServerProcess(
        Path.of(Report.environment("GRIDLINE_PROGRAM")).resolve("gridline.jar").toString(),
        "org.gridline.console.Main",
        List.of("--city", city.toString(), "--data", data.toString(), "--pages", pages.toString()),
        all);
  }

  /** A bare server of the benchmarks' own; takes {@code --port} and answers at /health/ready. */
  public static ServerProcess bare(Class<?> main, String... arguments) throws IOException {
    return new ServerProcess(
        System.getProperty("java.class.path"), main.getName(), List.of(arguments), Map.of());
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** Signs one of the sample's people in. */
  public String token(String user) {
    HttpResponse<String> answer =
        send(
            request("/api/v1/sessions")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"user\":\"" + user + "\",\"password\":\"" + PASSWORD + "\"}")));
    return json(expect(201, answer)).path("token").asText();
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  /** Any thread. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("no answer; the server's log is " + log, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static String expect(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status)
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    return answer.body();
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What lives on the heap after a full collection. */
  public long liveHeapBytes() throws IOException {
    Process told =
        new ProcessBuilder(program("jcmd"), Long.toString(pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String total = text.lines().filter(l -> l.startsWith("Total")).findFirst().orElseThrow();
    return Long.parseLong(total.strip().split("\\s+")[2]);
  }

  private void awaitReady() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (!ready()) {
      if (!process.isAlive() || System.nanoTime() > end)
        throw new IllegalStateException("the server does not start; its log is " + log);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private boolean ready() {
    try {
      return client.send(request("/health/ready").build(), BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
