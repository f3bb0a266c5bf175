package org.gridline.bench.timers;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.city.NoticeFile;
import org.gridline.dispatch.deadline.DeadlineSweep;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.notice.QuietHours;
import org.gridline.dispatch.store.Database;
import org.gridline.dispatch.store.TimersWatch;

/** One node of the sample city on the crowd's database; also a program of its own, to be killed. */
final class Node implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final CityPack pack;
  private final Path folder;
  private final Database database;

  Node(String url, Path city) throws java.io.IOException {
    folder = city;
    pack = CityPackReader.read(city);
    database =
        Database.open(
            vertx, url, Files.createTempDirectory("gridline-bench").resolve("secrets"), pack);
  }

  /** A second one: sweeps until it is killed. */
  public static void main(String[] arguments) throws Exception {
    Node node = new Node(arguments[0], Path.of(arguments[1]));
    node.start(TimersWatch.NOBODY);
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  /** Who is told what by the sample's own rules. */
  NoticeRules telling() {
    return NoticeFile.read(folder, pack);
  }

  /** The same city that tells nobody: the rows that the bare loop writes, and no others. */
  NoticeRules silent() {
    return new NoticeRules(
        List.of(),
        List.of(),
        QuietHours.none(pack.city().timeZone()),
        Set.of(),
        pack.policy().units(),
        pack.roles());
  }

  DeadlineSweep sweep(NoticeRules rules) {
    return new DeadlineSweep(database.dueClocks(), rules, database.tickets(), Map.of());
  }

  /** As a server does it. */
  void start(TimersWatch watch) {
    database.loops().startSealer(() -> {});
    database.loops().startTimers(silent(), Map.of(), watch);
  }

  /** Fires until nothing is due; how many. */
  int run(DeadlineSweep sweep) {
    int all = 0;
    while (true) {
      DeadlineSweep.Round round = sweep.round(database.clock().instant(), Duration.ZERO);
      all += round.fired().size();
      if (!round.left() && round.fired().isEmpty()) return all;
    }
  }

  Instant now() {
    return database.clock().instant();
  }

  Duration since(Instant moment) {
    return Duration.between(moment, now());
  }

  /** So long after a moment that whoever has not told of it may not tell any more. */
  boolean late(Instant moment) {
    return since(moment).compareTo(PATIENCE) > 0;
  }

  @Override
  public void close() throws SQLException {
    database.close().await();
    vertx.close().await();
  }
}
