package org.gridline.console;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.dispatch.store.Desk;

/** The server as a process of its own, which can be killed as no program expects. */
final class ServerProcess {
  private static final Duration MOST = Duration.ofSeconds(60);

  private final Path city;
  private final String url;
  private final Path data;
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final Path kept;
  private Process process;

  /** Starts once to keep loaded classes, as the launcher does after a build, and then for good. */
  ServerProcess(String url, Path data, int port) {
    this(Town.sample(), url, data, port);
  }

  /** The same with another pack than the sample's. */
  ServerProcess(Path city, String url, Path data, int port) {
    this.city = city;
    this.url = url;
    this.data = data;
    this.port = port;
    this.kept = data.resolve("classes.aot");
    process = launch("-XX:AOTCacheOutput=" + kept);
    awaitReady();
    process.destroy();
    awaitEnd();
    process = launch("-XX:AOTCache=" + kept);
    awaitReady();
  }

  private Process launch(String flag) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(
        List.of(flag, "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(
        List.of("--sun-misc-unsafe-memory-access=allow", "-cp", classPath(), Main.class.getName()));
    command.addAll(List.of("--city", city.toString(), "--port", Integer.toString(port)));
    command.addAll(List.of("--data", data.toString(), "--pages"));
    command.add(Desk.repository().resolve("web-console/src/test/resources/pages").toString());
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("server.log").toFile()));
      builder.environment().put("GRIDLINE_DATABASE_URL", url);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the launcher would start: jars alone, since loaded classes of folders can't be kept. */
  static String classPath() {
    return Jars.PATH;
  }

  private static final class Jars {
    // Surefire hides the class path in a jar's manifest and names it in a property of its own.
    static final String PATH =
        Stream.of(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator))
            .map(Path::of)
            .filter(part -> !part.endsWith("test-classes"))
            .map(part -> Files.isDirectory(part) ? jar(part) : part)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));

    private static Path jar(Path classes) {
      try (Stream<Path> all = Files.walk(classes)) {
        Path jar = Files.createTempFile("classes", ".jar");
        jar.toFile().deleteOnExit();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
          for (Path file : all.filter(Files::isRegularFile).toList()) {
            out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
            Files.copy(file, out);
          }
        }
        return jar;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  void startAgain() {
    process = launch("-XX:AOTCache=" + kept);
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(180, TimeUnit.SECONDS))
        throw new AssertionError("the server does not end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How long it took from now until the server says it is ready. */
  Duration awaitReady() {
    Instant from = Instant.now();
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    while (Instant.now().isBefore(from.plus(MOST))) {
      try {
        if (client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return Duration.between(from, Instant.now());
        }
      } catch (IOException notYet) {
        if (!process.isAlive())
          throw new AssertionError("the server ended by itself, see " + data.resolve("server.log"));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError("not ready within " + MOST);
  }
}
