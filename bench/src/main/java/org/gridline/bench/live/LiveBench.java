package org.gridline.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.gridline.bench.common.Arguments;
import org.gridline.bench.common.AskedServer;
import org.gridline.bench.common.Report;
import org.gridline.bench.common.RunDatabase;
import org.gridline.bench.common.SampleCity;

/** The program; it fails when an update does not come everywhere. */
public final class LiveBench {
  private static final int TICKETS = 64;

  /** Both sides' sockets are open at once, and a process has some 20,000 descriptors. */
  private static final int MOST_AT_ONCE = 8_000;

  private static final String MANY = "20000";
  private static final Map<String, String> LIMITS =
      Map.of(
          "GRIDLINE_LIVE_PER_USER", MANY,
          "GRIDLINE_LIVE_PER_ADDRESS", MANY,
          "GRIDLINE_LIVE_TOTAL", MANY,
          "GRIDLINE_CONNECTIONS", MANY);

  private final Options options;
  private final Report report;

  private LiveBench(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options = Arguments.orExit("live", arguments, Options::parse, Options.USAGE);
    new LiveBench(options, new Report("live", out)).run();
    System.exit(0);
  }

  private void run() throws Exception {
    Path city = Path.of(Report.environment("GRIDLINE_CITIES")).resolve("qixia-sample");
    try (RunDatabase database =
            RunDatabase.create(Report.environment("GRIDLINE_DATABASE_URL"), "live");
        AskedServer real = AskedServer.gridline(database, city, LIMITS);
        AskedServer bare = AskedServer.bare(BareBroadcast.class)) {
      String token = real.token("dispatcher1");
      long[] tickets = new long[TICKETS];
      int[] versions = new int[TICKETS];
      JsonNode last = register(real, tickets, versions);
      heap(real, bare, token);
      int count = Math.min(options.sockets(), MOST_AT_ONCE);
      try (Side ours = new Side(real, database, token, false, count, tickets, versions);
          Side theirs = new Side(bare, database, "", true, count, tickets, versions)) {
        Race race = new Race(options, report, ours, theirs);
        race.run();
        bytes(race.frames(), last);
        new HalfRate(options, report, ours, theirs).run(race.updatesPerSecond());
        if (options.slow() > 0)
          new SlowReaders(options, report, real, token, ours).run(race.updatesPerSecond() / 2);
        revoked(real, token, ours);
      }
    }
    report.end();
  }

  /** Tickets that will be urged again and again; the last one as a page sees it. */
  private static JsonNode register(AskedServer server, long[] tickets, int[] versions) {
    String operator = server.token("operator1");
    JsonNode ticket = AskedServer.json("{}");
    for (int i = 0; i < tickets.length; i++) {
      String body =
          "{\"channel\":\"phone\",\"type\":\"help\",\"words\":\""
              + SampleCity.WORDS
              + "\",\"position\":{\"lon\":118.89,\"lat\":"
              + (32.12 + i * 1e-5)
              + ",\"crs\":\"WGS84\"}}";
      ticket =
          AskedServer.json(
              AskedServer.expect(
                  201,
                  server.send(
                      server
                          .request("/api/v1/reports")
                          .header("Authorization", "Bearer " + operator)
                          .header("Content-Type", "application/json")
                          .header("Idempotency-Key", UUID.randomUUID().toString())
                          .POST(BodyPublishers.ofString(body)))));
      tickets[i] = ticket.path("id").asLong();
      versions[i] = ticket.path("version").asInt();
    }
    return ticket;
  }

  /** What a socket costs that listens and is told nothing. */
  private void heap(AskedServer real, AskedServer bare, String token) throws Exception {
    long[] each = new long[2];
    // Once before, so that classes and pools are not counted.
    for (int count : new int[] {200, options.sockets()}) {
      each[0] = heap(real, token, count, true);
      each[1] = heap(bare, "", count, false);
    }
    report.line(
        "%d sockets: %d bytes of heap each, bare %d: %.2f of it",
        options.sockets(), each[0], each[1], (double) each[0] / each[1]);
    report
        .json()
        .put("sockets", options.sockets())
        .put("heap_bytes_per_socket", each[0])
        .put("heap_bytes_per_socket_bare", each[1])
        .put("heap_ratio", Math.round(100.0 * each[0] / each[1]) / 100.0);
  }

  private static long heap(AskedServer server, String token, int count, boolean snapshot)
      throws Exception {
    long before = server.liveHeapBytes();
    try (Sockets sockets =
        Sockets.open(server.port(), token, "", count, snapshot, LiveBench::heard)) {
      return (server.liveHeapBytes() - before) / Math.max(1, sockets.open());
    }
  }

  private static void heard(Sockets all, int socket, ByteBuffer message) {
    Frames.read(
        message,
        new Frames.Told() {
          @Override
          public void ticket(long id, int version) {
            // Only the end of the snapshot is waited for.
          }

          @Override
          public void complete() {
            all.completed();
          }
        });
  }

  /** Bytes of an update against the same as a feature of GeoJSON. */
  private void bytes(List<Side.Frame> frames, JsonNode ticket) {
    long bytes = 0;
    long records = 0;
    for (Side.Frame frame : frames) {
      bytes += frame.bytes().length + (frame.bytes().length < 126 ? 2 : 4);
      records += frame.records();
    }
    double each = (double) bytes / records;
    int feature = Feature.of(ticket).getBytes(StandardCharsets.UTF_8).length;
    report.line(
        "an update: %.1f bytes with all that is around it, as GeoJSON %d: %.3f",
        each, feature, each / feature);
    report
        .json()
        .put("bytes_per_update", Math.round(each * 10) / 10.0)
        .put("bytes_geojson", feature)
        .put("bytes_ratio_geojson", Math.round(1_000 * each / feature) / 1_000.0);
  }

  /** How long the sockets of a session live after it. */
  private void revoked(AskedServer server, String token, Side ours) {
    long from = System.nanoTime();
    AskedServer.expect(
        204,
        server.send(
            server
                .request("/api/v1/sessions/current")
                .header("Authorization", "Bearer " + token)
                .DELETE()));
    while (ours.sockets().open() > 0 && System.nanoTime() - from < 60e9)
      LockSupport.parkNanos(1_000_000);
    double seconds = (System.nanoTime() - from) / 1e9;
    report.line("a revoked session's sockets were all closed after %.1f s", seconds);
    report.json().put("revoked_s", Math.round(seconds * 10) / 10.0);
  }
}
