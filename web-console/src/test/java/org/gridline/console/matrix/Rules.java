package org.gridline.console.matrix;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.gridline.console.matrix.Case.Canary;

/**
 * Who may see what, from the domain's §4 (area by code prefix, unit, assignment; none for
 * administrators) and §13 (callers of complaints and reports, and those who ask for it, are hidden
 * from everybody but those of the centre who speak with callers; whoever was drawn to check is told
 * neither the unit nor the reporter).
 */
final class Rules {
  private static final String SPEAKS = "seeCaller";

  private final Pack pack;

  Rules(Pack pack) {
    this.pack = pack;
  }

  boolean sees(Asker asker, Case ticket) {
    return asker.comesIn()
        && switch (asker.reach()) {
          case "district" -> true;
          case "area" -> inAreas(asker, ticket) || ofUnit(asker, ticket);
          case "unit" -> ofUnit(asker, ticket);
          case "drawn" -> ticket.checker().equals(asker.login());
          case "none" -> false;
          default -> throw new AssertionError("no such reach: " + asker.reach());
        };
  }

  private static boolean inAreas(Asker asker, Case ticket) {
    return asker.areas().stream()
        .anyMatch(own -> ticket.areas().stream().anyMatch(code -> code.startsWith(own)));
  }

  private boolean ofUnit(Asker asker, Case ticket) {
    return ticket.units().stream().anyMatch(unit -> pack.within(unit, asker.unit()));
  }

  boolean speaksWithCallers(Asker asker) {
    return asker.comesIn() && asker.may(SPEAKS);
  }

  /** Whether they see it to check it, and so learn neither who handled nor who reported it. */
  boolean blind(Asker asker, Case ticket) {
    return asker.comesIn() && asker.reach().equals("drawn") && sees(asker, ticket);
  }

  /** Whether whatever is said in this ticket's words may be read as it was said. */
  boolean readsWords(Asker asker, Case ticket) {
    return sees(asker, ticket)
        && !blind(asker, ticket)
        && (speaksWithCallers(asker) || !ticket.hidden());
  }

  /** How much of a file is shown, from all to nothing. */
  enum Shown {
    ORIGINAL,
    /** Without the notes of its maker's device. */
    COVERED,
    /** A picture drawn anew. */
    PICTURE,
    NOTHING
  }

  /** A caller's voice and letters, and the notes of their camera, are kept from others. */
  Shown shown(Asker asker, Case ticket, boolean photo) {
    if (blind(asker, ticket)) return photo ? Shown.PICTURE : Shown.NOTHING;
    if (speaksWithCallers(asker)) return Shown.ORIGINAL;
    if (!ticket.hidden()) return Shown.COVERED;
    return photo ? Shown.PICTURE : Shown.NOTHING;
  }

  /**
   * The same for a file that is seen in several tickets, the first of which it came with: whoever
   * does not see that one sees it in a part, by the rules of both.
   */
  Shown shown(Asker asker, List<Case> tickets, boolean photo) {
    Case home = tickets.getFirst();
    if (sees(asker, home)) return shown(asker, home, photo);
    Shown atHome = shown(asker, home, photo);
    return tickets.stream()
        .filter(t -> sees(asker, t))
        .map(t -> shown(asker, t, photo))
        .map(s -> s.compareTo(atHome) > 0 ? s : atHome)
        .min(Comparator.naturalOrder())
        .orElse(Shown.NOTHING);
  }

  /** What a text gives away to somebody who may not know it from any of the tickets. */
  Optional<String> leak(
      Asker asker, List<Case> tickets, String text, Predicate<Canary> shownOnPurpose) {
    for (Case ticket : tickets)
      for (Canary canary : ticket.canaries())
        if (text.contains(canary.text())
            && !mayRead(asker, tickets, canary)
            && !shownOnPurpose.test(canary))
          return Optional.of(canary.kind() + " " + canary.text() + " of '" + ticket.label() + "'");
    return Optional.empty();
  }

  /** The parts of a matter have one caller. */
  private boolean mayRead(Asker asker, List<Case> tickets, Canary canary) {
    return tickets.stream()
        .anyMatch(t -> t.canaries().contains(canary) && mayRead(asker, t, canary));
  }

  /** Whether any answer may tell this, apart from one that shows the caller on purpose. */
  boolean mayRead(Asker asker, Case ticket, Canary canary) {
    return switch (canary.kind()) {
      case TICKET, MATTER -> sees(asker, ticket);
      case TOLD -> readsWords(asker, ticket);
      case PHONE -> false;
    };
  }

  /** A component is seen where it stands, and by its owners. */
  boolean sees(Asker asker, Fixture.Part part) {
    return asker.comesIn()
        && switch (asker.reach()) {
          case "district" -> true;
          case "area", "unit" ->
              (asker.reach().equals("area")
                      && asker.areas().stream().anyMatch(part.community()::startsWith))
                  || part.owners().stream().anyMatch(unit -> pack.within(unit, asker.unit()));
          default -> false;
        };
  }
}
