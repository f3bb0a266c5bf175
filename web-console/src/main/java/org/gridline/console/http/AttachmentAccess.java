package org.gridline.console.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.console.Office;
import org.gridline.console.view.BlindCheck;
import org.gridline.console.view.Sight;
import org.gridline.dispatch.evidence.EvidenceStore.Found;
import org.gridline.dispatch.evidence.Filed;
import org.gridline.dispatch.evidence.Finding.Shown;
import org.gridline.dispatch.evidence.Piece;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.Ticket;

/**
 * How much somebody gets to see of a piece. A voice, a letter and a camera's notes tell who called
 * as surely as a name does.
 */
final class AttachmentAccess {
  private final Office office;

  AttachmentAccess(Office office) {
    this.office = office;
  }

  /** From everything to nothing, in this order. */
  enum Grade {
    /** The very bytes, and what they say about themselves. */
    ORIGINAL,
    /** The file without what it says about where it was made, told beside it. */
    COVERED,
    /** A picture drawn anew, and no word beside it. */
    PICTURE,
    /** Only that there is something. */
    NOTHING;

    private Grade orLess(Grade other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  /** One that nobody has named yet is its sender's. */
  private static Grade ofOwn() {
    return Grade.ORIGINAL;
  }

  /**
   * Of each of these pieces that are seen in a ticket. What came with the ticket that it was split
   * off is kept back where either of the two asks for it.
   */
  Function<Filed, Grade> in(Ticket ticket, List<Filed> pieces, User asker) {
    Function<Filed, Grade> here = on(ticket, pieces, asker);
    List<Long> others =
        pieces.stream()
            .flatMap(f -> f.step().stream())
            .map(Filed.Step::ticket)
            .filter(id -> id != ticket.id())
            .distinct()
            .toList();
    if (others.isEmpty()) return here;
    Map<Long, Function<Filed, Grade>> there =
        office.tickets().listById(others).stream()
            .collect(Collectors.toMap(Ticket::id, origin -> on(origin, pieces, asker)));
    return filed ->
        filed
            .step()
            .map(s -> there.getOrDefault(s.ticket(), here).apply(filed))
            .orElse(Grade.NOTHING)
            .orLess(here.apply(filed));
  }

  /** Of a piece, by whichever of the tickets in which the asker sees it shows the most of it. */
  Grade of(Found found, User asker) {
    Filed filed = found.filed();
    if (found.tickets().isEmpty()) return ofOwn();
    List<Ticket> seenIn = office.tickets().listById(found.tickets());
    long home = filed.step().map(Filed.Step::ticket).orElseThrow();
    return seenIn.stream()
        .filter(t -> t.id() == home || !found.tickets().contains(home))
        .map(t -> in(t, List.of(filed), asker).apply(filed))
        .min(Comparator.naturalOrder())
        .orElse(Grade.NOTHING);
  }

  private Function<Filed, Grade> on(Ticket ticket, List<Filed> pieces, User asker) {
    if (BlindCheck.binds(ticket, asker)) return filed -> checked(filed, asker);
    if (asker.may(Right.SEE_CALLER)) return filed -> Grade.ORIGINAL;
    if (Sight.of(ticket, asker) == Sight.CLEAR) return filed -> Grade.COVERED;
    Map<Long, User> senders =
        office
            .accounts()
            .listByIds(pieces.stream().map(f -> f.piece().uploader()).distinct().toList())
            .stream()
            .collect(Collectors.toMap(User::id, Function.identity()));
    return filed -> hidden(filed, Optional.ofNullable(senders.get(filed.piece().uploader())));
  }

  /**
   * What a file says about its maker may name the unit or the reporter; a picture says what was.
   */
  private static Grade checked(Filed filed, User checker) {
    if (filed.piece().uploader() == checker.id()) return Grade.COVERED;
    return filed.piece().finding().shown() == Shown.BY_PREVIEW ? Grade.PICTURE : Grade.NOTHING;
  }

  private Grade hidden(Filed filed, Optional<User> sender) {
    Piece piece = filed.piece();
    boolean fromCaller =
        filed.step().filter(s -> s.version() == 1).isPresent()
            || sender.filter(s -> !s.may(Right.SEE_CALLER)).isEmpty();
    if (!fromCaller) return Grade.COVERED;
    if (office.evidence().rules().hiddenWithCaller().contains(piece.type().family()))
      return Grade.NOTHING;
    return piece.finding().shown() == Shown.BY_PREVIEW ? Grade.PICTURE : Grade.NOTHING;
  }
}
