package org.gridline.console;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.util.stream.Stream;
import org.gridline.console.components.ImportRuns;
import org.gridline.console.http.AccountRoutes;
import org.gridline.console.http.Api;
import org.gridline.console.http.AttachmentRoutes;
import org.gridline.console.http.BasicDoor;
import org.gridline.console.http.CaseAuditRoutes;
import org.gridline.console.http.ComponentImports;
import org.gridline.console.http.ComponentRoutes;
import org.gridline.console.http.DutyRuleRoutes;
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
import org.gridline.console.oidc.OidcRoutes;
import org.gridline.console.oidc.OidcSettings;
import org.gridline.console.tls.RootCertificate;
import org.gridline.console.view.TicketWriter;
import org.gridline.dispatch.city.CallRules;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.city.ComponentFiles;
import org.gridline.dispatch.city.PrivacyFile;
import org.gridline.dispatch.cluster.InfinispanPresence;
import org.gridline.dispatch.privacy.ForgetPeople;
import org.gridline.dispatch.store.Database;
import org.gridline.hotline.call.HearCall;
import org.gridline.hotline.call.TelephonyKeys;

/**
 * Connects the parts of one node: which route asks whom, and who wakes whom. Make it before {@link
 * #api}, and {@link #start} it once the routes are made.
 */
final class Wiring {
  private static final long SESSION_CHECK_MILLIS = 2_000;

  /** What one node has opened. */
  record Parts(
      Vertx vertx,
      Database database,
      Office office,
      Grounds grounds,
      InfinispanPresence presence,
      Finding finding,
      FirstSignIn first,
      Watch watch,
      Options options) {}

  private final Parts parts;
  private final Vertx vertx;
  private final Database database;
  private final Office office;
  private final Options options;
  private final TicketWriter writer;
  private final LiveFeed feed;
  private final SessionCache cache;
  private final Hashing hashing = new Hashing();
  private final Clocks clocks;
  private final Workers workers;
  private final ImportRuns imports;
  private final ForgetPeople forget;

  Wiring(Parts parts) {
    this.parts = parts;
    this.vertx = parts.vertx();
    this.database = parts.database();
    this.office = parts.office();
    this.options = parts.options();
    this.writer = new TicketWriter(office.pack());
    this.feed =
        new LiveFeed(office.events(), office.tickets(), writer, office.pack(), office.clock());
    this.cache = new SessionCache(office.accounts(), office.clock());
    Colleagues.tell(parts.presence(), feed, parts.watch());
    parts.finding().watch(parts.watch());
    parts.grounds().watch(parts.watch());
    parts.grounds().onShifted(feed::tellAnew);
    this.clocks = Clocks.open(options, office, database, parts.watch());
    this.workers = Workers.open(options, office, database);
    feed.onWorkers(workers.out()::list);
    this.imports =
        new ImportRuns(
            office.components().importing(), office.components().components(), office.clock());
    ComponentFiles.register(options.city()).ifPresent(imports::startPack);
    this.forget =
        new ForgetPeople(
            database.erasures(),
            office.tickets(),
            PrivacyFile.read(options.city()),
            office.clock());
  }

  LiveFeed feed() {
    return feed;
  }

  /** Everything that can be asked of this node. */
  Api api(Pages pages, Proxies proxies) {
    Watch watch = parts.watch();
    Grounds grounds = parts.grounds();
    Sessions sessions = new Sessions(office, cache, parts.first(), hashing);
    OidcRoutes oidc =
        new OidcRoutes(
            office,
            database.outsideSignIns(),
            OidcSettings.read(options.data().resolve("secrets")));
    return new Api(
        Routes.all(
            office,
            parts.finding(),
            grounds.asked(office),
            writer,
            sessions,
            watch.routes(database, feed),
            watch.measures(),
            watch.gate(),
            Stream.of(
                telephony().endpoints(),
                new RootCertificate(options.https().flatMap(w -> w.root(options.data())))
                    .endpoints(),
                new LiveRoutes(office, feed).endpoints(),
                grounds.endpoints(office),
                clocks.endpoints(office),
                workers.endpoints(),
                new PresenceRoutes(office, parts.presence()).endpoints(),
                MapRoutes.of(office, database.maps()).endpoints(),
                new AttachmentRoutes(office).endpoints(),
                new DutyRuleRoutes(office, database.rulings()).endpoints(),
                new AccountRoutes(office, cache, hashing).endpoints(),
                new UserRoutes(office).endpoints(),
                new StandInRoutes(office, cache).endpoints(),
                oidc.endpoints(),
                new RosterRoutes(office).endpoints(),
                new PeopleLogRoutes(office).endpoints(),
                new PrivacyRoutes(office, forget).endpoints(),
                new CaseAuditRoutes(office, database.caseAudit()).endpoints(),
                new ComponentRoutes(office).endpoints(),
                new IndicatorRoutes(office, database.courses(), database::newestAnchor).endpoints(),
                new ComponentImports(office, imports, options.data().resolve("uploads"))
                    .endpoints())),
        new Gate(cache, new BasicDoor(cache, sessions)),
        pages,
        watch.book(proxies),
        office.pack().city().kind());
  }

  private Telephony telephony() {
    CallRules rules = CallRules.read(options.city());
    database.loops().startForgettingCalls(rules);
    City city = office.pack().city();
    return new Telephony(
        new HearCall(office.calls(), office.accounts(), rules, city, office.clock()),
        TelephonyKeys.open(options.data().resolve("secrets")),
        office.clock(),
        city.timeZone(),
        (agent, call) -> feed.notice(view -> view.user() == agent, "call", call));
  }

  /** Starts what this node does by itself. */
  void start() {
    Forgetter.keepForgetting(vertx, forget);
    database.loops().startForgettingFiles(office.evidence().rules().unattachedKept());
    database
        .loops()
        .startSealer(
            () -> {
              feed.wake();
              parts.finding().wake();
            });
    clocks.start(vertx, office);
    workers.start(vertx);
    vertx
        .deployVerticle(feed, new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP))
        .await();
    vertx.deployVerticle(parts.watch().rounds(), Watch.ON_VIRTUAL_THREAD).await();
    LiveSessions streams =
        new LiveSessions(feed, office.accounts(), office.clock(), office.pack().policy().units());
    vertx
        .deployVerticle(new Every(SESSION_CHECK_MILLIS, streams::check), Watch.ON_VIRTUAL_THREAD)
        .await();
  }

  /** What runs beside the database and the engine; call before they close. */
  void close() {
    parts.presence().close();
    hashing.close();
    parts.finding().close();
    parts.grounds().close();
    imports.close();
  }
}
