package org.gridline.bench.common;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.city.ComponentFiles;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.classify.SynonymClassifier;
import org.gridline.dispatch.component.ComponentRules;
import org.gridline.dispatch.component.RouteByComponent;
import org.gridline.dispatch.evidence.Enclose;
import org.gridline.dispatch.evidence.EvidenceRules;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.intake.Channel;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.intake.Intake;
import org.gridline.dispatch.intake.Report;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.people.Accounts.NewUser;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.store.Database;
import org.gridline.dispatch.ticket.Decide;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.RawPosition;

/** The sample city's own use cases on a database of the run, as a server has them, without HTTP. */
public final class SampleCity implements AutoCloseable {
  public static final String WORDS = "小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭";

  private final Vertx vertx = Vertx.vertx();
  private final CityPack pack;
  private final ComponentRules components;
  private final Places places;
  private final Database database;
  private final Decide decide;
  private final Enclose enclose;
  private final TakeReport takeReport;
  private final List<User> people;
  private final User operator;
  private final AtomicInteger callers;

  /**
   * @param secrets where the installation's key is or will be
   * @param firstCaller callers are counted from here; each has a phone of their own
   */
  public SampleCity(RunDatabase run, Path city, Path secrets, int firstCaller) throws IOException {
    callers = new AtomicInteger(firstCaller);
    pack = CityPackReader.read(city);
    database = Database.open(vertx, run.url(), secrets, pack);
    database
        .accounts()
        .addMissing(
            pack.people().stream()
                .map(
                    p ->
                        new NewUser(
                            p.login(),
                            p.name(),
                            Optional.of(p.unit()).filter(u -> !u.isEmpty()),
                            p.areas(),
                            p.roles(),
                            "not a hash"))
                .toList());
    people =
        pack.people().stream()
            .map(p -> database.accounts().findByLogin(p.login()).orElseThrow().user())
            .toList();
    operator = people.stream().filter(u -> u.login().equals("operator1")).findFirst().orElseThrow();
    decide = new Decide(pack.policy());
    components = ComponentFiles.read(city, pack.city(), pack.policy().categories());
    places =
        new Places(GroundIndex.build(pack.boundaries()), pack.gazetteer(), pack.boundaryVersion());
    enclose = new Enclose(database.evidence(), EvidenceRules.usual());
    takeReport = takeReport(database.intake());
  }

  /** A folder for a key that nothing else uses. */
  public static Path newSecrets() throws IOException {
    return Files.createTempDirectory("gridline-bench").resolve("secrets");
  }

  /** The use case over another way of storing. */
  public TakeReport takeReport(Intake intake) {
    return new TakeReport(
        () -> places,
        new SynonymClassifier(pack.policy().categories()),
        new Router(pack.duties(), pack.policy().units(), pack.certainScore(), pack.dispatching()),
        new RouteByComponent(
            database.components(), components, pack.policy().units(), pack.dispatching()),
        pack.policy(),
        decide,
        intake,
        enclose,
        database.numbers(),
        database.clock());
  }

  public Database database() {
    return database;
  }

  public CityPack pack() {
    return pack;
  }

  public Decide decide() {
    return decide;
  }

  public Enclose enclose() {
    return enclose;
  }

  public List<User> people() {
    return people;
  }

  /** As a server does it; without it no position is given to an event. */
  public void startSealer() {
    database.loops().startSealer(() -> {});
  }

  /** A report by somebody new, from a place a little aside of the one before. */
  public Report report(Optional<CategoryKey> category) {
    int caller = callers.incrementAndGet();
    String phone = String.format(Locale.ROOT, "+86138%08d", caller);
    double aside = caller % 1_000 * 1e-6;
    return new Report(
        Channel.PHONE,
        ReportType.HELP,
        Urgency.NORMAL,
        WORDS,
        Optional.of(new Caller(phone, "王样例", Caller.Confidentiality.ORDINARY)),
        "",
        Optional.of(new RawPosition(118.89 + aside, 32.12, Crs.WGS84)),
        OptionalDouble.empty(),
        category,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  /** Takes a report whose words say what it is about. */
  public Ticket register() {
    return register(takeReport, report(Optional.empty()));
  }

  /** The same over another way of storing, or with a category that a person chose. */
  public Ticket register(TakeReport use, Report report) {
    IdempotencyKey key =
        new IdempotencyKey(operator.id(), UUID.randomUUID().toString(), "00".repeat(32));
    TakeReport.Answer answer =
        use.take(
            report,
            operator,
            key,
            r -> ("ticket " + r.ticket().id()).getBytes(StandardCharsets.UTF_8));
    return switch (answer) {
      case TakeReport.Answer.First(var receipt, var bytes) -> receipt.ticket();
      case TakeReport.Answer.Again(var bytes) -> throw new IllegalStateException("a key twice");
    };
  }

  public TakeReport takeReport() {
    return takeReport;
  }

  @Override
  public void close() {
    database.close().await();
    vertx.close().await();
  }
}
