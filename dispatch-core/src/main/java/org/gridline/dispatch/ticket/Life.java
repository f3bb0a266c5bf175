package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a ticket's life so far means for later steps, beyond what has a column of its own. Follows
 * from the ticket's events alone.
 *
 * @param dispatches how often it was given to a unit
 * @param misdispatches how often that unit was the wrong one
 * @param extensions how many were granted
 * @param supervision 督办 level, 0 for none
 * @param request what somebody asked for and nobody decided yet
 * @param resumeOn the day on which a suspended ticket goes on by itself
 * @param dispatchedAt since when the present unit has it; the return window counts from then
 * @param closedAt when it was closed last; objection, reopening and appeal count from then
 * @param mergedFrom where it stood before it was merged
 * @param master the ticket that it was merged into
 * @param origin the ticket that this one was split off
 * @param split tickets that were split off this one, in their order
 * @param askedRound about which result the caller of this merged ticket was asked: how often the
 *     work of the ticket that it went on in had been sent back before
 * @param parts units that help the owner, in the order in which they were asked
 * @param check who was drawn to check it, while it waits for its check
 * @param draft what waits in the unit for signatures
 * @param parent the ticket of a platform above that this one answers
 * @param appealReviewer who looked at the appeal first, and so may not decide it
 */
public record Life(
    int dispatches,
    int misdispatches,
    int extensions,
    int urges,
    int supervision,
    Optional<Request> request,
    Optional<LocalDate> resumeOn,
    Optional<Instant> dispatchedAt,
    Optional<Instant> closedAt,
    Optional<TicketState> mergedFrom,
    Optional<Long> master,
    Optional<Long> origin,
    List<Long> split,
    int askedRound,
    Appeal appeal,
    Optional<Long> appealReviewer,
    List<Part> parts,
    Optional<Check> check,
    Optional<Draft> draft,
    Optional<Parent> parent) {
  public Life {
    parts = List.copyOf(parts);
    split = List.copyOf(split);
  }

  /** 协办、指派、吹哨: a unit that helps the owner and signs and reports for itself. */
  public record Part(String unit, Part.Kind kind, Part.Step step) {
    /** Why it was asked. */
    public enum Kind {
      CO("co"),
      /** The owner, or a helper, gave it to a unit below. */
      ASSIGNED("assigned"),
      /** The street called a department. */
      WHISTLED("whistled");

      private final String id;

      Kind(String id) {
        this.id = id;
      }

      public String id() {
        return id;
      }

      public static Part.Kind get(String id) {
        return Arrays.stream(values()).filter(k -> k.id.equals(id)).findFirst().orElseThrow();
      }
    }

    /** How far it is. */
    public enum Step {
      ASKED,
      SIGNED,
      REPORTED
    }

    Part at(Part.Step reached) {
      return new Part(unit, kind, reached);
    }
  }

  /**
   * 上级平台工单, such as the city's 12345.
   *
   * @param dueAt its own deadline, which nothing here moves
   * @param linkedAt since when it is known here; the window for returning it counts from then
   * @param revisit what its own revisit came to: unreached, solved or unsolved; empty before
   * @param end withdrawn or returned; empty as long as it is worked on
   */
  public record Parent(
      String number,
      Instant dueAt,
      String replyForm,
      Instant linkedAt,
      String revisit,
      String satisfaction,
      String end) {
    Parent ended(String how) {
      return new Parent(number, dueAt, replyForm, linkedAt, revisit, satisfaction, how);
    }

    Parent revisited(String outcome, String satisfied) {
      return new Parent(number, dueAt, replyForm, linkedAt, outcome, satisfied, end);
    }
  }

  /**
   * What an officer of the unit drafted and its signers have not all signed.
   *
   * @param author who drafted it
   * @param signed how many have signed
   * @param hands everybody whom drafting and signing binds, in their order; nobody signs twice
   * @param what the action's choice: result, ground or share; {@code more} the unit proposed
   */
  public record Draft(
      ActionKind action,
      long author,
      int signed,
      List<Long> hands,
      String what,
      String more,
      List<String> chain) {
    public Draft {
      hands = List.copyOf(hands);
      chain = List.copyOf(chain);
    }

    SignOff.Signer next() {
      return SignOff.Signer.read(chain.get(signed));
    }

    /** Whether one more signature lets it out. */
    boolean last() {
      return signed + 1 == chain.size();
    }

    Draft signedBy(List<Long> signers) {
      List<Long> all = new ArrayList<>(hands);
      all.addAll(signers);
      return new Draft(action, author, signed + 1, all, what, more, chain);
    }
  }

  /**
   * Who was drawn by lot.
   *
   * @param repeats whoever passed the check that is silently repeated; absent for a first check
   */
  public record Check(long checker, Optional<Long> repeats) {}

  /** A request that waits for a decision; a ticket has one at most. */
  public record Request(
      Request.Kind kind,
      int askedVersion,
      long asker,
      Request.Step step,
      String what,
      String more,
      Optional<LocalDate> until) {
    /**
     * {@code what} is the share of the limit for an extension, the reason for a suspension, and the
     * outcome for a rejection, whose legal route is {@code more}.
     */
    public enum Kind {
      EXTENSION,
      SUSPENSION,
      REJECTION
    }

    /** How far it has come. */
    public enum Step {
      ASKED,
      /** The unit itself supports it. */
      SUPPORTED
    }

    Request askedBy(long other) {
      return new Request(kind, askedVersion, other, step, what, more, until);
    }

    Request supported() {
      return new Request(kind, askedVersion, asker, Request.Step.SUPPORTED, what, more, until);
    }
  }

  /** 超时申诉: once a ticket. */
  public enum Appeal {
    NONE,
    FILED,
    SUPPORTED,
    GRANTED,
    REFUSED;

    public boolean pending() {
      return this == FILED || this == SUPPORTED;
    }
  }

  public static Life fresh() {
    return new Life(
        0,
        0,
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        0,
        Appeal.NONE,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Units whose help is not finished. */
  boolean waitsForParts() {
    return parts.stream().anyMatch(p -> p.step() != Part.Step.REPORTED);
  }

  boolean asks(Request.Kind kind) {
    return request.filter(r -> r.kind() == kind).isPresent();
  }
}
