package org.gridline.console;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.gridline.console.http.Api;
import org.gridline.console.http.Gate;
import org.gridline.console.http.HealthRoutes;
import org.gridline.console.http.Pages;
import org.gridline.console.http.Routes;
import org.gridline.console.http.SessionCache;
import org.gridline.console.http.Sessions;
import org.gridline.console.live.LiveFeed;
import org.gridline.console.live.LiveRoutes;
import org.gridline.console.live.LiveSessions;
import org.gridline.console.view.TicketWriter;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.store.Database;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.position.CoordinateSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Gridline. */
public final class Server implements AutoCloseable {
  private static final int LISTENERS = 2;
  private static final long SESSION_CHECK_MILLIS = 2_000;
  private static final int CLOSE_SECONDS = 12;
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Vertx vertx;
  private final Database database;
  private final LiveFeed feed;
  private final Finding finding;
  private final Sessions sessions;
  private final FirstSignIn first;
  private final Api api;
  private final String address;
  private volatile String listeners = "";

  private Server(
      Vertx vertx,
      Database database,
      LiveFeed feed,
      Finding finding,
      Sessions sessions,
      FirstSignIn first,
      Api api,
      String address) {
    this.vertx = vertx;
    this.database = database;
    this.feed = feed;
    this.finding = finding;
    this.sessions = sessions;
    this.first = first;
    this.api = api;
    this.address = address;
  }

  /**
   * Reads the pack, opens the database and begins to listen. Call where waiting is allowed.
   *
   * @throws org.gridline.dispatch.city.UnusablePack naming what is wrong with the pack
   */
  public static Server start(Options options) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CompletableFuture<Vertx> engine = CompletableFuture.supplyAsync(() -> vertx(metrics));
    CityPack pack = CityPackReader.read(options.city());
    // The ground is the slowest part that needs no database.
    CompletableFuture<GroundIndex> ground =
        CompletableFuture.supplyAsync(
            () ->
                GroundIndex.build(
                    pack.boundaries(),
                    pack.city().suspectPoints(),
                    pack.city().coordinateSystems()));
    warmUp(pack.city().coordinateSystems());
    CompletableFuture<Pages> pages =
        CompletableFuture.supplyAsync(() -> Pages.read(options.pages()));
    Vertx vertx = engine.join();
    try {
      Database database =
          Database.open(vertx, options.databaseUrl(), options.data().resolve("secrets"), pack);
      Office office =
          Office.open(
              pack,
              ground.join(),
              new Office.Ports(
                  database.tickets(),
                  database.intake(),
                  database.events(),
                  database.accounts(),
                  database.numbers(),
                  database.clock()));
      String host = options.host().orElse(usualHost(pack));
      String address =
          "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + options.port();
      FirstSignIn first = new FirstSignIn(options.data());
      switch (pack.city().kind()) {
        case SAMPLE -> first.invite(pack, office.accounts());
        case REAL -> first.offerLink(office, address);
      }
      Finding finding = Finding.begin(office, options.data().resolve("search"));
      Server server = wire(vertx, database, office, finding, first, pages.join(), metrics, address);
      server.listen(host, options.port());
      return server;
    } catch (Exception e) {
      vertx.close();
      throw e;
    }
  }

  /** The first look-up of a system takes seconds; nobody at a desk should wait for it. */
  private static void warmUp(List<CoordinateSystem> systems) {
    Thread.ofPlatform()
        .daemon()
        .name("coordinate-systems")
        .start(
            () -> {
              for (CoordinateSystem system : systems) {
                try {
                  system.check();
                } catch (IllegalArgumentException e) {
                  LOG.error("city.yaml, coordinateSystems: {}", e.getMessage());
                }
              }
            });
  }

  private static String usualHost(CityPack pack) {
    return switch (pack.city().kind()) {
      case SAMPLE -> "127.0.0.1";
      case REAL -> "0.0.0.0";
    };
  }

  private static Vertx vertx(PrometheusMeterRegistry metrics) {
    // Labels with addresses are left out: they hold what people search for.
    MicrometerMetricsOptions measured =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .setJvmMetricsEnabled(true)
            .setLabels(
                EnumSet.of(Label.HTTP_METHOD, Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME))
            .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS)
            .addDisabledMetricsCategory(MetricsDomain.HTTP_CLIENT)
            .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT);
    return Vertx.builder()
        .with(new VertxOptions().setMetricsOptions(measured).setPreferNativeTransport(false))
        .withMetrics(new MicrometerMetricsFactory(metrics))
        .build();
  }

  private static Server wire(
      Vertx vertx,
      Database database,
      Office office,
      Finding finding,
      FirstSignIn first,
      Pages pages,
      PrometheusMeterRegistry metrics,
      String address) {
    TicketWriter writer = new TicketWriter(office.pack());
    LiveFeed feed =
        new LiveFeed(
            office.events(),
            office.tickets(),
            writer,
            office.pack().city().timeZone(),
            office.clock());
    SessionCache cache = new SessionCache(office.accounts(), office.clock());
    Sessions sessions = new Sessions(office, cache, first);
    Api api =
        new Api(
            Routes.all(
                office,
                finding,
                writer,
                sessions,
                new HealthRoutes(database::problems, metrics),
                new LiveRoutes(office, feed).endpoints()),
            new Gate(cache),
            pages);
    measure(metrics, database, feed);
    finding.measure(metrics);
    database.startSealer(
        () -> {
          feed.wake();
          finding.wake();
        });
    vertx
        .deployVerticle(feed, new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP))
        .await();
    LiveSessions streams = new LiveSessions(feed, cache::find, office.pack().policy().units());
    vertx
        .deployVerticle(
            new Every(SESSION_CHECK_MILLIS, streams::check),
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    return new Server(vertx, database, feed, finding, sessions, first, api, address);
  }

  private static void measure(PrometheusMeterRegistry metrics, Database database, LiveFeed feed) {
    Gauge.builder("gridline.live.clients", feed, LiveFeed::clients).register(metrics);
    Gauge.builder("gridline.log.position", database, d -> (double) d.sealedSeq()).register(metrics);
    Gauge.builder("gridline.log.horizon.age.seconds", database, Database::horizonAgeSeconds)
        .register(metrics);
  }

  private void listen(String host, int port) {
    listeners =
        vertx
            .deployVerticle(
                () -> new HttpFront(api, host, port),
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

  /** Stops accepting, lets what runs finish, and closes the database. */
  @Override
  public void close() {
    LOG.info("stopping");
    first.close();
    try {
      feed.dismiss().timeout(2, TimeUnit.SECONDS).await();
      vertx.undeploy(listeners).timeout(CLOSE_SECONDS, TimeUnit.SECONDS).await();
    } catch (Exception e) {
      LOG.warn("not everything finished in time");
    }
    sessions.close();
    finding.close();
    database.close().await();
    vertx.close().await();
    LOG.info("stopped");
  }
}
