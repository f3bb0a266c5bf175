package org.gridline.bench.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.gridline.bench.common.Hands;
import org.gridline.bench.common.RunDatabase;
import org.gridline.bench.common.SampleCity;
import org.gridline.bench.common.Side;
import org.gridline.dispatch.event.Draw;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActOnTicket;
import org.gridline.dispatch.ticket.ActionForm;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;

/** The sample city's own use cases, sealer included; only HTTP is left out, as for the others. */
final class Gridline implements Side, AutoCloseable {
  /** Registering, accepting, filing and dispatching are one commit; each of these is another. */
  private static final Map<ActionKind, Map<String, Object>> STEPS = new LinkedHashMap<>();

  static {
    STEPS.put(ActionKind.SIGN, Map.of());
    STEPS.put(ActionKind.FEEDBACK, Map.of("result", "solved", "words", "已清理完毕"));
    STEPS.put(ActionKind.PASS, Map.of());
    STEPS.put(ActionKind.CHECK, Map.of("note", "现场已恢复"));
    STEPS.put(
        ActionKind.REVISIT,
        Map.of("reached", true, "contacted", true, "solved", true, "satisfaction", "satisfied"));
    STEPS.put(ActionKind.CLOSE, Map.of("condition", "solved"));
  }

  /** What a life writes into the log. */
  static final int EVENTS = 4 + STEPS.size();

  private final RunDatabase run;
  private final SampleCity sample;
  private final ActionForm forms;
  private final ActOnTicket act;
  private final Map<String, User> usual = new ConcurrentHashMap<>();

  Gridline(RunDatabase run, Path city) throws IOException {
    this.run = run;
    sample = new SampleCity(run, city, SampleCity.newSecrets(), 0);
    forms = new ActionForm(sample.pack().policy().choices());
    act =
        new ActOnTicket(
            sample.database().tickets(),
            sample.database().checkers(areas -> areas),
            sample.decide(),
            sample.enclose(),
            sample.pack().policy(),
            sample.database().clock(),
            Gridline::unrepeated);
  }

  /** As a server does it; without it no position is given to an event. */
  void startSealer() {
    sample.startSealer();
  }

  /** An id that is newer than all before. */
  long mark() {
    return sample.database().numbers().nextId();
  }

  @Override
  public double live(int lives, int connections) throws Exception {
    return Hands.work(lives, connections, this::life);
  }

  void life() {
    Ticket ticket = sample.register();
    for (Map.Entry<ActionKind, Map<String, Object>> step : STEPS.entrySet()) {
      ActionKind kind = step.getKey();
      Ticket seen = ticket;
      User by =
          kind == ActionKind.CHECK
              ? whoMay(seen, kind)
              : usual.compute(
                  kind + " " + seen.owner().map(Ticket.Owner::unit).orElse(""),
                  (key, known) -> known != null ? known : whoMay(seen, kind));
      ticket =
          switch (act.act(seen.id(), seen.version(), forms.read(kind, step.getValue()), by)) {
            case ActOnTicket.Outcome.Done(var after) -> after;
            case ActOnTicket.Outcome.Conflict(var other) ->
                throw new IllegalStateException("somebody was faster: " + other.state());
          };
    }
    if (ticket.state() != TicketState.CLOSED)
      throw new IllegalStateException("ended as " + ticket.state());
  }

  /** Lives of one length: no check is repeated. */
  private static long unrepeated() {
    long seed = ThreadLocalRandom.current().nextLong();
    while (Draw.repeats(seed, 0.2)) seed++;
    return seed;
  }

  private User whoMay(Ticket ticket, ActionKind kind) {
    return sample.people().stream()
        .filter(
            u ->
                sample
                    .decide()
                    .offer(ticket, u, sample.database().clock().instant())
                    .contains(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody may " + kind));
  }

  @Override
  public void settle() throws Exception {
    run.execute(
        "VACUUM ANALYZE deadline",
        "VACUUM ANALYZE ticket",
        "VACUUM ANALYZE ticket_event",
        "CHECKPOINT");
  }

  @Override
  public void close() {
    sample.close();
  }
}
