package org.gridline.bench.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.gridline.bench.torture.Api.Answer;
import org.gridline.bench.torture.Ledger.Done;
import org.gridline.bench.torture.Ledger.Sent;
import org.gridline.bench.torture.Ledger.Taken;

/** One client at work: reports, repeats itself, signs and handles; asks again until it knows. */
final class Clerk implements Runnable {
  private static final int REST_MILLIS = 15;
  private static final int FIRST_AGAIN_MILLIS = 50;
  private static final int MOST_AGAIN_MILLIS = 400;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final Set<Integer> LATER = Set.of(429, 503);

  private final Api api;
  private final Ledger ledger;
  private final Shift shift;
  private final String login;
  private final Words words;
  private volatile Optional<Mark> newest = Optional.empty();
  private final ArrayDeque<Sent> toRepeat = new ArrayDeque<>();

  /** A word by which a ticket must be found. */
  record Mark(String word, long ticket) {}

  Clerk(Api api, Ledger ledger, Shift shift, String login, Words words) {
    this.api = api;
    this.ledger = ledger;
    this.shift = shift;
    this.login = login;
    this.words = words;
  }

  Optional<Mark> newest() {
    return newest;
  }

  @Override
  public void run() {
    try {
      while (shift.mayWork()) {
        work();
        TimeUnit.MILLISECONDS.sleep(words.below(2 * REST_MILLIS));
      }
    } catch (Broken e) {
      ledger.broken(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      ledger.broken("a client stumbled: " + e);
    } finally {
      shift.leaves();
    }
  }

  private void work() throws InterruptedException {
    Words.Said said = words.next();
    boolean twice = words.chance(15);
    boolean later = words.chance(10);
    boolean signs = words.chance(50);
    boolean rivals = words.chance(20);
    boolean feeds = words.chance(50);
    Sent sent = ledger.intend(login, said.key(), said.body());
    send(sent, said.poison());
    Optional<Taken> taken = sent.taken();
    if (taken.isEmpty()) return;
    newest = Optional.of(new Mark(said.mark(), taken.get().ticket()));
    if (twice) send(sent, false);
    if (later) toRepeat.add(sent);
    if (toRepeat.size() > 20) send(toRepeat.remove(), false);
    if (signs) sign(Api.json(taken.get().answer()), rivals, feeds);
  }

  /** A report that is known to be right, until the answer is final. */
  void sendSound(Sent sent) {
    try {
      send(sent, false);
    } catch (Broken e) {
      ledger.broken(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the answer is final. */
  private void send(Sent sent, boolean poison) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    for (int rest = FIRST_AGAIN_MILLIS; System.nanoTime() < end; rest = longer(rest)) {
      if (settled(sent, api.report(login, sent.key, sent.body), poison)) return;
      TimeUnit.MILLISECONDS.sleep(rest);
    }
    throw new Broken("key " + sent.key + " does not come to an end");
  }

  private boolean settled(Sent sent, Answer answer, boolean poison) {
    switch (answer) {
      case Answer.Silence _ -> {
        ledger.silence(sent);
        return false;
      }
      case Answer.Said said when said.status() == 200 || said.status() == 201 -> {
        if (poison) ledger.broken("poison was taken: key " + sent.key);
        JsonNode ticket = said.json();
        ledger.taken(
            sent,
            new Taken(ticket.path("id").asLong(), ticket.path("number").asText(), said.body()));
        return true;
      }
      case Answer.Said said when LATER.contains(said.status()) -> {
        if (said.code().equals("outcome_unknown")) ledger.unknown();
        return false;
      }
      case Answer.Said said -> {
        if (!poison || said.status() >= 500)
          ledger.broken("key " + sent.key + " was answered " + said);
        ledger.refused(sent);
        return true;
      }
    }
  }

  private void sign(JsonNode ticket, boolean rivals, boolean feeds) throws InterruptedException {
    if (!ticket.path("state").asText().equals("PENDING_SIGN")) return;
    Optional<String> handler = api.handlerOf(ticket.path("unit").asText());
    if (handler.isEmpty()) return;
    long id = ticket.path("id").asLong();
    int version = ticket.path("version").asInt();
    if (rivals) {
      Thread rival =
          Thread.ofVirtual().start(() -> once(handler.get(), id, version, "sign", "TicketSigned"));
      once(handler.get(), id, version, "sign", "TicketSigned");
      rival.join();
    }
    if (!act(handler.get(), id, "PENDING_SIGN", "sign", "TicketSigned") || !feeds) return;
    boolean _ = act(handler.get(), id, "HANDLING", "feedback", "FeedbackGiven");
  }

  /** Until the ticket has left that state; true when it did. */
  private boolean act(String who, long ticket, String from, String action, String event)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    for (int rest = FIRST_AGAIN_MILLIS; System.nanoTime() < end; rest = longer(rest)) {
      if (api.get(who, "/api/v1/tickets/" + ticket) instanceof Answer.Said now) {
        if (now.status() == 200) {
          JsonNode json = now.json();
          if (!json.path("state").asText().equals(from)) return true;
          once(who, ticket, json.path("version").asInt(), action, event);
          continue;
        }
        if (!LATER.contains(now.status())) {
          ledger.broken("ticket " + ticket + " can't be read: " + now);
          return false;
        }
      } else {
        ledger.silence();
      }
      TimeUnit.MILLISECONDS.sleep(rest);
    }
    throw new Broken("ticket " + ticket + " can't be made to leave " + from);
  }

  private static int longer(int rest) {
    return Math.min(MOST_AGAIN_MILLIS, 2 * rest);
  }

  private void once(String who, long ticket, int version, String action, String event) {
    String more = action.equals("feedback") ? ",\"result\":\"solved\",\"words\":\"已处理\"" : "";
    String body =
        String.format(Locale.ROOT, "{\"action\":\"%s\",\"version\":%d%s}", action, version, more);
    switch (api.act(who, ticket, body)) {
      case Answer.Silence _ -> ledger.silence();
      case Answer.Said said when said.status() == 200 ->
          ledger.done(new Done(ticket, said.json().path("version").asInt(), event));
      case Answer.Said said when said.status() == 409 -> ledger.conflict();
      case Answer.Said said when LATER.contains(said.status()) -> {
        if (said.code().equals("outcome_unknown")) ledger.unknown();
      }
      case Answer.Said said when said.status() == 422 && said.code().equals("illegal_action") ->
          ledger.conflict();
      case Answer.Said said ->
          ledger.broken(action + " on ticket " + ticket + " was answered " + said);
    }
  }
}
