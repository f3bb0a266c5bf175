package org.gridline.dispatch.ticket;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Draw;
import org.gridline.dispatch.evidence.Enclose;
import org.gridline.dispatch.evidence.Enclosure;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.Ticket.Owner;

/**
 * Somebody does something with a ticket they can see. The version that they saw must be that of the
 * last step: a clock that fired since then turned a lamp and decided nothing, so it does not spoil
 * a form that somebody is filling in; a step of anybody else does.
 */
public final class ActOnTicket {
  /** Clocks that fire and draws of others in between are few; more in a row are something else. */
  private static final int MOST_TRIES = 20;

  private final LongSupplier seeds;
  private final TicketStore tickets;
  private final Checkers checkers;
  private final Decide decide;
  private final Enclose enclose;
  private final Policy policy;
  private final Family family;
  private final InstantSource clock;

  public ActOnTicket(
      TicketStore tickets,
      Checkers checkers,
      Decide decide,
      Enclose enclose,
      Policy policy,
      InstantSource clock) {
    this(tickets, checkers, decide, enclose, policy, clock, new SecureRandom()::nextLong);
  }

  /**
   * @param seeds chance, for those who must know beforehand whom a lot falls on
   */
  public ActOnTicket(
      TicketStore tickets,
      Checkers checkers,
      Decide decide,
      Enclose enclose,
      Policy policy,
      InstantSource clock,
      LongSupplier seeds) {
    this.seeds = seeds;
    this.tickets = tickets;
    this.checkers = checkers;
    this.decide = decide;
    this.enclose = enclose;
    this.policy = policy;
    this.family = new Family(tickets, decide);
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Outcome {
    record Done(Ticket ticket) implements Outcome {}

    /** Somebody was faster; the current ticket. */
    record Conflict(Ticket current) implements Outcome {}
  }

  /**
   * @param version the version that the actor saw
   */
  public Outcome act(long id, int version, Action action, User by) {
    return act(id, version, action, Enclosure.nothing(), by);
  }

  /**
   * The same with evidence.
   *
   * @throws Failure also {@code attachment_unknown} and {@code evidence_wanted}
   */
  public Outcome act(long id, int version, Action action, Enclosure enclosure, User by) {
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      Ticket seen = tickets.get(id, by.scopeWithChecks(policy.units()));
      if (version > seen.version())
        throw new Failure(
            FailureCode.INVALID_REQUEST, "version " + version + " does not exist yet");
      if (missedSomething(seen, version)) return new Outcome.Conflict(seen);
      Decision decision = decide.decide(seen, lookedUp(seen, action, by), by, clock.instant());
      family.check(seen, action, by);
      if (isWritten(decision.with(enclose.toAction(seen, action.kind(), enclosure, by))))
        return new Outcome.Done(decision.after());
    }
    throw new Failure(FailureCode.UNAVAILABLE, "请几秒后重试 · try again in a few seconds");
  }

  /** Not when something came in between; what that was is looked at anew. */
  private boolean isWritten(Decision decision) {
    try {
      return tickets.write(decision).isEmpty();
    } catch (TurnTaken drawnAgain) {
      return false;
    }
  }

  /** Whether anything but clocks has happened since that version. */
  public boolean missedSomething(Ticket seen, int version) {
    return seen.version() != version && tickets.lastStep(seen) > version;
  }

  /** What an action needs to know beside its ticket, so that the decision itself asks nobody. */
  private Action lookedUp(Ticket seen, Action action, User by) {
    return switch (action) {
      case Action.Merge merge -> named(merge, by);
      case Action.UndoSplit u -> new Action.UndoSplit(origin(seen), u.words());
      case Action.RevisitMerged r ->
          new Action.RevisitMerged(r.answer(), family.round(seen), r.words());
      case Action.Drawing d ->
          new Action.Drawing(d.kind(), lot(d.kind(), seen.owner().map(Owner::unit)), d.words());
      case Action.SelfHandle s ->
          new Action.SelfHandle(s.category(), lot(s.kind(), by.unit()), s.words());
      default -> action;
    };
  }

  /** Whom a lot can fall on is asked only where one is drawn; most checks are not repeated. */
  private Optional<Lot> lot(ActionKind kind, Optional<String> unit) {
    if (!policy.rules().checking().drawn()) return Optional.empty();
    long seed = seeds.getAsLong();
    boolean settled =
        kind == ActionKind.CHECK && !Draw.repeats(seed, policy.rules().checking().repeated());
    return Optional.of(
        settled ? new Lot(seed, List.of(), Optional.empty()) : checkers.lot(unit.orElse(""), seed));
  }

  /** Whoever may undo a split may put the part back, whether or not they see the whole. */
  private Optional<Ticket> origin(Ticket part) {
    return part.progress()
        .life()
        .origin()
        .flatMap(id -> tickets.listById(List.of(id)).stream().findFirst());
  }

  /** A merge names its master by number; it must be one that the actor can see. */
  private Action named(Action.Merge merge, User by) {
    Ticket master =
        tickets
            .findByNumber(merge.number(), by.scope(policy.units()))
            .orElseThrow(
                () ->
                    Failure.atField(
                        FailureCode.INVALID_REQUEST,
                        "master",
                        "没有此编号的工单 · no ticket of that number"));
    return new Action.Merge(merge.number(), Optional.of(master), merge.words());
  }
}
