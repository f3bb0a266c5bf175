package org.gridline.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gridline.console.replay.Replay;
import org.gridline.dispatch.store.Desk;

/** {@code ./gridline replay} as a process of its own, which can be killed like the server. */
final class ReplayProcess {
  private final Path data;
  private final List<String> command;
  private final String address;
  private Process process;

  ReplayProcess(Path data, int port, Path tickets, String... options) {
    this.data = data;
    this.address = "http://127.0.0.1:" + port;
    command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", ServerProcess.classPath(), Replay.class.getName()));
    command.add(tickets.toString());
    command.addAll(List.of(options));
    process = launch();
  }

  private Process launch() {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectOutput(data.resolve("replay.out").toFile());
      builder.redirectError(ProcessBuilder.Redirect.appendTo(data.resolve("replay.err").toFile()));
      Map<String, String> environment = builder.environment();
      environment.put("GRIDLINE_DATA", data.toString());
      environment.put("GRIDLINE_URL", address);
      environment.put("GRIDLINE_CITIES", Desk.repository().resolve("config/cities").toString());
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code kill -9}, and the same command once more. */
  void killAndStartAgain() {
    process.destroyForcibly();
    awaitEnd(30);
    process = launch();
  }

  boolean running() {
    return process.isAlive();
  }

  /** Exit code. */
  int awaitEnd(int seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS))
        throw new AssertionError("the replay does not end, see " + data.resolve("replay.err"));
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills it for good. */
  void end() {
    process.destroyForcibly();
  }

  /** The last line of the output. */
  JsonNode result() {
    return Town.json(lines(data.resolve("replay.out")).getLast());
  }

  /** What it told people. */
  String said() {
    return String.join("\n", lines(data.resolve("replay.err")));
  }

  /** The ledger's lines by row. */
  Map<String, List<String>> ledger() {
    Map<String, List<String>> rows = new HashMap<>();
    Path folder = data.resolve("replay");
    if (!Files.isDirectory(folder)) return rows;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        for (String line : lines(file)) {
          List<String> cells = List.of(line.split("\t", -1));
          rows.put(cells.getFirst(), cells);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
