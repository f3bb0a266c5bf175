package org.gridline.console.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.gridline.console.csv.CsvRows;
import org.gridline.console.csv.Unreadable;
import org.gridline.console.replay.Ledger.Entry;
import org.gridline.dispatch.city.CityPack.SamplePerson;

/**
 * {@code ./gridline replay}: posts a folder of real tickets in their order and compares the
 * answers. Exit codes: 0 every row has its answer, 1 not, 2 wrong arguments.
 */
public final class Replay {
  /** Enough for the server to work on some while others commit; more only wait there. */
  private static final int IN_FLIGHT = 16;

  private static final int CPU_LOOK_SECONDS = 2;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(8);

  private final ReplayOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private Replay(ReplayOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    // What libraries log goes where people read; standard output belongs to the result.
    System.setOut(err);
    System.exit(run(arguments, System.getenv(), out, err));
  }

  /** The command with its exit code. */
  static int run(
      String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      Replay replay = new Replay(ReplayOptions.read(arguments, environment), out, err);
      Thread interrupted = new Thread(replay::interrupt, "interrupt");
      Runtime.getRuntime().addShutdownHook(interrupted);
      try {
        return replay.run();
      } finally {
        replay.ended.countDown();
        forget(interrupted);
      }
    } catch (ReplayOptions.Wrong e) {
      err.println(e.getMessage() + "\n" + ReplayOptions.USAGE);
      return 2;
    } catch (Unreadable e) {
      err.println("replay: " + e.getMessage());
      return 1;
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // It is running, or about to, and finds that everything has ended.
      return;
    }
  }

  /** Ctrl-C: what is on its way gets the chance to come home. */
  private void interrupt() {
    stop.countDown();
    try {
      boolean quiet = ended.await(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
      if (!quiet) err.println("replay: the last answers did not come; the next run asks again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int run() {
    ReplayPack city = ReplayPack.find(options.cities(), options.city(), options.folder());
    Optional<SamplePerson> person =
        options.token().isPresent() ? Optional.empty() : Optional.of(city.sender());
    Latencies latencies = new Latencies();
    try (FrontDoor door = new FrontDoor(options.url(), IN_FLIGHT + 2)) {
      options.token().ifPresent(door::show);
      Progress before = new Progress(err, false, 0);
      new Sender(door, person, stop, latencies, before).signIn();
      if (stop.getCount() == 0) return 1;
      checkCity(door, city);
      try (Ledger ledger = Ledger.open(options.data(), city.name(), epoch(door))) {
        return run(city, door, person, ledger, latencies);
      }
    }
  }

  private static void checkCity(FrontDoor door, ReplayPack city) {
    try {
      String served = door.get("/api/v1/city").json().path("name").path("en").asText();
      String ours = city.pack().city().name().en();
      if (!served.equals(ours)) {
        throw new Unreplayable("the server serves " + served + ", these tickets belong to " + ours);
      }
    } catch (IOException e) {
      throw new Unreplayable("the server does not say which city it serves: " + e.getMessage());
    }
  }

  private static String epoch(FrontDoor door) {
    try {
      return door.epoch();
    } catch (IOException e) {
      throw new Unreplayable("can't tell which database the server has: " + e.getMessage());
    }
  }

  private int run(
      ReplayPack city,
      FrontDoor door,
      Optional<SamplePerson> person,
      Ledger ledger,
      Latencies latencies) {
    RowReader reader = new RowReader(city);
    Queue queue = Queue.counted(city, reader, ledger, options);
    Progress progress = new Progress(err, terminal(), queue.toSend());
    progress.say(
        "%s → %s: %,d 行 rows, %,d 已在账 answered before"
            .formatted(
                city.tickets().getFileName(),
                options.url(),
                queue.rows(),
                queue.rows() - queue.toSend()));
    Sender sender = new Sender(door, person, stop, latencies, progress);
    ServerCpu serverCpu = new ServerCpu(door);
    serverCpu.look();
    double clientCpu = processCpuSeconds();
    sendAll(city, queue, ledger, sender, progress, serverCpu);
    serverCpu.look();
    Duration took = progress.since();
    clientCpu = processCpuSeconds() - clientCpu;
    progress.tick();
    progress.endLine();
    if (stop.getCount() == 0) {
      err.println(
          "已中断 · interrupted after %,d rows; the same command goes on from here"
              .formatted(progress.done()));
      return 1;
    }
    Comparison found = Comparison.of(city, ledger, options.limit());
    Summary.Run run =
        new Summary.Run(progress.done(), took, latencies, serverCpu.used(), clientCpu);
    new Summary(out, city, found, run).print();
    return found.open() == 0 ? 0 : 1;
  }

  private void sendAll(
      ReplayPack city,
      Queue queue,
      Ledger ledger,
      Sender sender,
      Progress progress,
      ServerCpu serverCpu) {
    try (CsvRows file = CsvRows.open(city.tickets());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch sending = new CountDownLatch(IN_FLIGHT);
      queue.begin(file);
      java.util.List<Future<?>> working = new java.util.ArrayList<>();
      for (int i = 0; i < IN_FLIGHT; i++) {
        working.add(
            threads.submit(
                () -> {
                  try {
                    work(queue, ledger, sender, progress);
                  } catch (RuntimeException e) {
                    // The others can't do better than this one.
                    queue.close();
                    throw e;
                  } finally {
                    sending.countDown();
                  }
                }));
      }
      for (int second = 1; !sending.await(1, TimeUnit.SECONDS); second++) {
        progress.tick();
        if (second % CPU_LOOK_SECONDS == 0) serverCpu.look();
      }
      for (Future<?> worker : working) worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreplayable("interrupted");
    } catch (ExecutionException e) {
      progress.endLine();
      if (e.getCause() instanceof Unreadable known) throw known;
      throw new Unreplayable(String.valueOf(e.getCause()));
    }
  }

  private void work(Queue queue, Ledger ledger, Sender sender, Progress progress) {
    while (stop.getCount() > 0) {
      Optional<Queue.Turn> next = queue.next();
      if (next.isEmpty()) return;
      Queue.Turn turn = next.get();
      switch (turn.row()) {
        case RowReader.Read.Unusable(String id, String code) -> {
          ledger.write(Entry.refused(id, 0, code));
          progress.refused();
        }
        case RowReader.Read.Report report -> {
          if (!awaitTurn(turn)) return;
          Optional<Entry> answer = sender.send(report);
          if (answer.isEmpty()) return;
          ledger.write(answer.get());
          if (answer.get().acknowledged()) progress.acknowledged();
          else progress.refused();
        }
      }
    }
  }

  /** False when stopped meanwhile. */
  private boolean awaitTurn(Queue.Turn turn) {
    try {
      long nanos = turn.due() - System.nanoTime();
      return nanos <= 0 || !stop.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean terminal() {
    return Optional.ofNullable(System.console()).filter(c -> c.isTerminal()).isPresent();
  }

  private static double processCpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean os
        ? os.getProcessCpuTime() / 1e9
        : 0;
  }
}
