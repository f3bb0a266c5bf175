package org.gridline.console.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Everybody asks for everything: each call of the description, with each thing that it can name, by
 * each role, of here and of elsewhere. A call that is added tomorrow is asked tomorrow.
 */
class MatrixTest {
  private static final int LEAST_CASES = 10_000;
  private static final int AT_ONCE = 6;
  private static final int MOST_TIMES = 2_000;

  /** These end or change the session that makes them; living askers have one to spare. */
  private static final Set<String> ON_THE_SESSION =
      Set.of(
          "DELETE /api/v1/sessions/current",
          "DELETE /api/v1/account/sessions",
          "POST /api/v1/sessions/current/acting");

  private static final Set<Asker.Door> NOTHING_TO_LOSE =
      Set.of(Asker.Door.ANONYMOUS, Asker.Door.DEAD, Asker.Door.BASIC, Asker.Door.FOREIGN_PAGE);

  /** A stream has no end; {@link FeedMatrixTest} listens to it. */
  private static final String FEED = "GET /api/v1/events";

  private final Setting setting = Setting.shared();
  private final Judge judge = new Judge(setting.rules, setting.fixture, setting.actions);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, int[]> told = new TreeMap<>();

  @Test
  void nobody_gets_what_is_not_theirs_and_everybody_what_is() throws Exception {
    Tries tries = new Tries(setting.things, setting.actions, setting.versions());
    long start = System.nanoTime();
    try (ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Operation operation : Described.operations()) {
        if (operation.name().equals(FEED)) continue;
        List<Future<?>> asked = new ArrayList<>();
        int[] counts = new int[3];
        List<Asker> askers = askers(operation);
        for (Try tried : tries.of(operation))
          for (Asker asker : askers)
            if (harmless(tried, asker)) asked.add(hands.submit(() -> ask(tried, asker, counts)));
        for (Future<?> one : asked) one.get();
        told.put(operation.name(), counts);
      }
    }
    summary((System.nanoTime() - start) / 1_000_000_000.0);
    assertThat(wrong).as("wrong answers").isEmpty();
    assertThat(told.values().stream().mapToInt(c -> c[0]).sum()).isGreaterThan(LEAST_CASES);
    assertThat(told.values()).as("each call was made").noneMatch(c -> c[0] == 0);
  }

  private List<Asker> askers(Operation operation) {
    if (!ON_THE_SESSION.contains(operation.name())) return setting.askers;
    List<Asker> some =
        new ArrayList<>(
            setting.askers.stream().filter(a -> NOTHING_TO_LOSE.contains(a.door())).toList());
    some.add(setting.everybody.sacrifice());
    return some;
  }

  /** Whoever may act on a ticket as it stands would change it; other tests let them. */
  private static boolean harmless(Try tried, Asker asker) {
    return tried.operation().demand() != Demand.Door.BY_ACTION
        || tried.late()
        || asker.door() != Asker.Door.IN
        || !asker.may(tried.action());
  }

  private void ask(Try tried, Asker asker, int[] counts) {
    try {
      HttpResponse<byte[]> answer = send(tried, asker);
      Optional<String> complaint = judge.complaint(tried, asker, answer);
      complaint.ifPresent(c -> wrong.add(asker + ": " + tried + " " + c));
      synchronized (counts) {
        counts[0]++;
        counts[answer.statusCode() < 400 ? 1 : 2]++;
      }
    } catch (Exception e) {
      wrong.add(asker + ": " + tried + " " + e);
    }
  }

  /** Where only some may draw or count at once the others come again. */
  private HttpResponse<byte[]> send(Try tried, Asker asker) throws Exception {
    HttpRequest.Builder request =
        setting
            .town
            .request(tried.target())
            .method(tried.operation().method(), BodyPublishers.ofByteArray(tried.body()))
            .header("Idempotency-Key", UUID.randomUUID().toString());
    if (!tried.operation().type().isEmpty())
      request.header("Content-Type", tried.operation().type());
    asker.headers().forEach(request::header);
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    for (int i = 0; i < MOST_TIMES && busy(answer); i++) {
      LockSupport.parkNanos(5_000_000);
      answer = client.send(request.build(), BodyHandlers.ofByteArray());
    }
    return answer;
  }

  private static boolean busy(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 429 && answer.statusCode() != 503) return false;
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    return body.contains("\"overloaded\"") || body.contains("\"unavailable\"");
  }

  private void summary(double seconds) {
    int all = 0;
    System.out.printf("%-62s %6s %6s %6s%n", "call", "asked", "given", "not");
    for (Map.Entry<String, int[]> one : told.entrySet()) {
      int[] c = one.getValue();
      all += c[0];
      System.out.printf("%-62s %6d %6d %6d%n", one.getKey(), c[0], c[1], c[2]);
    }
    System.out.printf(
        "%d calls, %d askers, %d cases in %.1f s, %d wrong%n",
        told.size(), setting.askers.size(), all, seconds, wrong.size());
  }
}
