package org.gridline.dispatch.ticket;

import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.ticket.Life.Part;
import org.gridline.dispatch.ticket.Ticket.Owner;

/** Which unit may be asked to help, and whose part somebody signs or reports. */
final class JointWork {
  private final UnitTree units;

  JointWork(UnitTree units) {
    this.units = units;
  }

  Fact asked(Ticket ticket, Actor actor, Action.AskUnit ask) {
    String unit = units.get(ask.unit()).code();
    if (ticket.owner().map(Owner::unit).equals(Optional.of(unit)))
      throw wrong("此单位已是主办单位 · it is the owner already");
    if (ticket.progress().life().parts().stream().anyMatch(p -> p.unit().equals(unit)))
      throw wrong("此单位已在协办 · it helps already");
    Part.Kind kind =
        switch (ask.kind()) {
          case ASSIGN -> Part.Kind.ASSIGNED;
          case WHISTLE -> Part.Kind.WHISTLED;
          default -> Part.Kind.CO;
        };
    // What goes down stays in the house of whoever gives it; anything else is for the centre.
    if (kind == Part.Kind.ASSIGNED && !below(unitOf(actor), unit))
      throw wrong("只能指派给下级单位 · only to a unit below");
    if (kind == Part.Kind.WHISTLED && Standing.LOCAL.contains(units.get(unit).kind()))
      throw wrong("吹哨只对部门和单位 · a whistle calls departments");
    return new Fact.UnitAsked(unit, kind.id(), ask.why());
  }

  Fact released(Ticket ticket, String unit) {
    if (ticket.progress().life().parts().stream().noneMatch(p -> p.unit().equals(unit)))
      throw wrong("此单位未协办 · it does not help");
    return new Fact.UnitReleased(unit);
  }

  /** The part that stands at that step and is the actor's own. */
  String partOf(Ticket ticket, Actor actor, Part.Step step) {
    String own = unitOf(actor);
    return ticket.progress().life().parts().stream()
        .filter(p -> p.step() == step && below(own, p.unit()))
        .map(Part::unit)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the actor's standing was checked before"));
  }

  private boolean below(String above, String unit) {
    return units.withSubUnits(above).contains(unit);
  }

  private static String unitOf(Actor actor) {
    return (actor instanceof Actor.Person p ? p.unit() : Optional.<String>empty())
        .orElseThrow(
            () -> new Failure(FailureCode.NOT_PERMITTED, "您不属于任何单位 · you belong to no unit"));
  }

  private static Failure wrong(String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, "unit", detail);
  }
}
