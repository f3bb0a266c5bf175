package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.deadline.Deadline;
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
      Optional<String> component) {
    Matter about(CategoryKey other) {
      return new Matter(channel, type, urgency, Optional.of(other), component);
    }
  }

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

    Reporter kept() {
      return reachable() ? CONFIDENTIAL_CALLER : CONFIDENTIAL_WITHOUT_PHONE;
    }
  }

  /** Whether there is somebody to revisit. */
  public boolean hasCaller() {
    return subject.reporter().reachable();
  }

  /** What is true of it beside its state, confidentiality included. */
  public Set<Flag> flags() {
    if (!subject.reporter().confidential()) return progress.flags();
    Set<Flag> all = new HashSet<>(progress.flags());
    all.add(Flag.CONFIDENTIAL);
    return Set.copyOf(all);
  }

  Ticket withDeadlines(List<Deadline> running) {
    return new Ticket(
        id,
        number,
        state,
        version,
        matter,
        place,
        rawPosition,
        owner,
        subject,
        progress,
        running,
        registeredAt,
        updatedAt);
  }

  /** The next version of this ticket, with the clocks of this one. */
  Ticket step(
      TicketState next,
      Matter matter,
      Optional<Owner> owner,
      Subject subject,
      Progress progress,
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
