package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.gridline.dispatch.event.Actor;

/**
 * What a ticket's life so far means for later steps.
 *
 * @param returnedFrom where a return under review came from
 * @param handlers users who signed, returned or gave feedback
 * @param flags never {@link Flag#CONFIDENTIAL}, which the subject says
 */
public record Progress(
    int reworks,
    int returns,
    int revisitTries,
    Optional<TicketState> returnedFrom,
    Set<Long> handlers,
    Set<Long> checkers,
    Set<Flag> flags,
    Life life) {
  public Progress {
    handlers = Set.copyOf(handlers);
    checkers = Set.copyOf(checkers);
    flags = Set.copyOf(flags);
  }

  public static Progress none() {
    return new Progress(0, 0, 0, Optional.empty(), Set.of(), Set.of(), Set.of(), Life.fresh());
  }

  public boolean is(Flag flag) {
    return flags.contains(flag);
  }

  /**
   * Whether the caller of this merged ticket was asked about the present result.
   *
   * @param round how often the work of the ticket that it went on in has been sent back so far
   */
  boolean wasAsked(int round) {
    return is(Flag.ASKED) && life.askedRound() == round;
  }

  /** The same with some parts changed. */
  Progress change(Consumer<Draft> changes) {
    Draft draft = new Draft(this);
    changes.accept(draft);
    return draft.progress();
  }

  /** A progress being changed; lives no longer than the change. */
  static final class Draft {
    int reworks;
    int returns;
    int revisitTries;
    Optional<TicketState> returnedFrom;
    final Set<Long> handlers;
    final Set<Long> checkers;
    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
    int dispatches;
    int misdispatches;
    int extensions;
    int urges;
    int supervision;
    Optional<Life.Request> request;
    Optional<LocalDate> resumeOn;
    Optional<Instant> dispatchedAt;
    Optional<Instant> closedAt;
    Optional<TicketState> mergedFrom;
    Optional<Long> master;
    Optional<Long> origin;
    final List<Long> split;
    int askedRound;
    Life.Appeal appeal;
    Optional<Long> appealReviewer;
    List<Life.Part> parts;
    Optional<Life.Check> check;
    Optional<Life.Draft> draft;
    Optional<Life.Parent> parent;

    private Draft(Progress p) {
      reworks = p.reworks;
      returns = p.returns;
      revisitTries = p.revisitTries;
      returnedFrom = p.returnedFrom;
      handlers = new HashSet<>(p.handlers);
      checkers = new HashSet<>(p.checkers);
      flags.addAll(p.flags);
      Life l = p.life;
      dispatches = l.dispatches();
      misdispatches = l.misdispatches();
      extensions = l.extensions();
      urges = l.urges();
      supervision = l.supervision();
      request = l.request();
      resumeOn = l.resumeOn();
      dispatchedAt = l.dispatchedAt();
      closedAt = l.closedAt();
      mergedFrom = l.mergedFrom();
      master = l.master();
      origin = l.origin();
      split = new ArrayList<>(l.split());
      askedRound = l.askedRound();
      appeal = l.appeal();
      appealReviewer = l.appealReviewer();
      parts = l.parts();
      check = l.check();
      draft = l.draft();
      parent = l.parent();
    }

    void set(Flag flag) {
      flags.add(flag);
    }

    void clear(Flag... gone) {
      for (Flag flag : gone) flags.remove(flag);
    }

    void handledBy(Actor actor) {
      if (actor instanceof Actor.Person person) handlers.addAll(person.selves());
    }

    void checkedBy(Actor actor) {
      if (actor instanceof Actor.Person person) checkers.addAll(person.selves());
    }

    private Progress progress() {
      return new Progress(
          reworks,
          returns,
          revisitTries,
          returnedFrom,
          handlers,
          checkers,
          flags,
          new Life(
              dispatches,
              misdispatches,
              extensions,
              urges,
              supervision,
              request,
              resumeOn,
              dispatchedAt,
              closedAt,
              mergedFrom,
              master,
              origin,
              split,
              askedRound,
              appeal,
              appealReviewer,
              parts,
              check,
              draft,
              parent));
    }
  }
}
