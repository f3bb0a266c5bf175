package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.intake.Channel;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.route.Ground;
import org.gridline.gis.position.RawPosition;

/**
 * 工单: a report once registered. Holds no personal data; words and caller stand behind {@link
 * Subject}.
 *
 * @param version counts events; the n-th event makes version n
 */
public record Ticket(
    long id,
    String number,
    TicketState state,
    int version,
    Matter matter,
    Place place,
    Optional<RawPosition> rawPosition,
    Optional<Owner> owner,
    Subject subject,
    Progress progress,
    List<Deadline> deadlines,
    Instant registeredAt,
    Instant updatedAt) {
  public Ticket {
    deadlines = List.copyOf(deadlines);
  }

  /**
   * What it is about.
   *
   * @param category absent until somebody is sure
   * @param component code of the component that it speaks of, if it is one
   */
  public record Matter(
      Channel channel,
      ReportType type,
      Urgency urgency,
      Optional<CategoryKey> category,
      Optional<String> component) {}

  /** Who is responsible, and why. */
  public record Owner(String unit, Ground ground) {}

  /**
   * Where its personal data stands.
   *
   * @param person id of the person record that holds the key
   * @param words id of the report's text
   */
  public record Subject(long person, long words, Reporter reporter) {}

  /** Whom the result is told to, and who must stay unknown to the handling units. */
  public enum Reporter {
    NOBODY,
    CALLER,
    CONFIDENTIAL_CALLER,
    /** Asked for confidence and left no number: hidden like a caller, but nobody to revisit. */
    CONFIDENTIAL_WITHOUT_PHONE;

    public boolean reachable() {
      return this == CALLER || this == CONFIDENTIAL_CALLER;
    }

    public boolean confidential() {
      return this == CONFIDENTIAL_CALLER || this == CONFIDENTIAL_WITHOUT_PHONE;
    }
  }

  /**
   * What its life so far means for later steps.
   *
   * @param returnedFrom where a return under review came from
   * @param handlers users who signed, returned or gave feedback
   */
  public record Progress(
      int reworks,
      int returns,
      int revisitTries,
      Optional<TicketState> returnedFrom,
      Set<Long> handlers,
      Set<Long> checkers) {
    public Progress {
      handlers = Set.copyOf(handlers);
      checkers = Set.copyOf(checkers);
    }

    Progress handledBy(Actor actor) {
      return new Progress(
          reworks, returns, revisitTries, returnedFrom, with(handlers, actor), checkers);
    }

    Progress checkedBy(Actor actor) {
      return new Progress(
          reworks, returns, revisitTries, returnedFrom, handlers, with(checkers, actor));
    }

    Progress returned(TicketState from) {
      return new Progress(
          reworks, returns + 1, revisitTries, Optional.of(from), handlers, checkers);
    }

    /** The return was decided either way. */
    Progress returnSettled() {
      return new Progress(reworks, returns, revisitTries, Optional.empty(), handlers, checkers);
    }

    Progress unreached() {
      return new Progress(reworks, returns, revisitTries + 1, returnedFrom, handlers, checkers);
    }

    Progress reached() {
      return new Progress(reworks, returns, 0, returnedFrom, handlers, checkers);
    }

    Progress reworked() {
      return new Progress(reworks + 1, returns, 0, returnedFrom, handlers, checkers);
    }

    private static Set<Long> with(Set<Long> people, Actor actor) {
      Set<Long> more = new HashSet<>(people);
      if (actor instanceof Actor.Person person) more.add(person.user());
      return more;
    }

    public static Progress none() {
      return new Progress(0, 0, 0, Optional.empty(), Set.of(), Set.of());
    }
  }

  /** Whether there is somebody to revisit. */
  public boolean hasCaller() {
    return subject.reporter().reachable();
  }

  /** The next version of this ticket. */
  Ticket step(
      TicketState next,
      Matter matter,
      Optional<Owner> owner,
      Progress progress,
      List<Deadline> deadlines,
      Instant now) {
    return new Ticket(
        id,
        number,
        next,
        version + 1,
        matter,
        place,
        rawPosition,
        owner,
        subject,
        progress,
        deadlines,
        registeredAt,
        now);
  }
}
