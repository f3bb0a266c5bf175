package org.gridline.dispatch.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.gridline.dispatch.people.Presence.Look;
import org.gridline.dispatch.people.Presence.Mode;
import org.gridline.dispatch.people.Presence.Tab;

/** Presence in a process of its own, which can be killed as no program expects. */
final class OtherServer implements AutoCloseable {
  private final Process process;

  private OtherServer(Process process) {
    this.process = process;
  }

  /** Somebody beats there at a ticket until the process is killed. */
  static OtherServer start(String database, long user, long ticket) {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                OtherServer.class.getName(),
                Long.toString(user),
                Long.toString(ticket)));
    builder.environment().put("GRIDLINE_DATABASE_URL", database);
    try {
      return new OtherServer(
          builder.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] arguments) throws InterruptedException {
    String database = System.getenv("GRIDLINE_DATABASE_URL");
    InfinispanPresence presence =
        InfinispanPresence.open(ClusterTest.settings(database, ClusterTest.SECRET), Instant::now);
    presence.join();
    presence.beat(
        new Tab(Long.parseLong(arguments[0]), "other-server"),
        Optional.empty(),
        Optional.of(new Look(Long.parseLong(arguments[1]), Mode.EDITING)));
    new CountDownLatch(1).await();
  }
}
