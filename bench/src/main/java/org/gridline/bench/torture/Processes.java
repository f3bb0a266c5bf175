package org.gridline.bench.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Programs of this machine, run to their end. */
final class Processes {
  private static final int MOST_SECONDS = 180;

  private static final Set<Process> OURS = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Processes::killAll, "end of the torture"));
  }

  private Processes() {}

  /** Starts one that does not outlive this program, however that ends. */
  static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    OURS.removeIf(p -> !p.isAlive());
    OURS.add(process);
    return process;
  }

  private static void killAll() {
    for (Process process : OURS) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /**
   * @throws IllegalStateException with its words when it fails
   */
  static void run(List<String> command) throws IOException, InterruptedException {
    Path out = java.nio.file.Files.createTempFile("gridline-torture", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    String said = java.nio.file.Files.readString(out);
    java.nio.file.Files.delete(out);
    if (!ended || process.exitValue() != 0)
      throw new IllegalStateException(command.getFirst() + " failed: " + said);
  }

  static void awaitEnd(Process process) throws InterruptedException {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
      throw new IllegalStateException("process " + process.pid() + " does not end");
  }

  /** Sends a signal to a process and all that it started. */
  static void signal(String name, Process process) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    command.add(Long.toString(process.pid()));
    process.descendants().forEach(p -> command.add(Long.toString(p.pid())));
    Process kill =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    // Whoever ended in between makes it fail, and that is no trouble.
    kill.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
  }

  /** {@code kill -9} of a process and all that it started. */
  static void kill(Process process) throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    awaitEnd(process);
    for (ProcessHandle child : children) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
      while (child.isAlive() && System.nanoTime() < end) TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
