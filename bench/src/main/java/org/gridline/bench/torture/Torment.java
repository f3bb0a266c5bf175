package org.gridline.bench.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gridline.bench.common.Report;
import org.gridline.bench.torture.Blows.Done;
import org.gridline.bench.torture.Clerk.Mark;
import org.gridline.bench.torture.Invariants.Findings;
import org.gridline.bench.torture.Ledger.Sums;
import org.gridline.bench.torture.Plan.Blow;
import org.gridline.bench.torture.Tally.Times;

/** One run: a house of its own, people at work in it, blows, and what held. */
final class Torment implements AutoCloseable {
  private static final int CLERKS = 6;
  private static final int WHOLE_EVERY = 50;
  private static final long SETTLE_SECONDS = 300;
  private static final String WATCHER = "chief1";
  private static final List<String> OPERATORS = List.of("operator1", "operator2");

  private final Options options;
  private final Report report;
  private final Ledger ledger = new Ledger();
  private final Tally tally = new Tally();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Clerk> clerks = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Shift shift = new Shift(CLERKS);
  private final Optional<SmallDisk> disk;
  private final Postgres postgres;
  private final Optional<GoBetween> between;
  private final House house;
  private final Api api;
  private final LiveWatch watch;
  private final Invariants invariants;
  private final Healing healing;
  private final Blows blows;

  /**
   * Where things are.
   *
   * @param folder of this run, empty
   * @param kept where loaded classes are kept from one run to the next
   * @param firstPort this one and the two after it are free
   */
  record Place(
      Path folder,
      Path pgBin,
      Path sample,
      String classPath,
      Path pages,
      Path kept,
      int firstPort) {}

  Torment(Options options, Place place, Report report)
      throws IOException, InterruptedException, SQLException {
    this.options = options;
    this.report = report;
    faults.addAll(options.faults());
    Path data = place.folder().resolve("data");
    Files.createDirectories(data.resolve("secrets"));
    disk = disk(place.folder().resolve("postgres"));
    postgres =
        Postgres.create(
            place.pgBin(),
            place.folder().resolve("postgres/cluster"),
            place.firstPort(),
            disk.isPresent());
    int through = postgres.port();
    if (faults.stream().anyMatch(Fault::needsGoBetween)) {
      through = place.firstPort() + 1;
      between = Optional.of(new GoBetween(through, postgres.port()));
    } else {
      between = Optional.empty();
    }
    house =
        new House(
            new House.Program(
                place.classPath(),
                place.pages(),
                ShortLimits.copy(place.sample(), place.folder().resolve("city")),
                place.kept()),
            Map.of(
                "GRIDLINE_DATABASE_URL",
                postgres.url("gridline_app", through),
                "GRIDLINE_DATABASE_OWNER_URL",
                postgres.url("gridline", through)),
            data,
            place.firstPort() + 2);
    house.awaitReady();
    api = new Api(house.port());
    List<String> people = new ArrayList<>(OPERATORS);
    people.add(WATCHER);
    api.signIn(people);
    watch = new LiveWatch(api, ledger, house.port(), WATCHER);
    postgres.checkpoint();
    invariants = new Invariants(postgres, ledger, data);
    healing = new Healing(postgres, api, watch, WATCHER);
    blows = new Blows(postgres, house, api, ledger, OPERATORS.getFirst(), between, disk);
    for (int i = 0; i < CLERKS; i++) {
      Words words = new Words("c" + i, options.seed() * 1_000 + i);
      clerks.add(new Clerk(api, ledger, shift, OPERATORS.get(i % OPERATORS.size()), words));
    }
  }

  private Optional<SmallDisk> disk(Path at) throws IOException, InterruptedException {
    if (!faults.contains(Fault.DISK)) return Optional.empty();
    Optional<SmallDisk> mounted = SmallDisk.mount(at);
    if (mounted.isEmpty()) {
      faults.remove(Fault.DISK);
      tally.notRun(Fault.DISK, "no filesystem can be mounted here");
    }
    return mounted;
  }

  /** True when everything held. */
  boolean run() throws IOException, InterruptedException, SQLException {
    long end = System.nanoTime() + (long) (options.minutes() * 60e9);
    Plan plan = new Plan(faults, options.seed());
    for (Clerk clerk : clerks) threads.add(Thread.ofVirtual().start(clerk));
    Fault last = faults.getFirst();
    try {
      while (System.nanoTime() < end
          && more()
          && ledger.broken().isEmpty()
          && tally.broken() == 0) {
        Blow blow = plan.next();
        last = blow.fault();
        one(blow);
        if (tally.times() % WHOLE_EVERY == 0) find(last, invariants.all());
      }
      shift.pause(SETTLE_SECONDS);
      find(last, invariants.all());
    } catch (Broken | TimeoutException | IllegalStateException e) {
      ledger.broken("after " + last.id() + ": " + e.getMessage());
    } finally {
      shift.end();
    }
    for (String what : ledger.broken()) {
      tally.broken(last);
      report.line("BROKEN: %s", what);
    }
    return tally.broken() == 0;
  }

  private boolean more() {
    return options.blows().isEmpty() || tally.times() < options.blows().getAsInt();
  }

  private void one(Blow blow)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    shift.goOn();
    TimeUnit.MILLISECONDS.sleep(blow.workMillis());
    awaitWork();
    Done done = blows.strike(blow);
    long ready = house.awaitReady();
    awaitWork();
    shift.pause(SETTLE_SECONDS);
    long settled = System.nanoTime();
    List<Mark> newest = clerks.stream().flatMap(c -> c.newest().stream()).limit(2).toList();
    healing.await(newest);
    double healed = (System.nanoTime() - settled) / 1e6;
    tally.add(
        blow.fault(),
        new Times(
            Math.max(0, (ready - done.since()) / 1e6), done.acceptMillis(), healed, done.cuts()));
    find(blow.fault(), invariants.newest());
    progress(blow, (ready - done.since()) / 1e6);
  }

  /** For whoever waits; the verdict is printed at the end. */
  private void progress(Blow blow, double readyMillis) {
    System.err.printf(
        Locale.ROOT,
        "%4d %-9s ready %6.0f ms, %,d acknowledged, %d broken%n",
        tally.times(),
        blow.fault().id(),
        Math.max(0, readyMillis),
        ledger.sums().acknowledged(),
        tally.broken());
  }

  /** Until something is taken that was not yet before. */
  private void awaitWork() throws InterruptedException, TimeoutException {
    long before = ledger.sums().acknowledged();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
    while (ledger.sums().acknowledged() < before + 3) {
      if (System.nanoTime() > end) throw new TimeoutException("nothing is taken any more");
      if (!ledger.broken().isEmpty()) return;
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private void find(Fault fault, Findings findings) {
    tally.add(fault, findings);
    for (String what : findings.broken()) report.line("BROKEN after %s: %s", fault.id(), what);
  }

  void print() {
    Sums sums = ledger.sums();
    tally.print(report);
    report.line(
        "%,d reports and %,d actions acknowledged, %,d requests without an answer, %,d with an unknown outcome, %,d"
            + " repeated, %,d conflicts, %,d poison refused; %,d processes killed",
        sums.acknowledged(),
        sums.acted(),
        sums.silent(),
        sums.unknown(),
        sums.replayed(),
        sums.conflicts(),
        sums.refused(),
        tally.kills());
    report
        .json()
        .put("seed", options.seed())
        .put("blows", tally.times())
        .put("kills", tally.kills())
        .put("lost", tally.lost())
        .put("doubled", tally.doubled())
        .put("broken", tally.broken())
        .put("acknowledged", sums.acknowledged())
        .put("acted", sums.acted())
        .put("unanswered", sums.silent())
        .put("unknown", sums.unknown())
        .put("repeated", sums.replayed())
        .put("conflicts", sums.conflicts())
        .put("poison_refused", sums.refused());
  }

  Tally tally() {
    return tally;
  }

  Invariants invariants() {
    return invariants;
  }

  Postgres postgres() {
    return postgres;
  }

  Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() throws IOException {
    shift.end();
    watch.close();
    try {
      house.kill();
      for (Thread thread : threads) thread.interrupt();
      for (Thread thread : threads) thread.join(TimeUnit.SECONDS.toMillis(30));
      if (between.isPresent()) between.get().close();
      postgres.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (disk.isPresent()) disk.get().close();
  }
}
