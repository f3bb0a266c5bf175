package org.gridline.dispatch.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.ticket.Life.Draft;

/** Drafts of a unit and their signatures: which chain counts, and what the last signature says. */
final class SignOffs {
  private final Policy policy;

  SignOffs(Policy policy) {
    this.policy = policy;
  }

  /** Who has to sign before this leaves the unit; empty when nobody has. */
  List<SignOff.Signer> chain(Ticket ticket, ActionKind action) {
    return policy.rules().signOff().stream()
        .filter(rule -> rule.fits(ticket, action, policy.units()))
        .findFirst()
        .map(SignOff::chain)
        .orElse(List.of());
  }

  /** The action's own fact, or the draft of it where it has to be signed. */
  Fact drafted(Ticket ticket, ActionKind action, String what, String more, Fact undrafted) {
    List<SignOff.Signer> chain = chain(ticket, action);
    return chain.isEmpty()
        ? undrafted
        : new Fact.DraftMade(
            action.id(), what, more, chain.stream().map(SignOff.Signer::text).toList());
  }

  /** A signature: the last one says what the draft says. */
  static Fact signed(Ticket ticket, Actor actor) {
    Draft draft = ticket.progress().life().draft().orElseThrow();
    if (!draft.last()) return new Fact.DraftSigned(draft.action().id(), draft.next().text());
    List<Long> signed = new ArrayList<>(draft.hands());
    signed.addAll(hands(actor));
    return switch (draft.action()) {
      case FEEDBACK -> new Fact.FeedbackGiven(draft.what(), signed);
      case RETURN -> new Fact.TicketReturned(draft.what(), draft.more(), signed);
      case REQUEST_EXTENSION -> new Fact.ExtensionAsked(draft.what(), signed);
      default -> throw new IllegalStateException(draft.action() + " is not drafted");
    };
  }

  static Fact sentBack(Ticket ticket) {
    return new Fact.DraftSentBack(ticket.progress().life().draft().orElseThrow().action().id());
  }

  /** Whoever acted, and for whom they stood in. */
  static List<Long> hands(Actor actor) {
    return switch (actor) {
      case Actor.Person(var user, var unit, Optional<Long> other) ->
          other.isPresent() ? List.of(user, other.get()) : List.of(user);
      case Actor.Rule rule -> List.of();
    };
  }
}
