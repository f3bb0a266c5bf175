package org.gridline.dispatch.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.evidence.Enclosed;
import org.gridline.dispatch.evidence.Enclosure;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActOnTicket;
import org.gridline.dispatch.ticket.ActOnTicket.Outcome;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.ClockEffect;
import org.gridline.dispatch.ticket.Decide;
import org.gridline.dispatch.ticket.Fold;
import org.gridline.dispatch.ticket.Progress;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.dispatch.ticket.TicketStore;
import org.gridline.dispatch.ticket.TicketStore.Particulars;

/**
 * 拆分: a part of a matter goes its own way as a ticket, with the same caller, place and channel, its
 * own number, clocks and history. The part is registered first, under a key of the step, so that a
 * try that was interrupted finds it again; where the step does not come about, the part is
 * cancelled. What is left between the two is an open ticket that names where it came from.
 */
public final class SplitTicket {
  private static final String RULE = "split-undone";

  private final TicketStore tickets;
  private final Intake intake;
  private final ActOnTicket act;
  private final Decide decide;
  private final TicketNumbers numbers;
  private final InstantSource clock;

  public SplitTicket(
      TicketStore tickets,
      Intake intake,
      ActOnTicket act,
      Decide decide,
      TicketNumbers numbers,
      InstantSource clock) {
    this.tickets = tickets;
    this.intake = intake;
    this.act = act;
    this.decide = decide;
    this.numbers = numbers;
    this.clock = clock;
  }

  /**
   * @param whole as the actor saw it
   * @param version of it that the actor saw
   * @param enclosure what comes with the step; it belongs to the whole and is seen in the part
   * @throws Failure as {@link ActOnTicket#act}; then there is no part
   */
  public Outcome split(
      Ticket whole, int version, Action.Split split, Enclosure enclosure, User by) {
    if (act.missedSomething(whole, version)) return new Outcome.Conflict(whole);
    Instant now = clock.instant();
    // Refused before anything is written.
    decide.decide(whole, split.as(whole.id()), by, now);
    long part = registered(whole, version, split, by, now);
    Outcome outcome;
    try {
      outcome = act.act(whole.id(), version, split.as(part), enclosure, by);
    } catch (Failure failure) {
      if (failure.code() != FailureCode.OUTCOME_UNKNOWN) takeBack(part);
      throw failure;
    }
    if (outcome instanceof Outcome.Conflict(var current)
        && !current.progress().life().split().contains(part)) takeBack(part);
    return outcome;
  }

  private long registered(Ticket whole, int version, Action.Split split, User by, Instant now) {
    Particulars told = tickets.particulars(whole);
    Particulars particulars = new Particulars(split.words(), told.address(), told.caller());
    Ticket blank =
        new Ticket(
            numbers.nextId(),
            numbers.nextNumber(now),
            TicketState.REGISTERED,
            0,
            new Ticket.Matter(
                whole.matter().channel(),
                whole.matter().type(),
                whole.matter().urgency(),
                split.category(),
                Optional.empty()),
            whole.place(),
            whole.rawPosition(),
            Optional.empty(),
            new Ticket.Subject(numbers.nextId(), numbers.nextId(), whole.subject().reporter()),
            Progress.none(),
            List.of(),
            now,
            now);
    Ticket first = decide.started(blank, List.of(new ClockEffect.Start(Clock.ACCEPT)), now);
    TicketEvent off = event(first, 2, by, now, new Fact.TicketSplitOff(whole.id()));
    NewTicket part =
        new NewTicket(
            Fold.next(first, off),
            List.of(event(first, 1, by, now, registration(first, split)), off),
            particulars,
            Enclosed.nothing(),
            key(whole, version, split, by),
            OptionalLong.empty(),
            now,
            Long.toString(first.id()).getBytes(StandardCharsets.US_ASCII));
    return intake
        .register(part)
        .map(before -> Long.parseLong(new String(before, StandardCharsets.US_ASCII)))
        .orElse(first.id());
  }

  private static TicketEvent event(Ticket part, int version, User by, Instant now, Fact fact) {
    return new TicketEvent(
        part.id(),
        version,
        now,
        by.actor(),
        version == 1 ? Optional.empty() : Optional.of(TicketState.REGISTERED),
        TicketState.REGISTERED,
        Optional.empty(),
        Optional.empty(),
        fact);
  }

  private static Fact registration(Ticket part, Action.Split split) {
    return new Fact.TicketRegistered(
        part.matter().channel().id(),
        part.matter().type().id(),
        part.matter().urgency().id(),
        part.place().flag().name().toLowerCase(Locale.ROOT),
        part.place().boundaryVersion(),
        part.place().areaCodes(),
        split.category().map(c -> c.kind() + ":" + c.code() + "=1.00").stream().toList(),
        List.of(),
        "by_hand",
        "",
        "");
  }

  private static IdempotencyKey key(Ticket whole, int version, Action.Split split, User by) {
    String body = split.category().map(Object::toString).orElse("") + "\n" + split.words();
    String hash = HexFormat.of().formatHex(sha256(body));
    return new IdempotencyKey(
        by.id(), "split-" + whole.id() + "-" + version + "-" + hash.substring(0, 16), hash);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Nobody has seen it yet, so it is only cancelled where it still waits as it was made. */
  private void takeBack(long part) {
    Ticket made = tickets.get(part, new Scope.District());
    if (made.state() == TicketState.REGISTERED)
      tickets.write(
          decide.decideByRule(made, new Action.Cancel("mistake", ""), RULE, clock.instant()));
  }
}
