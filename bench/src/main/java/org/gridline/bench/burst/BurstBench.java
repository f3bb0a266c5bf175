package org.gridline.bench.burst;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.gridline.bench.common.Arguments;
import org.gridline.bench.common.AskedServer;
import org.gridline.bench.common.Report;
import org.gridline.bench.common.RunDatabase;
import org.gridline.bench.common.SampleCity;

/**
 * The program; exit code 1 when an answer was neither a ticket nor "later", or a ticket is lost.
 */
public final class BurstBench {
  private static final double URGENT_PER_SECOND = 50;
  private static final int URGENT_CONNECTIONS = 32;

  /** How long is looked whether everything is as before. */
  private static final double AFTER_SECONDS = 15;

  private static final int PROBES_PER_SECOND = 50;
  private static final int LATER = 429;
  private static final int LATER_TOO = 503;

  private final Options options;
  private final Report report;
  private final AtomicInteger callers = new AtomicInteger();

  private BurstBench(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options = Arguments.orExit("burst", arguments, Options::parse, Options.USAGE);
    boolean right = new BurstBench(options, new Report("burst", out)).run();
    System.exit(right ? 0 : 1);
  }

  private boolean run() throws Exception {
    Path city = Path.of(Report.environment("GRIDLINE_CITIES")).resolve("qixia-sample");
    Map<String, String> limit =
        Map.of("GRIDLINE_INTAKE_PER_SECOND", Integer.toString(options.limit()));
    try (RunDatabase database =
            RunDatabase.create(Report.environment("GRIDLINE_DATABASE_URL"), "burst");
        AskedServer server = AskedServer.gridline(database, city, limit)) {
      Crowd crowd = new Crowd(server.port());
      Supplier<byte[]> normal = requests(server.token("operator1"), "normal");
      Supplier<byte[]> urgent = requests(server.token("operator2"), "urgent");
      crowd.send(
          List.of(
              new Offer(normal, 0, options.warmSeconds(), options.rate(), options.connections()),
              urgent(urgent, options.warmSeconds())));
      database.execute("VACUUM ANALYZE", "CHECKPOINT");
      Offer idle = urgent(urgent, options.idleSeconds());
      crowd.send(List.of(idle));
      long before = database.count("ticket");
      Offer burst = new Offer(normal, 0, options.seconds(), options.rate(), options.connections());
      Offer meanwhile = urgent(urgent, options.seconds());
      Offer after = new Offer(normal, options.seconds(), AFTER_SECONDS, PROBES_PER_SECOND, 8);
      crowd.send(List.of(burst, meanwhile, after));
      long rows = database.count("ticket") - before;
      return tell(idle, burst, meanwhile, after, rows);
    }
  }

  private static Offer urgent(Supplier<byte[]> urgent, double seconds) {
    return new Offer(urgent, 0, seconds, URGENT_PER_SECOND, URGENT_CONNECTIONS);
  }

  private boolean tell(Offer idle, Offer burst, Offer meanwhile, Offer after, long rows) {
    double seconds = options.seconds();
    long inTime = burst.count(a -> taken(a) && end(a) <= seconds);
    inTime += meanwhile.count(a -> taken(a) && end(a) <= seconds);
    double goodput = inTime / (options.limit() * seconds);
    double idleMillis = idle.quantile(0.99, BurstBench::taken);
    double urgentMillis = meanwhile.quantile(0.99, BurstBench::taken);
    double recovery = recovery(after, 2 * idleMillis);
    report.line("%-22s %9s %9s %9s %9s %9s", "", "sent", "taken", "p50 ms", "p99 ms", "on wire");
    line("urgent, alone", idle, BurstBench::taken);
    line("burst, taken", burst, BurstBench::taken);
    line("burst, refused", burst, BurstBench::refused);
    line("urgent, meanwhile", meanwhile, BurstBench::taken);
    line("afterwards", after, BurstBench::taken);
    report.line(
        "goodput %.3f of %d a second; urgent p99 %.1f of idle; as before after %.1f s",
        goodput, options.limit(), urgentMillis / idleMillis, recovery);
    report.json().put("goodput_ratio", Math.round(goodput * 1e3) / 1e3);
    put("reject_p99_ms", burst.quantile(0.99, BurstBench::refused));
    put("reject_wire_p99_ms", burst.wireQuantile(0.99, BurstBench::refused));
    put("urgent_p99_ms_idle", idleMillis);
    put("urgent_p99_ms", urgentMillis);
    put("urgent_p99_ratio", urgentMillis / idleMillis);
    put("recovery_s", recovery);
    long acknowledged =
        burst.count(BurstBench::taken)
            + meanwhile.count(BurstBench::taken)
            + after.count(BurstBench::taken);
    boolean counted = rows == acknowledged;
    if (!counted) report.line("WRONG: %d acknowledged, %d tickets", acknowledged, rows);
    boolean known =
        List.of(idle, burst, meanwhile, after).stream()
            .allMatch(o -> o.count(a -> !taken(a) && !refused(a)) == 0);
    if (!known) report.line("WRONG: an answer was neither 201 nor 429 or 503 with Retry-After");
    report.json().put("tickets", rows).put("right", counted && known);
    report.end();
    return counted && known;
  }

  private void line(String name, Offer offer, java.util.function.Predicate<Offer.Answer> which) {
    report.line(
        "%-22s %9d %9d %9.1f %9.1f %9.1f",
        name,
        offer.answers().size(),
        offer.count(which),
        offer.quantile(0.5, which),
        offer.quantile(0.99, which),
        offer.wireQuantile(0.99, which));
  }

  /**
   * Seconds after the burst from which on everything was taken, and in time, for a whole second; as
   * long as was looked when that never came.
   */
  private double recovery(Offer after, double mostMillis) {
    int good = 0;
    for (Offer.Answer answer :
        after.answers().stream()
            .sorted(java.util.Comparator.comparingDouble(Offer.Answer::dueSeconds))
            .toList()) {
      good = taken(answer) && answer.millis() <= mostMillis ? good + 1 : 0;
      if (good == PROBES_PER_SECOND)
        return Math.max(0, answer.dueSeconds() - options.seconds() - 1 + 1.0 / PROBES_PER_SECOND);
    }
    return AFTER_SECONDS;
  }

  private static boolean taken(Offer.Answer answer) {
    return answer.status() == 201;
  }

  private static boolean refused(Offer.Answer answer) {
    return (answer.status() == LATER || answer.status() == LATER_TOO) && answer.retryAfter();
  }

  private static double end(Offer.Answer answer) {
    return answer.dueSeconds() + answer.millis() / 1e3;
  }

  private void put(String key, double value) {
    report.json().put(key, Math.round(value * 100) / 100.0);
  }

  /** Reports of ever new callers under ever new keys. */
  private Supplier<byte[]> requests(String token, String urgency) {
    String head =
        "POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\n";
    return () -> {
      int caller = callers.incrementAndGet();
      String body =
          "{\"channel\":\"phone\",\"type\":\"help\",\"urgency\":\""
              + urgency
              + "\",\"words\":\""
              + SampleCity.WORDS
              + "\",\"caller\":{\"phone\":\"138"
              + (10_000_000 + caller % 80_000_000)
              + "\",\"name\":\"王样例\"},\"position\":{\"lon\":"
              + String.format(Locale.ROOT, "%.6f", 118.89 + caller % 1_000 * 1e-6)
              + ",\"lat\":32.12,\"crs\":\"WGS84\"}}";
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      byte[] start =
          (head
                  + "Idempotency-Key: "
                  + UUID.randomUUID()
                  + "\r\nContent-Length: "
                  + bytes.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      byte[] all = java.util.Arrays.copyOf(start, start.length + bytes.length);
      System.arraycopy(bytes, 0, all, start.length, bytes.length);
      return all;
    };
  }
}
