package org.gridline.bench.storm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gridline.bench.common.RunServer;

/** Live maps that read along, and when each saw each ticket first. */
final class Screens implements AutoCloseable {
  private static final Pattern CHANGED = Pattern.compile("\"ticket\":\\{\"id\":\"?(\\d+)");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Map<Long, Long>> seen = new ArrayList<>();
  private final List<InputStream> streams = new ArrayList<>();
  private final int stride;

  /**
   * @param stride of so many tickets one is looked at
   */
  Screens(RunServer server, String token, int count, int stride)
      throws IOException, InterruptedException {
    this.stride = stride;
    for (int i = 0; i < count; i++) {
      InputStream stream =
          client
              .send(
                  HttpRequest.newBuilder(server.address("/api/v1/events"))
                      .header("Authorization", "Bearer " + token)
                      .build(),
                  BodyHandlers.ofInputStream())
              .body();
      Map<Long, Long> first = new ConcurrentHashMap<>();
      seen.add(first);
      streams.add(stream);
      Thread.ofVirtual().start(() -> read(stream, first));
    }
  }

  private void read(InputStream stream, Map<Long, Long> first) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Matcher changed = CHANGED.matcher(line);
        if (!changed.find()) continue;
        long id = Long.parseLong(changed.group(1));
        if (looksAt(id)) first.putIfAbsent(id, System.nanoTime());
      }
    } catch (IOException closed) {
      // What it has not seen counts as not seen.
    }
  }

  boolean looksAt(long id) {
    return Long.remainderUnsigned(id * 0x9E3779B97F4A7C15L, stride) == 0;
  }

  /** How many sightings are still missing. */
  long missing(Map<Long, Long> sent) {
    return seen.stream()
        .mapToLong(first -> sent.keySet().stream().filter(id -> !first.containsKey(id)).count())
        .sum();
  }

  /** Milliseconds from the sending of a report to each screen, ascending. */
  double[] lags(Map<Long, Long> sent) {
    double[] all =
        seen.stream()
            .flatMap(
                first ->
                    sent.entrySet().stream()
                        .flatMap(
                            s ->
                                Optional.ofNullable(first.get(s.getKey()))
                                    .map(at -> (at - s.getValue()) / 1e6)
                                    .stream()))
            .mapToDouble(Double::doubleValue)
            .toArray();
    Arrays.sort(all);
    return all;
  }

  static OptionalDouble quantile(double[] sorted, double share) {
    return sorted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sorted[(int) (share * (sorted.length - 1))]);
  }

  @Override
  public void close() {
    for (InputStream stream : streams) {
      try {
        stream.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    client.shutdownNow();
  }
}
