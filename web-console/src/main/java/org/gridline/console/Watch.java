package org.gridline.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.gridline.console.health.DatabaseHealth;
import org.gridline.console.health.DiskHealth;
import org.gridline.console.health.FeedHealth;
import org.gridline.console.health.Health;
import org.gridline.console.health.HealthCheck;
import org.gridline.console.health.HistoryHealth;
import org.gridline.console.http.DoorBook;
import org.gridline.console.http.HealthRoutes;
import org.gridline.console.http.Proxies;
import org.gridline.console.http.Watchers;
import org.gridline.console.live.LiveFeed;
import org.gridline.console.measure.Limits;
import org.gridline.console.measure.Measures;
import org.gridline.console.pressure.Connections;
import org.gridline.console.pressure.IntakeGate;
import org.gridline.dispatch.store.Database;
import org.gridline.dispatch.store.Vitals;

/**
 * Wires what an operator looks at: measures, health and the door book. A further part of the house
 * (search, cluster) adds its checks by {@link #add} before the server listens, and its measures by
 * {@link #measures}.
 */
public final class Watch {
  static final DeploymentOptions ON_VIRTUAL_THREAD =
      new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);

  private static final long LOOK_MILLIS = 5_000;

  private final Path data;
  private final Limits limits;
  private final Measures measures;
  private final List<HealthCheck> checks = new ArrayList<>();
  private Optional<Health> health = Optional.empty();

  Watch(Path data, Limits limits, Measures measures) {
    this.data = data;
    this.limits = limits;
    this.measures = measures;
  }

  public Measures measures() {
    return measures;
  }

  /** Looks at one more part from now on; before {@link #routes}. */
  public void add(HealthCheck check) {
    checks.add(check);
  }

  /** Lets reports in, and tells how many. */
  IntakeGate gate() {
    IntakeGate gate = new IntakeGate(limits.intakePerSecond(), System::nanoTime);
    measures.gauge("gridline.intake.most", "Reports at once that are let in", gate::mostAtOnce);
    measures.gauge("gridline.intake.inside", "Reports on their way", gate::inside);
    return gate;
  }

  /**
   * Counts connections.
   *
   * @param bringsMany numeric addresses that bring many people's
   */
  Connections connections(Predicate<String> bringsMany) {
    Counter refused =
        measures.counter("gridline.connections.refused", "Connections beyond a limit");
    Connections all =
        new Connections(
            limits.connections(), limits.connectionsOfOneAddress(), bringsMany, refused::increment);
    measures.gauge("gridline.connections", "Open connections", all::open);
    return all;
  }

  DoorBook book(Proxies proxies) {
    return new DoorBook(measures, limits.slow(), proxies);
  }

  /** Makes the checks and measures of the usual parts, and the routes that tell them. */
  HealthRoutes routes(Database database, LiveFeed feed) {
    InstantSource clock = InstantSource.system();
    DatabaseHealth store =
        new DatabaseHealth(
            database::vitals, measures::statementsInFlight, Database.connections(), clock);
    DiskHealth disk = new DiskHealth(data, limits.leastDiskBytes());
    checks.add(0, store);
    checks.add(1, disk);
    checks.add(2, new FeedHealth(feed::position, store::last));
    checks.add(new HistoryHealth(database.guard()));
    Health all = new Health(checks, clock);
    health = Optional.of(all);
    measureStore(store);
    measureFeed(feed);
    measures.gauge("gridline.disk.free.bytes", "Free space", disk::freeData, "place", "data");
    measures.gauge(
        "gridline.disk.free.bytes", "Free space", disk::freeDatabase, "place", "database");
    all.look().details().stream()
        .map(standing -> standing.finding().name())
        .forEach(
            name ->
                measures.gauge(
                    "gridline.health.state",
                    "0 well, 1 degraded, 2 down, by check",
                    () -> all.state(name),
                    "check",
                    name));
    return new HealthRoutes(all, measures, new Watchers(data.resolve("secrets")));
  }

  /** Looks at everything every few seconds, so that a change is logged and measured in time. */
  Every rounds() {
    Health all = health.orElseThrow(() -> new IllegalStateException("routes come first"));
    return new Every(LOOK_MILLIS, all::look);
  }

  private void measureStore(DatabaseHealth store) {
    measures.gauge(
        "gridline.database.connections",
        "Connections that this node opens at most",
        Database::connections);
    known(store, "gridline.database.bytes", "Size of the database", Vitals::databaseBytes);
    known(store, "gridline.log.position", "The last position that was given", Vitals::position);
    known(store, "gridline.log.blocks", "Blocks of the log", Vitals::blocks);
    known(
        store,
        "gridline.log.horizon.age.seconds",
        "Age of the oldest writing transaction, which holds positions back",
        Vitals::horizonAgeSeconds);
    known(
        store,
        "gridline.log.unsealed.age.seconds",
        "How long the oldest event without a position has been waiting",
        Vitals::unsealedAgeSeconds);
    known(
        store,
        "gridline.log.sealer.silence.seconds",
        "Since this node's sealer last finished a round",
        Vitals::sealerSilenceSeconds);
    known(
        store,
        "gridline.anchor.age.seconds",
        "Since the end of the log last stood in the anchor file",
        Vitals::anchorAgeSeconds);
    known(
        store,
        "gridline.answers.retention.age.seconds",
        "Since old answers were last looked for",
        Vitals::retentionAgeSeconds);
    known(
        store,
        "gridline.clock.offset.seconds",
        "The database's clock ahead of this machine's",
        v -> v.clockOffset().toMillis() / 1e3);
    measures.total(
        "gridline.answers.forgotten",
        "Answers of idempotency keys forgotten after a week, since the start",
        () -> store.last().map(v -> (double) v.forgottenAnswers()).orElse(Double.NaN));
  }

  private void known(
      DatabaseHealth store, String name, String help, ToDoubleFunction<Vitals> value) {
    measures.gauge(
        name, help, () -> store.last().map(v -> value.applyAsDouble(v)).orElse(Double.NaN));
  }

  private void measureFeed(LiveFeed feed) {
    measures.gauge("gridline.live.clients", "Live streams that are open", feed::clients);
    measures.total("gridline.live.streams", "Live streams opened", feed::opened);
    measures.total(
        "gridline.live.resyncs",
        "Snapshots sent anew: slow readers, changed scopes, a restored log",
        feed::resyncs);
    Timer lag =
        measures.timer(
            "gridline.live.lag", "From writing an event to handing it to the open streams");
    feed.onTold(behind -> lag.record(behind.isNegative() ? Duration.ZERO : behind));
  }
}
