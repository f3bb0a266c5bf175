package org.gridline.bench.storm;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.gridline.bench.common.Arguments;
import org.gridline.bench.common.Report;
import org.gridline.bench.common.RunDatabase;
import org.gridline.bench.common.RunServer;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;

/** {@code ./gridline bench storm}: see the package. Exit code 1 when a call was lost or doubled. */
public final class StormBench {
  private static final int HEAP_MEGABYTES = 1024;
  private static final int LOOKS = 12;
  private static final int CALLERS = 16;
  private static final double SOUNDING_SECONDS = 20;
  private static final int SOAK_SCREENS = 4;
  private static final int SOAK_STRIDE = 64;

  private final Options options;
  private final Report report = new Report("storm", System.out);
  private final RunDatabase database;
  private final RunServer server;
  private final Clerk clerk;
  private final Clerk chief;

  private StormBench(Options options, RunDatabase database, RunServer server, CityPack pack)
      throws IOException, InterruptedException {
    this.options = options;
    this.database = database;
    this.server = server;
    clerk = clerk(pack, "operator1");
    chief = clerk(pack, "chief1");
  }

  private Clerk clerk(CityPack pack, String login) throws IOException, InterruptedException {
    String password =
        pack.people().stream()
            .filter(p -> p.login().equals(login))
            .findFirst()
            .orElseThrow()
            .password();
    return new Clerk(server, login, password);
  }

  public static void main(String[] arguments) throws Exception {
    Options options = Arguments.orExit("storm", arguments, Options::parse, Options.USAGE);
    Path city = Path.of(Report.environment("GRIDLINE_CITIES"), "qixia-sample");
    Path data = Path.of(Report.environment("GRIDLINE_TEST_DATA"));
    CityPack pack = CityPackReader.read(city);
    List<Call> calls = StormCalls.read(data.resolve(StormCalls.FILE), pack.boundaries());
    boolean kept;
    try (RunDatabase database =
            RunDatabase.create(Report.environment("GRIDLINE_DATABASE_URL"), "storm");
        RunServer server = RunServer.gridline(database, city, HEAP_MEGABYTES, Map.of())) {
      StormBench bench = new StormBench(options, database, server, pack);
      kept = bench.storm(calls);
      if (options.soakMinutes() > 0) kept &= bench.soak(calls);
      bench.report.end();
    }
    System.exit(kept ? 0 : 1);
  }

  private boolean storm(List<Call> calls) throws Exception {
    double seconds = calls.getLast().atSeconds() - calls.getFirst().atSeconds();
    report.line(
        "%d calls of %.1f hours in %.0f s, %d screens",
        calls.size(), seconds / 3600, seconds / options.times(), options.screens());
    double first = calls.getFirst().atSeconds();
    try (Screens screens = new Screens(server, chief.token(), options.screens(), 1)) {
      return run(
          "storm",
          screens,
          calls.size(),
          i -> calls.get(i),
          i -> (calls.get(i).atSeconds() - first) / options.times());
    }
  }

  private boolean soak(List<Call> calls) throws Exception {
    double capacity = sound(calls);
    double rate = capacity / 2;
    int count = (int) (rate * options.soakMinutes() * 60);
    report.line("takes %.0f a second; %d at half of that", capacity, count);
    report.json().put("soak_per_second", Math.round(rate));
    try (Screens screens = new Screens(server, chief.token(), SOAK_SCREENS, SOAK_STRIDE)) {
      return run("soak", screens, count, i -> calls.get(i % calls.size()), i -> i / rate);
    }
  }

  /** Reports a second with some callers who each wait for their answer. */
  private double sound(List<Call> calls) throws InterruptedException {
    AtomicInteger taken = new AtomicInteger();
    long from = System.nanoTime();
    long until = from + (long) (SOUNDING_SECONDS * 1e9);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int c = 0; c < CALLERS; c++)
        callers.execute(
            () -> {
              try {
                while (System.nanoTime() < until)
                  clerk.take(calls.get(taken.getAndIncrement() % calls.size()));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    }
    return taken.get() / ((System.nanoTime() - from) / 1e9);
  }

  private interface Which {
    Call get(int i);
  }

  private interface When {
    double seconds(int i);
  }

  /** Sends at fixed times, whether or not anything was answered. */
  private boolean run(String what, Screens screens, int count, Which which, When when)
      throws Exception {
    long before = database.count("ticket");
    int repeatsBefore = clerk.repeats();
    Map<Long, Long> sent = new ConcurrentHashMap<>();
    AtomicInteger answered = new AtomicInteger();
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    List<Vitals> vitals = new ArrayList<>();
    long from = System.nanoTime();
    double nextLook = 0;
    double every = when.seconds(count - 1) / LOOKS;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService looks = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < count; i++) {
        long due = from + (long) (when.seconds(i) * 1e9);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
          LockSupport.parkNanos(left);
        if (when.seconds(i) >= nextLook) {
          nextLook += every;
          looks.execute(() -> look(what, vitals));
        }
        Call call = which.get(i);
        callers.execute(
            () -> {
              try {
                long id = clerk.take(call);
                answered.incrementAndGet();
                if (screens.looksAt(id)) sent.put(id, due);
              } catch (IOException e) {
                failures.add(String.valueOf(e.getMessage()));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
      }
    }
    look(what, vitals);
    await(() -> screens.missing(sent) == 0);
    return verdict(
        what,
        screens,
        sent,
        count,
        answered.get(),
        database.count("ticket") - before,
        clerk.repeats() - repeatsBefore,
        vitals,
        Optional.ofNullable(failures.peek()).orElse(""));
  }

  private void look(String what, List<Vitals> vitals) {
    try {
      Vitals now = Vitals.look(server, database);
      vitals.add(now);
      report.line(
          "%s: heap %.1f MiB, resident %.0f MiB, %d files, %d dead rows, database %.1f MiB",
          what,
          now.heapBytes() / 1048576.0,
          now.residentBytes() / 1048576.0,
          now.files(),
          now.deadRows(),
          now.databaseBytes() / 1048576.0);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("nothing could be looked at", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Done {
    boolean yes();
  }

  private static void await(Done done) throws InterruptedException {
    for (int i = 0; i < 300 && !done.yes(); i++) TimeUnit.MILLISECONDS.sleep(100);
  }

  private boolean verdict(
      String what,
      Screens screens,
      Map<Long, Long> sent,
      int calls,
      int answered,
      long stored,
      int repeats,
      List<Vitals> vitals,
      String failure) {
    double[] lags = screens.lags(sent);
    long unseen = screens.missing(sent);
    report.line(
        "%s: %d calls, %d answered, %d stored, %d asked again %s",
        what, calls, answered, stored, repeats, failure);
    report.line(
        "%s: from sending to a screen, ms: p50 %.0f, p99 %.0f, most %.0f; not seen %d",
        what, at(lags, 0.5), at(lags, 0.99), at(lags, 1), unseen);
    report
        .json()
        .put(what + "_calls", calls)
        .put(what + "_lost", calls - answered)
        .put(what + "_stored_too_many", stored - answered)
        .put(what + "_unseen", unseen)
        .put(what + "_screen_ms_p50", Math.round(at(lags, 0.5)))
        .put(what + "_screen_ms_p99", Math.round(at(lags, 0.99)))
        .put(what + "_screen_ms_most", Math.round(at(lags, 1)));
    if (!vitals.isEmpty()) {
      Vitals early = vitals.get(vitals.size() / 4);
      Vitals late = vitals.getLast();
      report
          .json()
          .put(what + "_heap_bytes_early", early.heapBytes())
          .put(what + "_heap_bytes_late", late.heapBytes())
          .put(what + "_files_early", early.files())
          .put(what + "_files_late", late.files())
          .put(what + "_dead_rows_early", early.deadRows())
          .put(what + "_dead_rows_late", late.deadRows());
    }
    return answered == calls && stored == answered && unseen == 0;
  }

  private static double at(double[] sorted, double share) {
    return Screens.quantile(sorted, share).orElse(Double.NaN);
  }
}
