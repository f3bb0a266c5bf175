package org.gridline.console.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.gridline.console.replay.Ledger.Entry;
import org.gridline.dispatch.city.CityPack.SamplePerson;

/**
 * Sends one report until its fate is known. No answer, a refusal for lack of room and an unknown
 * outcome are asked again under the same key; only what the server says about the row itself ends
 * it. Thread-safe.
 */
final class Sender {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;
  private static final int MOST_INTERNAL = 5;

  private final FrontDoor door;
  private final Optional<SamplePerson> person;
  private final CountDownLatch stop;
  private final Latencies latencies;
  private final Progress progress;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final ReentrantLock signingIn = new ReentrantLock();

  /**
   * @param person who signs in, and again when the session ends; absent when a token was brought
   * @param stop counted down when no more waiting is wanted
   */
  Sender(
      FrontDoor door,
      Optional<SamplePerson> person,
      CountDownLatch stop,
      Latencies latencies,
      Progress progress) {
    this.door = door;
    this.person = person;
    this.stop = stop;
    this.latencies = latencies;
    this.progress = progress;
  }

  /** Signs in unless a token was brought; waits for the server as long as it takes. */
  void signIn() {
    if (person.isPresent()) signInAgain("");
  }

  /**
   * @return empty when stopped before the fate was known
   * @throws Unreplayable when no row could be sent this way
   */
  Optional<Entry> send(RowReader.Read.Report report) {
    int internal = 0;
    for (int attempt = 0; stop.getCount() > 0; attempt++) {
      String shown = door.token();
      long from = System.nanoTime();
      FrontDoor.Reply reply;
      try {
        reply = door.report(report.key(), report.body());
      } catch (IOException noAnswer) {
        pause(attempt, Optional.empty(), "no answer");
        continue;
      }
      switch (reply.status()) {
        case 200, 201 -> {
          latencies.add(System.nanoTime() - from);
          answered();
          return Optional.of(entry(report.id(), reply));
        }
        case 401 -> signInAgain(shown);
        case 403, 404, 405 ->
            throw new Unreplayable(
                "the server lets nobody report this way: " + reply.status() + " " + said(reply));
        case 429, 502, 503, 504 -> pause(attempt, reply.retryAfter(), reply.problem());
        default -> {
          boolean internally = reply.status() >= 500;
          if (!internally || ++internal >= MOST_INTERNAL) {
            return Optional.of(Entry.refused(report.id(), reply.status(), reply.problem()));
          }
          pause(attempt, reply.retryAfter(), reply.problem());
        }
      }
    }
    return Optional.empty();
  }

  private static String said(FrontDoor.Reply reply) {
    return reply.problem();
  }

  private void answered() {
    if (waiting.get() && waiting.compareAndSet(true, false)) {
      progress.say("服务已恢复 · the server answers again");
    }
  }

  /** Longer each time, never exactly as long as the others. */
  private void pause(int attempt, Optional<Integer> asked, String why) {
    if (waiting.compareAndSet(false, true)) {
      progress.say("等待服务 · waiting for the server (" + why + ")");
    }
    progress.again();
    long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, 10));
    long millis =
        asked.map(seconds -> seconds * 1_000L).orElse(0L)
            + ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    awaitStop(millis);
  }

  private void awaitStop(long millis) {
    try {
      boolean stopped = stop.await(millis, TimeUnit.MILLISECONDS);
      if (stopped) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @param refused the token that was not taken; when somebody has a newer one already, nothing is
   *     done
   */
  private void signInAgain(String refused) {
    SamplePerson who =
        person.orElseThrow(() -> new Unreplayable("令牌无效 · the token is not taken (any more)"));
    signingIn.lock();
    try {
      for (int attempt = 0; door.token().equals(refused) && stop.getCount() > 0; attempt++) {
        FrontDoor.Reply reply;
        try {
          reply = door.signIn(who.login(), who.password());
        } catch (IOException noAnswer) {
          pause(attempt, Optional.empty(), "no answer");
          continue;
        }
        switch (reply.status()) {
          case 201 -> door.show(reply.json().path("token").asText());
          case 429, 500, 502, 503, 504 -> pause(attempt, reply.retryAfter(), reply.problem());
          default ->
              throw new Unreplayable(
                  who.login() + " can't sign in: " + reply.status() + " " + said(reply));
        }
      }
    } finally {
      signingIn.unlock();
    }
  }

  private static Entry entry(String id, FrontDoor.Reply reply) {
    JsonNode ticket = reply.json();
    JsonNode place = ticket.path("place");
    Map<String, String> areas = new LinkedHashMap<>();
    place.path("areas").properties().forEach(a -> areas.put(a.getKey(), a.getValue().asText()));
    return new Entry(
        id,
        reply.status(),
        ticket.path("id").asText(),
        ticket.path("number").asText(),
        ticket.path("state").asText(),
        place.path("flag").asText(),
        ticket.path("owner").path("unit").asText(""),
        areas,
        "");
  }
}
