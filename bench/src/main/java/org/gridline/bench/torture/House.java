package org.gridline.bench.torture;

import java.io.IOException;
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

/** The real server as a process of its own, started as the launcher does it. */
final class House {
  private static final Duration MOST = Duration.ofMinutes(5);
  private static final int LOOK_MILLIS = 20;

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path data;
  private final Path kept;
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private Process process;

  /**
   * What is started.
   *
   * @param classPath jars alone, or the classes that a rehearsal loaded can't be kept
   * @param kept the file that keeps them; made when it is not there
   */
  record Program(String classPath, Path pages, Path city, Path kept) {}

  /** Rehearses once a program, which halves each start, and starts. */
  House(Program program, Map<String, String> environment, Path data, int port)
      throws IOException, InterruptedException {
    this.environment = Map.copyOf(environment);
    this.data = data;
    this.port = port;
    this.command =
        List.of(
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx1g",
            "-cp",
            program.classPath(),
            "org.gridline.console.Main",
            "--city",
            program.city().toString(),
            "--port",
            Integer.toString(port),
            "--data",
            data.toString(),
            "--pages",
            program.pages().toString());
    this.kept = program.kept();
    if (Files.exists(kept)) {
      process = launch("-XX:AOTCache=" + kept);
      return;
    }
    process = launch("-XX:AOTCacheOutput=" + kept);
    awaitReady();
    process.destroy();
    Processes.awaitEnd(process);
    start();
  }

  void start() throws IOException {
    process = launch(Files.exists(kept) ? "-XX:AOTCache=" + kept : "-XX:+UseCompactObjectHeaders");
  }

  private Process launch(String flag) throws IOException {
    List<String> whole = new ArrayList<>();
    whole.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    whole.add(flag);
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("server.log").toFile()));
    builder.environment().putAll(environment);
    return Processes.start(builder);
  }

  int port() {
    return port;
  }

  boolean running() {
    return process.isAlive();
  }

  void kill() throws InterruptedException {
    Processes.kill(process);
  }

  void signal(String name) throws IOException, InterruptedException {
    Processes.signal(name, process);
  }

  /** Waits until it says that it is ready; returns when that was, by {@link System#nanoTime}. */
  long awaitReady() throws InterruptedException {
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
            .timeout(Duration.ofSeconds(15))
            .build();
    long end = System.nanoTime() + MOST.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (client.send(ask, BodyHandlers.discarding()).statusCode() == 200)
          return System.nanoTime();
      } catch (IOException notYet) {
        if (!process.isAlive())
          throw new Broken("the server ended by itself, see " + data.resolve("server.log"));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new Broken("the server is not ready within " + MOST);
  }
}
