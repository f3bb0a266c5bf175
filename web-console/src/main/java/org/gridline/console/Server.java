package org.gridline.console;

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
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gridline.console.components.ImportRuns;
import org.gridline.console.http.AccountRoutes;
import org.gridline.console.http.Api;
import org.gridline.console.http.AttachmentRoutes;
import org.gridline.console.http.BasicDoor;
import org.gridline.console.http.CaseAuditRoutes;
import org.gridline.console.http.ComponentImports;
import org.gridline.console.http.ComponentRoutes;
import org.gridline.console.http.Gate;
import org.gridline.console.http.Hashing;
import org.gridline.console.http.IndicatorRoutes;
import org.gridline.console.http.Pages;
import org.gridline.console.http.PeopleLogRoutes;
import org.gridline.console.http.PresenceRoutes;
import org.gridline.console.http.PrivacyRoutes;
import org.gridline.console.http.Proxies;
import org.gridline.console.http.RosterRoutes;
import org.gridline.console.http.Routes;
import org.gridline.console.http.SessionCache;
import org.gridline.console.http.Sessions;
import org.gridline.console.http.StandInRoutes;
import org.gridline.console.http.Telephony;
import org.gridline.console.http.UserRoutes;
import org.gridline.console.live.LiveFeed;
import org.gridline.console.live.LiveRoutes;
import org.gridline.console.live.LiveSessions;
import org.gridline.console.measure.Limits;
import org.gridline.console.measure.Measures;
import org.gridline.console.oidc.OidcRoutes;
import org.gridline.console.oidc.OidcSettings;
import org.gridline.console.tls.Https;
import org.gridline.console.tls.Renewals;
import org.gridline.console.tls.RootCertificate;
import org.gridline.console.view.TicketWriter;
import org.gridline.dispatch.city.CallRules;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.city.ComponentFiles;
import org.gridline.dispatch.city.PrivacyFile;
import org.gridline.dispatch.cluster.InfinispanPresence;
import org.gridline.dispatch.privacy.ForgetPeople;
import org.gridline.dispatch.store.Database;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.hotline.call.HearCall;
import org.gridline.hotline.call.TelephonyKeys;
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
  private final Grounds grounds;
  private final LiveFeed feed;
  private final InfinispanPresence presence;
  private final Finding finding;
  private final Hashing hashing;
  private final ImportRuns imports;
  private final Api api;
  private final String address;
  private volatile String listeners = "";

  private Server(
      Vertx vertx,
      Database database,
      Grounds grounds,
      LiveFeed feed,
      InfinispanPresence presence,
      Finding finding,
      Hashing hashing,
      ImportRuns imports,
      Api api,
      String address) {
    this.vertx = vertx;
    this.database = database;
    this.grounds = grounds;
    this.feed = feed;
    this.presence = presence;
    this.finding = finding;
    this.hashing = hashing;
    this.imports = imports;
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
          Database.open(
              vertx,
              options.databaseUrl(),
              Optional.ofNullable(System.getenv("GRIDLINE_DATABASE_OWNER_URL"))
                  .filter(owner -> !owner.isBlank()),
              options.data().resolve("secrets"),
              pack,
              measures);
      Grounds grounds = Grounds.open(pack, database, ground, options.data());
      database.followRulings(pack.duties());
      Office office =
          Office.open(
              options.city(),
              pack,
              grounds.current(),
              new Office.Ports(
                  database.tickets(),
                  database.checkers(grounds::follow),
                  database.intake(),
                  database.events(),
                  database.accounts(grounds::follow),
                  database.calls(),
                  database.components(),
                  database.evidence(),
                  new Staff.Ports(
                      database.credentials(),
                      database.people(),
                      database.delegations(),
                      database.rosters()),
                  database.callers(),
                  database.numbers(),
                  database.clock()));
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
          Finding.begin(office, options.data().resolve("search"), database.areaUpkeep());
      Server server =
          wire(
              vertx,
              database,
              office,
              grounds,
              presence,
              finding,
              first,
              pages.join(),
              watch,
              proxies,
              address,
              options);
      server.listen(
          new HttpFront.Listen(
              host,
              options.port(),
              https,
              proxies::admitsPlain,
              new Renewals(https),
              watch.connections(proxies::admitsPlain)));
      presence.join();
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
    // Requests are measured by ourselves, by their route. Vert.x's measures of servers are not yet
    // there when the first request comes while it begins to listen: it would get no answer.
    MicrometerMetricsOptions measured =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .setJvmMetricsEnabled(true)
            .setLabels(EnumSet.of(Label.POOL_TYPE, Label.POOL_NAME))
            .addDisabledMetricsCategory(MetricsDomain.HTTP_SERVER)
            .addDisabledMetricsCategory(MetricsDomain.NET_SERVER)
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
      Grounds grounds,
      InfinispanPresence presence,
      Finding finding,
      FirstSignIn first,
      Pages pages,
      Watch watch,
      Proxies proxies,
      String address,
      Options options) {
    TicketWriter writer = new TicketWriter(office.pack());
    LiveFeed feed =
        new LiveFeed(office.events(), office.tickets(), writer, office.pack(), office.clock());
    SessionCache cache = new SessionCache(office.accounts(), office.clock());
    Hashing hashing = new Hashing();
    Sessions sessions = new Sessions(office, cache, first, hashing);
    OidcRoutes oidc =
        new OidcRoutes(
            office,
            database.outsideSignIns(),
            OidcSettings.read(options.data().resolve("secrets")));
    Colleagues.tell(presence, feed, watch);
    finding.watch(watch);
    grounds.watch(watch);
    grounds.onShifted(feed::tellAnew);
    Clocks clocks = Clocks.open(options, office, database, watch);
    ImportRuns imports =
        new ImportRuns(
            office.components().importing(), office.components().components(), office.clock());
    ComponentFiles.register(options.city()).ifPresent(imports::startPack);
    ForgetPeople forget =
        new ForgetPeople(
            database.erasures(),
            office.tickets(),
            PrivacyFile.read(options.city()),
            office.clock());
    Api api =
        new Api(
            Routes.all(
                office,
                finding,
                grounds.asked(office),
                writer,
                sessions,
                watch.routes(database, feed),
                watch.measures(),
                watch.gate(),
                Stream.of(
                    telephony(database, office, feed, options).endpoints(),
                    new RootCertificate(options.https().flatMap(w -> w.root(options.data())))
                        .endpoints(),
                    new LiveRoutes(office, feed).endpoints(),
                    grounds.endpoints(office),
                    clocks.endpoints(office),
                    new PresenceRoutes(office, presence).endpoints(),
                    MapRoutes.of(office, database.maps()).endpoints(),
                    new AttachmentRoutes(office).endpoints(),
                    new AccountRoutes(office, cache, hashing).endpoints(),
                    new UserRoutes(office).endpoints(),
                    new StandInRoutes(office, cache).endpoints(),
                    oidc.endpoints(),
                    new RosterRoutes(office).endpoints(),
                    new PeopleLogRoutes(office).endpoints(),
                    new PrivacyRoutes(office, forget).endpoints(),
                    new CaseAuditRoutes(office, database.caseAudit()).endpoints(),
                    new ComponentRoutes(office).endpoints(),
                    new IndicatorRoutes(office, database.courses(), database::newestAnchor)
                        .endpoints(),
                    new ComponentImports(office, imports, options.data().resolve("uploads"))
                        .endpoints())),
            new Gate(cache, new BasicDoor(cache, sessions)),
            pages,
            watch.book(proxies),
            office.pack().city().kind());
    Forgetter.keepForgetting(vertx, forget);
    database.startForgettingFiles(office.evidence().rules().unattachedKept());
    database.startSealer(
        () -> {
          feed.wake();
          finding.wake();
        });
    clocks.start(vertx, office);
    vertx
        .deployVerticle(feed, new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP))
        .await();
    vertx.deployVerticle(watch.rounds(), Watch.ON_VIRTUAL_THREAD).await();
    LiveSessions streams =
        new LiveSessions(feed, office.accounts(), office.clock(), office.pack().policy().units());
    vertx
        .deployVerticle(
            new Every(SESSION_CHECK_MILLIS, streams::check),
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    return new Server(
        vertx, database, grounds, feed, presence, finding, hashing, imports, api, address);
  }

  private static Telephony telephony(
      Database database, Office office, LiveFeed feed, Options options) {
    CallRules rules = CallRules.read(options.city());
    database.startForgettingCalls(rules);
    City city = office.pack().city();
    return new Telephony(
        new HearCall(office.calls(), office.accounts(), rules, city, office.clock()),
        TelephonyKeys.open(options.data().resolve("secrets")),
        office.clock(),
        city.timeZone(),
        (agent, call) -> feed.notice(view -> view.user() == agent, "call", call));
  }

  private static String address(String host, int port, Optional<Https> https) {
    String name = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    return https.map(h -> "https://" + name + ":" + h.port()).orElse("http://" + name + ":" + port);
  }

  private void listen(HttpFront.Listen listen) {
    listeners =
        vertx
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
    return presence;
  }

  /** Stops accepting, lets what runs finish, and closes the database. */
  @Override
  public void close() {
    LOG.info("stopping");
    try {
      feed.dismiss().timeout(2, TimeUnit.SECONDS).await();
      vertx.undeploy(listeners).timeout(CLOSE_SECONDS, TimeUnit.SECONDS).await();
    } catch (Exception e) {
      LOG.warn("not everything finished in time");
    }
    presence.close();
    hashing.close();
    finding.close();
    grounds.close();
    imports.close();
    database.close().await();
    vertx.close().await();
    LOG.info("stopped");
  }
}
