package org.gridline.dispatch.store;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.call.CallLog;
import org.gridline.dispatch.city.CallRules;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.Components;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.DeadlineSweep;
import org.gridline.dispatch.deadline.DueAct;
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
import org.gridline.dispatch.notice.SendNotices;
import org.gridline.dispatch.notice.TellSteps;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.Credentials;
import org.gridline.dispatch.people.Delegations;
import org.gridline.dispatch.people.OutsideSignIns;
import org.gridline.dispatch.people.People;
import org.gridline.dispatch.people.Rosters;
import org.gridline.dispatch.people.SignInPolicy;
import org.gridline.dispatch.privacy.Callers;
import org.gridline.dispatch.privacy.CaseAudit;
import org.gridline.dispatch.privacy.Erasures;
import org.gridline.dispatch.route.DutyTable;
import org.gridline.dispatch.route.FollowRulings;
import org.gridline.dispatch.route.Rulings;
import org.gridline.dispatch.store.Rounds.Rest;
import org.gridline.dispatch.ticket.Checkers;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.ticket.TicketStore;
import org.postgresql.ds.PGSimpleDataSource;

/** One node's connection to PostgreSQL, and the adapters that speak to it. */
public final class Database {
  /**
   * Few connections keep PostgreSQL at its best on few cores (measured with batches: 2–4 beat 50).
   */
  private static final int CONNECTIONS = 8;

  /** Of their own, so that clocks fire in time whoever else waits for a connection. */
  private static final int CLOCK_CONNECTIONS = 2;

  /** For single tickets by id, which is what each step and most requests begin with. */
  private static final int POINT_CONNECTIONS = 4;

  private static final int WAITING = 2_000;

  /** The version of the newest file in the folder of migrations; a test holds them together. */
  static final String LATEST_MIGRATION = "019";

  private static final int PLAIN_SECONDS = 3;

  /** A program that has just begun on a busy machine takes its time to sign in. */
  private static final int LOGIN_SECONDS = 30;

  /** What this node did not seal itself, it hears of so late at most. */
  private static final long TELL_POLL_MILLIS = 5_000;

  /** While reports pour in, telling of them leaves the database to them for this long each time. */
  private static final long TELL_REST_MILLIS = 200;

  private static final Rest TELL_AFTER_FAILURE = new Rest(TELL_REST_MILLIS, 1_000);

  /** No writing transaction may hold the log's horizon back for long. */
  private static final String STATEMENT_TIMEOUT_MILLIS = "5000";

  private final Vertx vertx;
  private final String url;
  private final HistoryGuard guard;
  private final Pool pool;
  private final Sql sql;
  private final Pool clockPool;
  private final Sql clockSql;
  private final Pool pointPool;
  private final Sql pointSql;
  private final TicketStarts starts;
  private final MapStore maps;
  private final SharedCommit<TicketStep> steps;
  private final SharedCommit<NewReport> reports;
  private final DatabaseClock clock;
  private final TicketNumbers numbers;
  private final PersonalWords personal;
  private final AesGcmCipher cipher;
  private final CityPack pack;
  private final Anchors anchors;
  private final AnswerRetention retention;
  private final PgBoundaries boundaries;
  private final VitalSigns signs;
  private volatile Runnable wakeSealer = () -> {};
  private volatile Runnable wakeTimers = () -> {};
  private volatile Runnable wakeTelling = () -> {};
  private volatile Runnable wakeSending = () -> {};
  private volatile double sealerSilence;
  private final List<String> loops = new CopyOnWriteArrayList<>();
  private final List<FollowRulings> followers = new CopyOnWriteArrayList<>();

  private Database(
      Vertx vertx,
      String url,
      HistoryGuard guard,
      Pool pool,
      Sql sql,
      Pool clockPool,
      Sql clockSql,
      Pool pointPool,
      Sql pointSql,
      TicketStarts starts,
      MapStore maps,
      SharedCommit<TicketStep> steps,
      SharedCommit<NewReport> reports,
      AesGcmCipher cipher,
      CityPack pack,
      Path anchorFile) {
    this.vertx = vertx;
    this.url = url;
    this.guard = guard;
    this.pool = pool;
    this.sql = sql;
    this.clockPool = clockPool;
    this.clockSql = clockSql;
    this.pointPool = pointPool;
    this.pointSql = pointSql;
    this.starts = starts;
    this.maps = maps;
    this.steps = steps;
    this.reports = reports;
    this.cipher = cipher;
    this.pack = pack;
    this.personal = new PersonalWords(cipher);
    this.clock = new DatabaseClock();
    clock.keepMeasuring(vertx, pool);
    this.anchors = new Anchors(new AnchorFile(anchorFile, cipher), sql.part("anchors"), clock);
    anchors.keepWriting(vertx);
    this.retention = new AnswerRetention(sql.part("retention"), clock);
    retention.keepForgetting(vertx);
    this.boundaries = new PgBoundaries(sql.part("boundaries"), pack.layerNames());
    this.signs = new VitalSigns(sql.part("health"), clock);
    this.numbers =
        new PgTicketNumbers(
            sql.part("numbers"), clock, pack.city().numberPrefix(), pack.city().timeZone());
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
    PgConnectOptions options =
        PgConnectOptions.fromUri(url)
            .setCachePreparedStatements(true)
            .setReconnectAttempts(2)
            .setReconnectInterval(200)
            .setProperties(
                Map.of(
                    "statement_timeout", STATEMENT_TIMEOUT_MILLIS,
                    "application_name", "gridline",
                    "timezone", "UTC"));
    Pool pool = Pools.open(vertx, options, CONNECTIONS, WAITING);
    if (!current(new Sql(pool))) {
      migrate(owner.orElse(url));
      owner.ifPresent(o -> ApplicationRole.grant(o, options.getUser()));
    }
    Pool clockPool = Pools.planned(vertx, options, CLOCK_CONNECTIONS, WAITING);
    Pool pointPool = Pools.planned(vertx, options, POINT_CONNECTIONS, WAITING);
    Database database =
        new Database(
            vertx,
            url,
            ApplicationRole.guard(new Sql(pool)),
            pool,
            new Sql(pool, watch),
            clockPool,
            new Sql(clockPool, watch).part("timers"),
            pointPool,
            new Sql(pointPool, watch).part("tickets"),
            TicketStarts.open(vertx, pointPool, watch, WAITING),
            MapStore.open(vertx, options, watch),
            sharing(vertx, options, watch, "tickets", TicketStep.STATEMENT),
            sharing(vertx, options, watch, "intake", NewReport.STATEMENT),
            AesGcmCipher.open(secrets),
            pack,
            secrets.resolveSibling("anchors.log"));
    new PackBoundaries(database.sql.part("boundaries"), database.boundaries, pack)
        .keep(database.clock.instant());
    PgPeople.keepRoles(database.sql.part("people"), pack.roles());
    return database;
  }

  /**
   * Over connections of its own, whose statements are planned once: planning anew for each year of
   * tickets costs more than half of what a step takes.
   */
  private static <T extends SharedCommit.Row> SharedCommit<T> sharing(
      Vertx vertx,
      PgConnectOptions options,
      StatementWatch watch,
      String part,
      SharedCommit.Statement<T> statement) {
    SharedCommit<T> commits =
        new SharedCommit<>(
            Pools.planned(vertx, options, SharedCommit.LANES, SharedCommit.LANES),
            watch,
            part,
            statement,
            WAITING,
            SharedCommit.PATIENCE);
    vertx.deployVerticle(commits).await();
    return commits;
  }

  /** Asking costs a millisecond, loading the migrator half a second of each start. */
  private static boolean current(Sql sql) {
    try {
      Iterator<Row> rows =
          sql.read(
                  "SELECT version FROM schema_history WHERE success ORDER BY installed_rank DESC"
                      + " LIMIT 1",
                  Tuple.tuple())
              .iterator();
      return rows.hasNext() && rows.next().getString(0).equals(LATEST_MIGRATION);
    } catch (Failure | PgException notYet) {
      return false;
    }
  }

  static void migrate(String url) {
    PgConnectOptions options = PgConnectOptions.fromUri(url);
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://"
                + options.getHost()
                + ":"
                + options.getPort()
                + "/"
                + options.getDatabase(),
            options.getUser(),
            options.getPassword())
        .locations("classpath:org/gridline/dispatch/store/migration")
        .table("schema_history")
        .connectRetries(10)
        .connectRetriesInterval(1)
        .load()
        .migrate();
  }

  public TicketStore tickets() {
    return new PgTicketStore(
        sql.part("tickets"), pointSql, starts, steps, personal, numbers, this::wakeSealer);
  }

  public Intake intake() {
    return new PgIntake(starts, reports, cipher, personal, numbers, this::wakeSealer);
  }

  public CallLog calls() {
    return new PgCallLog(sql.part("calls"), cipher, numbers);
  }

  /** Keeps forgetting what calls leave behind, as the pack wants it. */
  public void startForgettingCalls(CallRules rules) {
    new CallRetention(sql.part("retention"), clock, rules.numbersKept()).keepForgetting(vertx);
  }

  /** Does now what happens every few minutes; returns how many rows it changed. */
  int forgetCalls(CallRules rules, Instant now) {
    return new CallRetention(sql.part("retention"), clock, rules.numbersKept()).forget(now);
  }

  public EvidenceStore evidence() {
    return new PgEvidenceStore(sql.part("evidence"), cipher, numbers);
  }

  /** Keeps sweeping up files that nothing named within that time. */
  public void startForgettingFiles(Duration unattachedKept) {
    new EvidenceRetention(sql.part("retention"), clock, unattachedKept).keepForgetting(vertx);
  }

  /** Does now what happens every few minutes; returns how many files it forgot. */
  int forgetFiles(Duration unattachedKept, Instant now) {
    return new EvidenceRetention(sql.part("retention"), clock, unattachedKept).forget(now);
  }

  public Erasures erasures() {
    return new PgErasures(sql.part("privacy"), cipher, numbers);
  }

  public CaseAudit caseAudit() {
    return new PgCaseAudit(sql.part("privacy"));
  }

  public Callers callers() {
    return new PgCallers(sql.part("privacy"), numbers);
  }

  /** Keeps a duty table at the rulings that any node committed, until this database is closed. */
  public void followRulings(DutyTable duties) {
    followers.add(new FollowRulings(rulings(), duties).start());
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

  /** Imports of boundaries on their way to a version. */
  public BoundaryImports boundaryImports() {
    return new PgBoundaryImports(sql.part("boundaries"));
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

  /** What runs out; {@link #startTimers} fires it by itself. */
  public DueClocks dueClocks() {
    return new PgDueClocks(clockSql, numbers, this::wakeSealer);
  }

  /**
   * Starts firing what is due.
   *
   * @param acts clocks that act when they run out
   */
  public void startTimers(NoticeRules rules, Map<Clock, DueAct> acts, TimersWatch watch) {
    DueClocks clocks = dueClocks();
    DeadlineSweep sweep = new DeadlineSweep(clocks, rules, tickets(), acts);
    Timers timers = new Timers(clock, sweep, clocks, notices(), rules, watch);
    Rounds rounds = new Rounds("timers", timers::turn, Timers.AFTER_FAILURE);
    wakeTimers = rounds::wake;
    startLoop(rounds);
  }

  /** Starts telling people of the steps that the log holds. */
  public void startTelling(NoticeRules rules) {
    TellSteps tell = tellSteps(rules);
    Rounds rounds =
        new Rounds(
            "telling",
            () -> {
              boolean more = tell.round(clock.instant());
              if (more) wakeSending.run();
              return telling(more);
            },
            TELL_AFTER_FAILURE);
    wakeTelling = rounds::wake;
    startLoop(rounds);
  }

  /** Starts sending notices by other means than the bell. */
  public void startSending(SendNotices send) {
    Rounds rounds =
        new Rounds("sending notices", () -> telling(send.round(clock)), TELL_AFTER_FAILURE);
    wakeSending = rounds::wake;
    startLoop(rounds);
  }

  private static Rest telling(boolean more) {
    return new Rest(TELL_REST_MILLIS, more ? TELL_REST_MILLIS : TELL_POLL_MILLIS);
  }

  /** What goes out by other means than the bell. */
  public Outbox outbox() {
    return new PgOutbox(
        sql.part("notices"),
        numbers,
        (kind, code) ->
            pack.policy().categories().find(new CategoryKey(kind, code)).map(Category::name));
  }

  /** The same as {@link #startTelling} for somebody who takes each round by hand. */
  TellSteps tellSteps(NoticeRules rules) {
    return new TellSteps(new PgUntoldSteps(sql.part("notices"), numbers), rules);
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
    return new PgEventLog(sql.part("events"), personal);
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
    return maps;
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

  /** Plain connections to the same database, for those who can't use the pool; waits are short. */
  public static DataSource plainSource(String url) {
    PGSimpleDataSource source = plain(url, "gridline-cluster");
    source.setLoginTimeout(PLAIN_SECONDS);
    source.setSocketTimeout(PLAIN_SECONDS);
    return source;
  }

  /** Whoever uses it says how long the server may be silent. */
  static PGSimpleDataSource plain(String url, String who) {
    PgConnectOptions options = PgConnectOptions.fromUri(url);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {options.getHost()});
    source.setPortNumbers(new int[] {options.getPort()});
    source.setDatabaseName(options.getDatabase());
    source.setUser(options.getUser());
    source.setPassword(options.getPassword());
    source.setApplicationName(who);
    source.setConnectTimeout(PLAIN_SECONDS);
    source.setLoginTimeout(LOGIN_SECONDS);
    return source;
  }

  /**
   * Starts giving positions.
   *
   * @param onSealed called after each round that sealed something, on the sealer's thread; must not
   *     wait
   */
  public void startSealer(Runnable onSealed) {
    Sealer sealer =
        new Sealer(
            sql.part("sealer"),
            clock,
            () -> {
              wakeTimers.run();
              wakeTelling.run();
              onSealed.run();
            });
    Rounds rounds = new Rounds("sealing", sealer::turn, Sealer.AFTER_FAILURE);
    wakeSealer = rounds::wake;
    vertx.setPeriodic(1_000, id -> sealerSilence = sealer.silenceSeconds());
    startLoop(rounds);
  }

  private void startLoop(Rounds loop) {
    loops.add(
        vertx
            .deployVerticle(
                loop, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
            .await());
  }

  private void wakeSealer() {
    wakeSealer.run();
  }

  /** How the house is, as the database and this node tell it now. */
  public Vitals vitals() {
    return signs.take(anchors, retention, sealerSilence);
  }

  /** Whether the database itself keeps this program from changing history. */
  public HistoryGuard guard() {
    return guard;
  }

  /** How many connections this node opens at most. */
  public static int connections() {
    return CONNECTIONS
        + CLOCK_CONNECTIONS
        + POINT_CONNECTIONS
        + MapStore.CONNECTIONS
        + 2 * SharedCommit.LANES;
  }

  /** Anchors the newest block, lets the sealer finish its round, then lets go of the database. */
  public Future<Void> close() {
    followers.forEach(FollowRulings::close);
    anchors.writeIfItGoes();
    return Future.join(loops.stream().map(vertx::undeploy).toList())
        .transform(
            done ->
                Future.join(
                    vertx.undeploy(steps.deploymentID()),
                    vertx.undeploy(reports.deploymentID()),
                    starts.close(vertx)))
        .transform(
            done ->
                Future.join(pool.close(), clockPool.close(), pointPool.close(), maps.close())
                    .mapEmpty());
  }
}
