package org.gridline.console;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.gridline.console.http.Api;
import org.gridline.console.http.Pages;
import org.gridline.console.http.Proxies;
import org.gridline.console.measure.Limits;
import org.gridline.console.measure.Measures;
import org.gridline.console.tls.Https;
import org.gridline.console.tls.Renewals;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.cluster.InfinispanPresence;
import org.gridline.dispatch.store.Database;
import org.gridline.dispatch.store.ReachedDatabase;
import org.gridline.gis.kept.KeptGrids;
import org.gridline.gis.lookup.GroundIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Gridline. */
public final class Server implements AutoCloseable {
  private static final int LISTENERS = 2;
  private static final int CLOSE_SECONDS = 12;

  /** One thread each: on two cores the common pool has a single one, and they would queue. */
  private static final Executor BESIDE =
      work -> Thread.ofPlatform().daemon().name("start").start(work);

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Wiring.Parts parts;
  private final Wiring wiring;
  private final Api api;
  private final String address;
  private volatile String listeners = "";

  private Server(Wiring.Parts parts, Wiring wiring, Api api, String address) {
    this.parts = parts;
    this.wiring = wiring;
    this.api = api;
    this.address = address;
  }

  /**
   * Reads the pack, opens the database and begins to listen. Call where waiting is allowed.
   *
   * @throws org.gridline.dispatch.city.UnusablePack naming what is wrong with the pack
   */
  public static Server start(Options options) {
    Limits limits = Limits.read(System.getenv());
    Proxies proxies = Proxies.read(System.getenv());
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Measures measures = new Measures(metrics);
    CompletableFuture<Vertx> engine = beside(() -> Engine.start(metrics));
    try {
      CompletableFuture<ReachedDatabase> reached =
          engine.thenApplyAsync(
              v -> ReachedDatabase.reach(v, options.databaseUrl(), ownerUrl()), BESIDE);
      CompletableFuture<Pages> pages = beside(() -> Pages.read(options.pages()));
      CityPack pack = CityPackReader.read(options.city());
      KeptGrids kept = new KeptGrids(options.data().resolve("ground"), LOG::warn);
      CompletableFuture<GroundIndex> ground =
          beside(
              () ->
                  GroundIndex.open(
                      pack.boundaries(),
                      pack.city().suspectPoints(),
                      pack.city().coordinateSystems(),
                      kept));
      Vertx vertx = done(engine);
      Database database = done(reached).open(options.data().resolve("secrets"), pack, measures);
      Grounds grounds = Grounds.open(pack, database, ground, kept, options.data());
      database.loops().followRulings(pack.duties());
      Office office =
          Office.open(options.city(), pack, grounds.current(), Office.Ports.of(database, grounds));
      String host = options.host().orElse(usualHost(pack));
      Optional<Https> https =
          options.https().map(w -> w.keys(pack.city().kind(), options.data(), Instant.now()));
      String address = address(host, options.port(), https);
      FirstSignIn first = new FirstSignIn(options.data());
      switch (pack.city().kind()) {
        case SAMPLE -> first.invite(pack, office.accounts());
        case REAL -> first.offerLinks(office, address);
      }
      Watch watch = new Watch(options.data(), limits, measures);
      InfinispanPresence presence = Colleagues.open(options, database, pack);
      Finding finding =
          Finding.open(office, options.data().resolve("search"), database.areaUpkeep());
      Wiring.Parts parts =
          new Wiring.Parts(
              vertx, database, office, grounds, presence, finding, first, watch, options);
      Wiring wiring = new Wiring(parts);
      Api api = wiring.api(done(pages), proxies);
      wiring.start();
      Server server = new Server(parts, wiring, api, address);
      server.listen(
          new HttpFront.Listen(
              host,
              options.port(),
              https,
              proxies::admitsPlain,
              new Renewals(https),
              watch.connections(proxies::admitsPlain)));
      server.afterwards(pack);
      return server;
    } catch (Exception e) {
      CompletableFuture<Void> _ = engine.thenAccept(Vertx::close);
      throw e;
    }
  }

  private static <T> CompletableFuture<T> beside(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, BESIDE);
  }

  /** What was done beside, or why it failed, as if it had been done here. */
  private static <T> T done(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw e;
    }
  }

  private static Optional<String> ownerUrl() {
    return Optional.ofNullable(System.getenv("GRIDLINE_DATABASE_OWNER_URL"))
        .filter(owner -> !owner.isBlank());
  }

  /** What takes a while and nobody has to wait for. */
  private void afterwards(CityPack pack) {
    parts.grounds().finish();
    parts.finding().start();
    parts.presence().join();
    Engine.warmUp(pack.city().coordinateSystems());
  }

  private static String usualHost(CityPack pack) {
    return switch (pack.city().kind()) {
      case SAMPLE -> "127.0.0.1";
      case REAL -> "0.0.0.0";
    };
  }

  private static String address(String host, int port, Optional<Https> https) {
    String name = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    return https.map(h -> "https://" + name + ":" + h.port()).orElse("http://" + name + ":" + port);
  }

  private void listen(HttpFront.Listen listen) {
    listeners =
        parts
            .vertx()
            .deployVerticle(
                () -> new HttpFront(api, listen),
                new DeploymentOptions()
                    .setThreadingModel(ThreadingModel.VIRTUAL_THREAD)
                    .setInstances(LISTENERS))
            .await();
    LOG.info("ready on {}", address);
  }

  /** The routes, for whoever compares them with their description. */
  public Api api() {
    return api;
  }

  /** Who is here; for whoever takes this server out of its cluster. */
  public InfinispanPresence presence() {
    return parts.presence();
  }

  /** Stops accepting, lets what runs finish, and closes the database. */
  @Override
  public void close() {
    LOG.info("stopping");
    try {
      wiring.feed().dismiss().timeout(2, TimeUnit.SECONDS).await();
      parts.vertx().undeploy(listeners).timeout(CLOSE_SECONDS, TimeUnit.SECONDS).await();
    } catch (Exception e) {
      LOG.warn("not everything finished in time");
    }
    wiring.close();
    parts.database().close().await();
    parts.vertx().close().await();
    LOG.info("stopped");
  }
}
