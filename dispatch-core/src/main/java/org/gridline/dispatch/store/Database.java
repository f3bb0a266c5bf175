package org.gridline.dispatch.store;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.call.CallLog;
import org.gridline.dispatch.city.CallRules;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.component.Components;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.ground.BoundaryImports;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.intake.Intake;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.ticket.TicketStore;
import org.postgresql.ds.PGSimpleDataSource;

/** One node's connection to PostgreSQL, and the adapters that speak to it. */
public final class Database {
  /**
   * Few connections keep PostgreSQL at its best on few cores (measured with batches: 2–4 beat 50).
   */
  private static final int CONNECTIONS = 8;

  private static final int WAITING = 2_000;

  /** The version of the newest file in the folder of migrations; a test holds them together. */
  static final String LATEST_MIGRATION = "005";

  private static final int PLAIN_SECONDS = 3;

  /** No writing transaction may hold the log's horizon back for long. */
  private static final String STATEMENT_TIMEOUT_MILLIS = "5000";

  private final Vertx vertx;
  private final Pool pool;
  private final Sql sql;
  private final MapStore maps;
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
  private volatile double sealerSilence;
  private final List<String> sealers = new CopyOnWriteArrayList<>();

  private Database(
      Vertx vertx,
      Pool pool,
      Sql sql,
      MapStore maps,
      AesGcmCipher cipher,
      CityPack pack,
      Path anchorFile) {
    this.vertx = vertx;
    this.pool = pool;
    this.sql = sql;
    this.maps = maps;
    this.cipher = cipher;
    this.pack = pack;
    this.personal = new PersonalWords(cipher);
    this.clock = new DatabaseClock();
    clock.keepMeasuring(vertx, pool);
    this.anchors = new Anchors(anchorFile, cipher, sql.part("anchors"), clock);
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
    return open(vertx, url, secrets, pack, StatementWatch.NOBODY);
  }

  /** The same with somebody who looks at each statement. */
  public static Database open(
      Vertx vertx, String url, Path secrets, CityPack pack, StatementWatch watch) {
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
    Pool pool =
        PgBuilder.pool()
            .with(
                new PoolOptions()
                    .setMaxSize(CONNECTIONS)
                    .setMaxWaitQueueSize(WAITING)
                    .setConnectionTimeout(5)
                    .setConnectionTimeoutUnit(TimeUnit.SECONDS))
            .connectingTo(options)
            .using(vertx)
            .build();
    if (!current(new Sql(pool))) migrate(url);
    Database database =
        new Database(
            vertx,
            pool,
            new Sql(pool, watch),
            MapStore.open(vertx, options, watch),
            AesGcmCipher.open(secrets),
            pack,
            secrets.resolveSibling("anchors.log"));
    new PackBoundaries(database.sql.part("boundaries"), database.boundaries, pack)
        .keep(database.clock.instant());
    return database;
  }

  /** Asking costs a millisecond, loading the migrator half a second of each start. */
  private static boolean current(Sql sql) {
    try {
      Iterator<Row> rows =
          sql.read(
                  "SELECT version FROM schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1",
                  Tuple.tuple())
              .iterator();
      return rows.hasNext() && rows.next().getString(0).equals(LATEST_MIGRATION);
    } catch (Failure | PgException notYet) {
      return false;
    }
  }

  private static void migrate(String url) {
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
    return new PgTicketStore(sql.part("tickets"), personal, numbers, this::wakeSealer);
  }

  public Intake intake() {
    return new PgIntake(sql.part("intake"), cipher, personal, numbers, this::wakeSealer);
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

  public Components components() {
    return new PgComponents(sql.part("components"), numbers, pack);
  }

  /** Accounts whose areas are as they were given, for ground that never changed. */
  public Accounts accounts() {
    return accounts(areas -> areas);
  }

  /**
   * @param follow the codes that somebody's areas mean today; asked each time a user is read
   */
  public Accounts accounts(UnaryOperator<List<String>> follow) {
    return new PgAccounts(sql.part("accounts"), numbers, pack.roles(), follow);
  }

  /** Imports of boundaries on their way to a version. */
  public BoundaryImports boundaryImports() {
    return new PgBoundaryImports(sql.part("boundaries"));
  }

  /** Versions of the boundaries. */
  public BoundaryVersions boundaries() {
    return boundaries;
  }

  public EventLog events() {
    return new PgEventLog(sql.part("events"), personal);
  }

  public LogVerifier verifier() {
    return new LogVerifier(sql.part("verifier"), Optional.of(anchors));
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
    PgConnectOptions options = PgConnectOptions.fromUri(url);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {options.getHost()});
    source.setPortNumbers(new int[] {options.getPort()});
    source.setDatabaseName(options.getDatabase());
    source.setUser(options.getUser());
    source.setPassword(options.getPassword());
    source.setApplicationName("gridline-cluster");
    source.setConnectTimeout(PLAIN_SECONDS);
    source.setLoginTimeout(PLAIN_SECONDS);
    source.setSocketTimeout(PLAIN_SECONDS);
    return source;
  }

  /**
   * Starts giving positions.
   *
   * @param onSealed called after each round that sealed something, on the sealer's thread; must not
   *     wait
   */
  public void startSealer(Runnable onSealed) {
    Sealer sealer = new Sealer(sql.part("sealer"), clock, onSealed);
    wakeSealer = sealer::wake;
    vertx.setPeriodic(1_000, id -> sealerSilence = sealer.silenceSeconds());
    sealers.add(
        vertx
            .deployVerticle(
                sealer, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
            .await());
  }

  private void wakeSealer() {
    wakeSealer.run();
  }

  /** How the house is, as the database and this node tell it now. */
  public Vitals vitals() {
    return signs.take(anchors, retention, sealerSilence);
  }

  /** How many connections this node opens at most. */
  public static int connections() {
    return CONNECTIONS + MapStore.CONNECTIONS;
  }

  /** Anchors the newest block, lets the sealer finish its round, then lets go of the database. */
  public Future<Void> close() {
    anchors.writeIfItGoes();
    return Future.join(sealers.stream().map(vertx::undeploy).toList())
        .transform(done -> Future.join(pool.close(), maps.close()).mapEmpty());
  }
}
