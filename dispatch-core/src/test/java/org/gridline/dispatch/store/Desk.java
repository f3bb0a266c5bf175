package org.gridline.dispatch.store;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.city.ComponentFiles;
import org.gridline.dispatch.classify.SynonymClassifier;
import org.gridline.dispatch.component.ComponentRules;
import org.gridline.dispatch.component.RouteByComponent;
import org.gridline.dispatch.event.Draw;
import org.gridline.dispatch.evidence.Enclose;
import org.gridline.dispatch.evidence.EvidenceRules;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.intake.Channel;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.intake.Intake;
import org.gridline.dispatch.intake.Receipt;
import org.gridline.dispatch.intake.Report;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.SplitTicket;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.people.Accounts.NewUser;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.ticket.ActOnTicket;
import org.gridline.dispatch.ticket.ActionForm;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Decide;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.RawPosition;

/** The sample city at work on a real database, as a test's people see it. */
public final class Desk implements AutoCloseable {
  private static final CityPack PACK =
      CityPackReader.read(repository().resolve("config/cities/qixia-sample"));
  private static final ComponentRules RULES =
      ComponentFiles.read(
          repository().resolve("config/cities/qixia-sample"),
          PACK.city(),
          PACK.policy().categories());
  private static final GroundIndex GROUND = GroundIndex.build(PACK.boundaries());

  private final Vertx vertx = Vertx.vertx();
  private final String url;
  private final Path secrets;
  private final Supplier<Places> ground;
  private final Database database;
  private final Enclose enclose;
  private final TakeReport takeReport;
  private final ActOnTicket act;
  private final Decide decide = new Decide(PACK.policy());
  private final Map<String, User> people;
  private volatile LongUnaryOperator seeds = Desk::unrepeated;

  private Desk(String url, Path secrets, Supplier<Places> ground) {
    this.url = url;
    this.secrets = secrets;
    this.ground = ground;
    database = Database.open(vertx, url, secrets, PACK);
    database.loops().startSealer(() -> {});
    database.accounts().addMissing(PACK.people().stream().map(Desk::newUser).toList());
    people =
        PACK.people().stream()
            .map(p -> database.accounts().findByLogin(p.login()).orElseThrow().user())
            .collect(Collectors.toMap(User::login, Function.identity()));
    enclose = new Enclose(database.evidence(), EvidenceRules.usual());
    takeReport = takeReport(database.intake());
    // No check is repeated unless a test has the lot fall so.
    act =
        new ActOnTicket(
            database.tickets(),
            database.checkers(areas -> areas),
            decide,
            enclose,
            PACK.policy(),
            database.clock(),
            () -> seeds.applyAsLong(ThreadLocalRandom.current().nextLong()));
  }

  public static Desk open() {
    return open(TestDatabase.fresh());
  }

  public static Desk open(String url) {
    return open(url, temporaryFolder());
  }

  private static Desk open(String url, Path secrets) {
    return new Desk(
        url, secrets, () -> new Places(GROUND, PACK.gazetteer(), PACK.boundaryVersion()));
  }

  /** Another server of the same installation. */
  Desk rival() {
    return open(url, secrets);
  }

  /** A desk whose ground may be switched while it works. */
  public static Desk on(Supplier<Places> ground) {
    return new Desk(TestDatabase.fresh(), temporaryFolder(), ground);
  }

  /** Where the repository begins, from whichever module a test runs in. */
  public static Path repository() {
    Path here = Path.of("").toAbsolutePath();
    Path above = Optional.ofNullable(here.getParent()).orElse(here);
    return Files.exists(here.resolve("gridline")) || Files.exists(here.resolve("grid-gis"))
        ? here
        : above;
  }

  static CityPack packForTests() {
    return PACK;
  }

  public CityPack pack() {
    return PACK;
  }

  /** Of its database, for looking behind the scenes. */
  public String url() {
    return url;
  }

  public Database database() {
    return database;
  }

  public User person(String login) {
    return Optional.ofNullable(people.get(login))
        .orElseThrow(() -> new IllegalArgumentException("nobody called " + login));
  }

  /** Somebody of that unit who may handle its tickets. */
  public User handlerOf(String unit) {
    return people.values().stream()
        .filter(
            u ->
                u.unit()
                    .map(own -> PACK.policy().units().withSubUnits(own).contains(unit))
                    .orElse(false))
        .filter(u -> u.may(new org.gridline.dispatch.people.Permission.Act(ActionKind.FEEDBACK)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no handler for " + unit));
  }

  public Receipt call(String words, double lon, double lat) {
    return switch (take(report(words, lon, lat), UUID.randomUUID().toString())) {
      case TakeReport.Answer.First(var receipt, var bytes) -> receipt;
      case TakeReport.Answer.Again(var bytes) ->
          throw new AssertionError("a fresh key was answered before");
    };
  }

  public TakeReport.Answer take(Report report, String key) {
    String hash = "00".repeat(32);
    return takeReport.take(
        report,
        person("operator1"),
        new IdempotencyKey(person("operator1").id(), key, hash),
        r -> ("ticket " + r.ticket().id()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  public static Report report(String words, double lon, double lat) {
    return new Report(
        Channel.PHONE,
        ReportType.HELP,
        Urgency.NORMAL,
        words,
        Optional.of(new Caller("+8613800000001", "王样例", Caller.Confidentiality.ORDINARY)),
        "",
        Optional.of(new RawPosition(lon, lat, Crs.WGS84)),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.<Instant>empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  /** The ticket after somebody acted, by the version that stands now. */
  public Ticket act(Ticket ticket, User by, ActionKind kind, Map<String, Object> answers) {
    return switch (act.act(
        ticket.id(),
        ticket.version(),
        new ActionForm(PACK.policy().choices()).read(kind, answers),
        by)) {
      case ActOnTicket.Outcome.Done(var after) -> after;
      case ActOnTicket.Outcome.Conflict(var current) ->
          throw new AssertionError(
              "somebody was faster: " + current.state().name().toLowerCase(Locale.ROOT));
    };
  }

  /** From now on checks are drawn by these seeds, made from chance. */
  public void drawsBy(LongUnaryOperator seeds) {
    this.seeds = seeds;
  }

  /** A seed by which no check is repeated. */
  public static long unrepeated(long chance) {
    long seed = chance;
    while (Draw.repeats(seed, 0.2)) seed++;
    return seed;
  }

  /** Whoever may check it now. */
  public User checkerOf(Ticket ticket) {
    long drawn = ticket.progress().life().check().orElseThrow().checker();
    return people.values().stream().filter(u -> u.id() == drawn).findFirst().orElseThrow();
  }

  public TakeReport takeReport() {
    return takeReport;
  }

  /** The use case over another way of storing. */
  TakeReport takeReport(Intake intake) {
    return new TakeReport(
        ground,
        new SynonymClassifier(PACK.policy().categories()),
        new Router(PACK.duties(), PACK.policy().units(), PACK.certainScore(), PACK.dispatching()),
        new RouteByComponent(
            database.components(), RULES, PACK.policy().units(), PACK.dispatching()),
        PACK.policy(),
        decide,
        intake,
        enclose,
        database.numbers(),
        database.clock());
  }

  /** Where this installation's master key is. */
  Path secrets() {
    return secrets;
  }

  public ActOnTicket acting() {
    return act;
  }

  public SplitTicket splitting() {
    return new SplitTicket(
        database.tickets(), database.intake(), act, decide, database.numbers(), database.clock());
  }

  public Decide decide() {
    return decide;
  }

  public List<ActionKind> offered(Ticket ticket, User by) {
    return decide.offer(ticket, by, database.clock().instant());
  }

  @Override
  public void close() {
    database.close().await();
    vertx.close().await();
  }

  private static NewUser newUser(CityPack.SamplePerson p) {
    return new NewUser(
        p.login(),
        p.name(),
        Optional.of(p.unit()).filter(u -> !u.isEmpty()),
        p.areas(),
        p.roles(),
        "not a hash");
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("gridline-data").resolve("secrets");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
