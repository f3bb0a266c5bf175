package org.gridline.console.view;

import java.util.Optional;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Particulars;
import org.gridline.dispatch.ticket.TicketWords.Reader;

/**
 * How much of a ticket's personal data somebody sees: callers who complain, report or ask for
 * confidence are hidden from everybody who does not speak with them, since leaked names have led to
 * harm (domain page §13).
 */
public enum Sight {
  /** Words in clear, caller masked. */
  CLEAR,
  /** Words redacted, and no word of a caller. */
  HIDDEN;

  /** What this person sees of this ticket. */
  public static Sight of(Ticket ticket, User asker) {
    if (BlindCheck.binds(ticket, asker)) return HIDDEN;
    return asker.may(Permission.Right.SEE_CALLER) ? CLEAR : ofOthers(ticket);
  }

  /** What readers of this kind see of it. */
  public static Sight of(Ticket ticket, Reader reader) {
    return switch (reader) {
      case CENTRE -> CLEAR;
      case OTHERS -> ofOthers(ticket);
      case CHECKER -> HIDDEN;
    };
  }

  private static Sight ofOthers(Ticket ticket) {
    if (ticket.subject().reporter().confidential()) return HIDDEN;
    ReportType type = ticket.matter().type();
    return type == ReportType.COMPLAINT || type == ReportType.REPORT ? HIDDEN : CLEAR;
  }

  /** A free text of the ticket as it may be seen. */
  public String text(String clear, Particulars particulars) {
    return switch (this) {
      case CLEAR -> clear;
      case HIDDEN -> Redaction.redact(clear, particulars.caller().map(Caller::name).orElse(""));
    };
  }

  /** The caller, still to be masked; empty when nobody may know of one. */
  public Optional<Caller> caller(Particulars particulars) {
    return switch (this) {
      case CLEAR -> particulars.caller();
      case HIDDEN -> Optional.empty();
    };
  }
}
