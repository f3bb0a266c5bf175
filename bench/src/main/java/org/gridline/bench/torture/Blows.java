package org.gridline.bench.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gridline.bench.torture.GoBetween.Cut;
import org.gridline.bench.torture.Plan.Blow;

/** Does to the house what the plan says, and brings back what was killed. */
final class Blows {
  private static final int READERS = 100;
  private static final int SLOW_MILLIS = 3_000;
  private static final int FULL_MILLIS = 4_000;
  private static final int CUT_STATEMENTS = 6;
  private static final int CUT_MILLIS = 5_000;
  private static final int LEAST_STOP_MILLIS = 300;
  private static final int LONGEST_STOP_MILLIS = 12_000;
  private static final int AT_ONCE = 12;

  /** A clock is measured once a minute; a busy machine may be late. */
  private static final Duration CLOCK_PATIENCE = Duration.ofSeconds(150);

  private static final Duration JUMP = Duration.ofHours(3);

  private final Postgres postgres;
  private final House house;
  private final Api api;
  private final Ledger ledger;
  private final String login;
  private final Optional<GoBetween> between;
  private final Optional<SmallDisk> disk;
  private int bursts;

  /**
   * What was done.
   *
   * @param since when readiness counts from, by {@link System#nanoTime}
   * @param acceptMillis from the database's start to its first answer
   */
  record Done(long since, Optional<Double> acceptMillis, int cuts) {
    static Done now() {
      return new Done(System.nanoTime(), Optional.empty(), 0);
    }
  }

  Blows(
      Postgres postgres,
      House house,
      Api api,
      Ledger ledger,
      String login,
      Optional<GoBetween> between,
      Optional<SmallDisk> disk) {
    this.postgres = postgres;
    this.house = house;
    this.api = api;
    this.ledger = ledger;
    this.login = login;
    this.between = between;
    this.disk = disk;
  }

  Done strike(Blow blow) throws IOException, InterruptedException {
    Done done =
        switch (blow.fault()) {
          case SERVER -> server();
          case DATABASE -> database();
          case BOTH -> both(blow.manner());
          case COMMIT -> commit(blow.manner());
          case STOP -> stop(blow.manner());
          case DISK -> disk();
          case SLOW -> slow();
          case DUPLICATE -> duplicate();
          case CLOCK -> clock();
        };
    if (!house.running()) throw new Broken("the server did not survive " + blow.fault().id());
    return done;
  }

  private Done server() throws IOException, InterruptedException {
    house.kill();
    house.start();
    return Done.now();
  }

  private Done database() throws IOException, InterruptedException {
    postgres.kill();
    return restarted();
  }

  private Done restarted() throws IOException, InterruptedException {
    long from = System.nanoTime();
    postgres.start();
    long accepted = postgres.awaitAccepting();
    return new Done(accepted, Optional.of((accepted - from) / 1e6), 0);
  }

  /** The server may come back before its database, or after it. */
  private Done both(int manner) throws IOException, InterruptedException {
    if (manner % 2 == 0) {
      house.kill();
      postgres.kill();
      Done accepted = restarted();
      house.start();
      return new Done(System.nanoTime(), accepted.acceptMillis(), 0);
    }
    postgres.kill();
    house.kill();
    house.start();
    return restarted();
  }

  private Done commit(int manner) throws InterruptedException {
    GoBetween cutter = between.orElseThrow();
    cutter.cut(List.of(Cut.BEFORE, Cut.SENT, Cut.ANSWERED).get(manner % 3), CUT_STATEMENTS);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CUT_MILLIS);
    while (cutter.left() > 0 && System.nanoTime() < end) TimeUnit.MILLISECONDS.sleep(5);
    int cuts = cutter.spare();
    return new Done(System.nanoTime(), Optional.empty(), cuts);
  }

  /** Mostly short; sometimes longer than anybody's patience. */
  private Done stop(int manner) throws IOException, InterruptedException {
    boolean server = manner % 3 == 0;
    int longest = manner % 5 == 0 ? LONGEST_STOP_MILLIS : 4 * LEAST_STOP_MILLIS;
    int millis = LEAST_STOP_MILLIS + (manner >> 4) % longest;
    if (server) house.signal("STOP");
    else postgres.signal("STOP");
    TimeUnit.MILLISECONDS.sleep(millis);
    if (server) house.signal("CONT");
    else postgres.signal("CONT");
    return Done.now();
  }

  /**
   * PostgreSQL may end by itself when its log has no room; whoever looks after it starts it again.
   */
  private Done disk() throws IOException, InterruptedException {
    SmallDisk small = disk.orElseThrow();
    small.fill();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FULL_MILLIS);
    while (System.nanoTime() < end && postgres.running()) TimeUnit.MILLISECONDS.sleep(20);
    small.free();
    if (postgres.running()) return Done.now();
    postgres.kill();
    return restarted();
  }

  private Done slow() throws IOException, InterruptedException {
    try (Readers _ = new Readers(house.port(), api.token(login), READERS)) {
      TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
    }
    return Done.now();
  }

  /** The same report many times in one moment: one ticket, and the same answer for all. */
  private Done duplicate() throws InterruptedException {
    String client = "burst" + ++bursts;
    Words.Said said = new Words(client, bursts).sound();
    Ledger.Sent sent = ledger.intend(login, said.key(), said.body());
    Thread[] all = new Thread[AT_ONCE];
    Clerk clerk = new Clerk(api, ledger, new Shift(0), login, new Words(client, 0));
    for (int i = 0; i < AT_ONCE; i++)
      all[i] = Thread.ofVirtual().start(() -> clerk.sendSound(sent));
    for (Thread one : Arrays.asList(all)) one.join();
    return Done.now();
  }

  /**
   * The database's time jumps ahead by hours: what happens by time is held, nothing fires early.
   * Started anew, the server takes the time for what it is.
   */
  private Done clock() throws IOException, InterruptedException {
    GoBetween teller = between.orElseThrow();
    teller.shiftTime(JUMP);
    try {
      long end = System.nanoTime() + CLOCK_PATIENCE.toNanos();
      while (!held()) {
        if (System.nanoTime() > end) throw new Broken("a jump of " + JUMP + " holds nothing");
        TimeUnit.MILLISECONDS.sleep(500);
      }
      // A server that holds has to be looked after; a start is how people do it.
      house.kill();
    } finally {
      teller.shiftTime(Duration.ZERO);
    }
    house.start();
    return Done.now();
  }

  /** Whether the server says of itself that what happens by time is held. */
  private boolean held() {
    if (!(api.get("", "/metrics") instanceof Api.Answer.Said said)) return false;
    List<String> lines =
        new String(said.body(), java.nio.charset.StandardCharsets.UTF_8).lines().toList();
    return lines.stream()
        .filter(l -> l.startsWith("gridline_timers_held_seconds "))
        .anyMatch(l -> Double.parseDouble(l.substring(l.indexOf(' ') + 1)) > 0);
  }
}
