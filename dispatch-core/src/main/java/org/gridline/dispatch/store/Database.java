package org.gridline.dispatch.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.gridline.dispatch.call.CallLog;
import org.gridline.dispatch.city.CallRules;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.Components;
import org.gridline.dispatch.deadline.DueClocks;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.evidence.EvidenceStore;
import org.gridline.dispatch.ground.AreaUpkeep;
import org.gridline.dispatch.ground.BoundaryImports;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.indicator.Courses;
import org.gridline.dispatch.intake.Intake;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.notice.Notices;
import org.gridline.dispatch.notice.Outbox;
import org.gridline.dispatch.notice.TellSteps;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.Credentials;
import org.gridline.dispatch.people.Delegations;
import org.gridline.dispatch.people.OutsideSignIns;
import org.gridline.dispatch.people.People;
import org.gridline.dispatch.people.PeopleLog;
import org.gridline.dispatch.people.Proposals;
import org.gridline.dispatch.people.Rosters;
import org.gridline.dispatch.people.SignInPolicy;
import org.gridline.dispatch.privacy.Callers;
import org.gridline.dispatch.privacy.CaseAudit;
import org.gridline.dispatch.privacy.Erasures;
import org.gridline.dispatch.route.Rulings;
import org.gridline.dispatch.ticket.Checkers;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.ticket.TicketStore;
import org.gridline.dispatch.track.Emergencies;
import org.gridline.dispatch.track.Tracks;

/** One node's connection to PostgreSQL, and the adapters that speak to it. */
public final class Database {
  private final String url;
  private final HistoryGuard guard;
  private final Connections connections;
  private final Sql sql;
  private final DatabaseClock clock;
  private final TicketNumbers numbers;
  private final PersonalWords personal;
  private final AesGcmCipher cipher;
  private final CityPack pack;
  private final Anchors anchors;
  private final AnswerRetention retention;
  private final PgBoundaries boundaries;
  private final VitalSigns signs;
  private final NodeLoops loops;

  Database(String url, HistoryGuard guard, Connections connections, Path secrets, CityPack pack) {
    Vertx vertx = connections.vertx();
    this.url = url;
    this.guard = guard;
    this.connections = connections;
    this.sql = connections.sql();
    this.cipher = AesGcmCipher.open(secrets);
    this.pack = pack;
    this.personal = new PersonalWords(cipher);
    this.clock = new DatabaseClock();
    clock.keepMeasuring(vertx, connections.pool());
    this.anchors =
        new Anchors(
            new AnchorFile(secrets.resolveSibling("anchors.log"), cipher),
            sql.part("anchors"),
            clock);
    anchors.keepWriting(vertx);
    this.retention = new AnswerRetention(sql.part("retention"), clock);
    retention.keepForgetting(vertx);
    this.boundaries = new PgBoundaries(sql.part("boundaries"), pack.layerNames());
    this.signs = new VitalSigns(sql.part("health"), clock);
    this.numbers =
        new PgTicketNumbers(
            sql.part("numbers"), clock, pack.city().numberPrefix(), pack.city().timeZone());
    this.loops = new NodeLoops(connections, clock, numbers, this::tickets);
  }

  /**
   * Migrates the schema, connects and keeps the pack's boundaries. Call where waiting is allowed.
   *
   * @param url {@code postgresql://user:password@host:port/database}
   * @param secrets the folder that holds this installation's master key; the anchors are written
   *     beside it
   */
  public static Database open(Vertx vertx, String url, Path secrets, CityPack pack) {
    return open(vertx, url, Optional.empty(), secrets, pack, StatementWatch.NOBODY);
  }

  /**
   * The same with somebody who looks at each statement, and with an owner's address.
   *
   * @param owner the role that makes the schema and lets the one of {@code url} work with it; it is
   *     asked only when the schema is not there or not current. Without it {@code url} must do that
   */
  public static Database open(
      Vertx vertx,
      String url,
      Optional<String> owner,
      Path secrets,
      CityPack pack,
      StatementWatch watch) {
    return ReachedDatabase.reach(vertx, url, owner).open(secrets, pack, watch);
  }

  /** What this node does by itself. */
  public NodeLoops loops() {
    return loops;
  }

  public TicketStore tickets() {
    return new PgTicketStore(
        sql.part("tickets"),
        connections.points(),
        connections.starts(),
        connections.steps(),
        personal,
        numbers,
        loops::wakeSealer);
  }

  public Intake intake() {
    return new PgIntake(
        connections.starts(), connections.reports(), cipher, personal, numbers, loops::wakeSealer);
  }

  public CallLog calls() {
    return new PgCallLog(sql.part("calls"), cipher, numbers);
  }

  /** Does now what happens every few minutes; returns how many rows it changed. */
  int forgetCalls(CallRules rules, Instant now) {
    return loops.forgettingCalls(rules).forget(now);
  }

  public EvidenceStore evidence() {
    return new PgEvidenceStore(sql.part("evidence"), cipher, numbers);
  }

  /** Does now what happens every few minutes; returns how many files it forgot. */
  int forgetFiles(Duration unattachedKept, Instant now) {
    return loops.forgettingFiles(unattachedKept).forget(now);
  }

  public Erasures erasures() {
    return new PgErasures(sql.part("privacy"), cipher, numbers);
  }

  public CaseAudit caseAudit() {
    return new PgCaseAudit(sql.part("privacy"));
  }

  /** Where workers were and are. */
  public Tracks tracks() {
    return new PgTracks(sql.part("positions"), connections.tracks());
  }

  public Emergencies emergencies() {
    return new PgEmergencies(sql.part("positions"), numbers);
  }

  public Callers callers() {
    return new PgCallers(sql.part("privacy"), numbers);
  }

  /** Rulings of the command centre that became duty rules. */
  public Rulings rulings() {
    return new PgRulings(sql.part("rulings"));
  }

  public Components components() {
    return new PgComponents(sql.part("components"), numbers, pack);
  }

  /** Accounts whose areas are as they were given, for ground that never changed. */
  public Accounts accounts() {
    return accounts(areas -> areas);
  }

  /**
   * Whose turn it is to check.
   *
   * @param follow as with {@link #accounts(UnaryOperator)}
   */
  public Checkers checkers(UnaryOperator<List<String>> follow) {
    return new PgCheckers(sql.part("accounts"), new UserRows(pack.roles(), follow), pack.roles());
  }

  /**
   * @param follow the codes that somebody's areas mean today; asked each time a user is read
   */
  public Accounts accounts(UnaryOperator<List<String>> follow) {
    return new PgAccounts(
        sql.part("accounts"),
        numbers,
        new UserRows(pack.roles(), follow),
        cipher,
        switch (pack.city().kind()) {
          case SAMPLE -> SignInPolicy.sample();
          case REAL -> SignInPolicy.real();
        });
  }

  /** What people prove with that they are themselves. */
  public Credentials credentials() {
    return new PgCredentials(
        sql.part("accounts"), cipher, new UserRows(pack.roles(), areas -> areas));
  }

  /** Who stands in for whom. */
  public Delegations delegations() {
    return new PgDelegations(sql.part("people"), numbers);
  }

  /** Signing in by a provider outside. */
  public OutsideSignIns outsideSignIns() {
    return new PgOutsideSignIns(sql.part("accounts"));
  }

  /** Who is on duty. */
  public Rosters rosters() {
    return new PgRosters(sql.part("people"), numbers);
  }

  /** Accounts as administrators keep them. */
  public People people() {
    return new PgPeople(sql.part("people"), numbers, cipher);
  }

  /** What one administrator proposes and another one decides. */
  public Proposals proposals() {
    return new PgProposals(sql.part("people"), numbers);
  }

  public PeopleLog peopleLog() {
    return new PgPeopleLog(sql.part("people"));
  }

  /** Imports of boundaries on their way to a version. */
  public BoundaryImports boundaryImports() {
    return new PgBoundaryImports(sql.part("boundaries"));
  }

  /** Does nothing when the pack's are known. */
  void keepPackBoundaries() {
    new PackBoundaries(sql.part("boundaries"), boundaries, pack).keep(clock.instant());
  }

  /** Versions of the boundaries. */
  public BoundaryVersions boundaries() {
    return boundaries;
  }

  /** By which areas components and older tickets are found. */
  public AreaUpkeep areaUpkeep() {
    return areaUpkeep(PgAreaUpkeep.TURN, PgAreaUpkeep.LATE);
  }

  AreaUpkeep areaUpkeep(Duration turn, Duration late) {
    return new PgAreaUpkeep(sql.part("areas"), turn, late);
  }

  public Notices notices() {
    return new PgNotices(sql.part("notices"));
  }

  /** What runs out; {@link NodeLoops#startTimers} fires it by itself. */
  public DueClocks dueClocks() {
    return loops.dueClocks();
  }

  /** What goes out by other means than the bell. */
  public Outbox outbox() {
    return new PgOutbox(
        sql.part("notices"),
        numbers,
        (kind, code) ->
            pack.policy().categories().find(new CategoryKey(kind, code)).map(Category::name));
  }

  /** Tells people of the log's steps, for somebody who takes each round by hand. */
  TellSteps tellSteps(NoticeRules rules) {
    return loops.tellSteps(rules);
  }

  /** What indicators are counted from. */
  public Courses courses() {
    return new PgCourses(sql.part("indicators"));
  }

  /** The newest anchor that this node wrote, for a report that somebody keeps; empty before. */
  public Optional<String> newestAnchor() {
    return anchors.file().newest();
  }

  public EventLog events() {
    return new PgEventLog(sql.part("events"), connections.points().part("events"), personal);
  }

  public LogVerifier verifier() {
    return new LogVerifier(url, Optional.of(anchors.file()::lines));
  }

  /** Writes the newest block down outside the database now, and not only every few minutes. */
  public void anchor() {
    anchors.write();
  }

  /**
   * Forgets stored answers older than that now, as happens every few minutes with those over a
   * week.
   */
  int forgetAnswers(Instant before) {
    return retention.forget(before);
  }

  public MapStore maps() {
    return connections.maps();
  }

  public TicketNumbers numbers() {
    return numbers;
  }

  public InstantSource clock() {
    return clock;
  }

  /** 32 bytes that the servers of this installation share for talking to each other. */
  public byte[] clusterSecret() {
    return cipher.clusterSecret();
  }

  /** How the house is, as the database and this node tell it now. */
  public Vitals vitals() {
    return signs.take(anchors, retention, loops.sealerSilence());
  }

  /** Whether the database itself keeps this program from changing history. */
  public HistoryGuard guard() {
    return guard;
  }

  /** How many connections this node opens at most. */
  public static int connections() {
    return Connections.MOST;
  }

  /** Anchors the newest block, lets the sealer finish its round, then lets go of the database. */
  public Future<Void> close() {
    loops.stopFollowing();
    anchors.writeIfItGoes();
    return loops.stop().transform(done -> connections.close());
  }
}
