package org.gridline.dispatch.ticket;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;

/**
 * 经办 → 审核 → 签发: who signs what a unit's officer has drafted before it leaves the unit. Of a city's
 * rules the first that fits counts, so the longer chain of weighty matters stands first.
 *
 * @param actions what is signed; of {@link #SIGNED}
 * @param kinds kinds of units, empty for all
 * @param units units with all below them, empty for all
 * @param urgencies empty for all
 * @param supervised only tickets that are supervised at this level or above; 0 for all
 * @param chain who signs, first to last
 */
public record SignOff(
    Set<ActionKind> actions,
    Set<String> kinds,
    Set<String> units,
    Set<Urgency> urgencies,
    int supervised,
    List<Signer> chain) {
  /** What a unit says to the centre, and so what can be made to need signatures. */
  public static final Set<ActionKind> SIGNED =
      Set.copyOf(EnumSet.of(ActionKind.FEEDBACK, ActionKind.RETURN, ActionKind.REQUEST_EXTENSION));

  public SignOff {
    actions = Set.copyOf(actions);
    kinds = Set.copyOf(kinds);
    units = Set.copyOf(units);
    urgencies = Set.copyOf(urgencies);
    chain = List.copyOf(chain);
    if (actions.isEmpty() || !SIGNED.containsAll(actions))
      throw new IllegalArgumentException(
          "signOff.actions can be " + SIGNED.stream().map(ActionKind::id).sorted().toList());
    if (chain.isEmpty() || chain.size() > 9)
      throw new IllegalArgumentException("signOff.chain has from 1 to 9 signers");
    if (supervised < 0 || supervised > 3)
      throw new IllegalArgumentException("signOff.supervised must be from 0 to 3");
  }

  /**
   * One signature.
   *
   * @param role of the pack
   */
  public record Signer(String role, Of of) {
    /** As the log and {@code ticket.life} spell it, such as {@code bureauLeader@above}. */
    public String text() {
      return role + "@" + of.id();
    }

    static Signer read(String text) {
      int at = text.lastIndexOf('@');
      return new Signer(text.substring(0, at), Of.find(text.substring(at + 1)).orElseThrow());
    }
  }

  /** Of which unit a signer must be. */
  public enum Of {
    /** The owning unit or any above it. */
    UNIT("unit"),
    /** A unit above the owning one. */
    ABOVE("above");

    private final String id;

    Of(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }

    public static Optional<Of> find(String id) {
      return Arrays.stream(values()).filter(o -> o.id.equals(id)).findFirst();
    }
  }

  /** Whether this rule is about that action on that ticket. */
  boolean fits(Ticket ticket, ActionKind action, UnitTree tree) {
    Optional<Unit> owner = ticket.owner().flatMap(o -> tree.find(o.unit()));
    return actions.contains(action)
        && owner.isPresent()
        && (kinds.isEmpty() || kinds.contains(owner.get().kind()))
        && (units.isEmpty() || units.stream().anyMatch(u -> tree.within(u, owner.get().code())))
        && (urgencies.isEmpty() || urgencies.contains(ticket.matter().urgency()))
        && ticket.progress().life().supervision() >= supervised;
  }
}
