package org.gridline.dispatch.ticket;

import java.util.List;
import java.util.Set;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.ticket.Life.Part;
import org.gridline.dispatch.ticket.Lifecycle.Who;

/** Where somebody stands to a ticket: owner, judge, or neither. */
final class Standing {
  /** Callers of these stay unknown outside the centre (domain page §13). */
  static final Set<ReportType> HIDDEN = Set.of(ReportType.COMPLAINT, ReportType.REPORT);

  /** Kinds of units whose own people work in the street of a ticket. */
  static final Set<String> LOCAL = Set.of("street", "zone", "community");

  private final UnitTree units;

  Standing(UnitTree units) {
    this.units = units;
  }

  /**
   * @throws Failure {@code not_permitted} or {@code independence_required}
   */
  void check(Who who, Ticket ticket, User by) {
    if (fits(who, ticket, by)) return;
    throw switch (who) {
      case OWNER, OWNER_OR_CENTRE ->
          new Failure(
              FailureCode.NOT_PERMITTED,
              "只有承办单位可以操作 · only the unit that owns the ticket may do this");
      case LOCAL_OWNER, PART_ASKED, PART_SIGNED, OWNER_OR_PART ->
          new Failure(
              FailureCode.NOT_PERMITTED, "只有" + who.label().zh() + "可以操作 · " + who.label().en());
      case CALLERS_CONTACT ->
          new Failure(
              FailureCode.NOT_PERMITTED,
              "此件来电人由中心联系 · the centre speaks with this caller, not the unit");
      case SYSTEM ->
          new Failure(FailureCode.NOT_PERMITTED, "由系统按规则完成 · done by a rule, not by people");
      case NEXT_SIGNER ->
          new Failure(
              FailureCode.INDEPENDENCE_REQUIRED,
              "由下一审签人审签，不能审签本人拟稿 · for the next signer, who has neither drafted nor signed it");
      case DRAWN_CHECKER ->
          new Failure(
              FailureCode.INDEPENDENCE_REQUIRED,
              "由抽取的核查员核查 · checked by whom the lot fell on; the centre may draw another");
      case UNIT_REVIEWER,
          NOT_ASKER,
          OTHER_THAN_FIRST,
          INDEPENDENT_OF_HANDLING,
          INDEPENDENT_OF_CHECKING ->
          new Failure(
              FailureCode.INDEPENDENCE_REQUIRED, "请由其他人员完成 · leave this step to somebody else");
      case PERMITTED -> new IllegalStateException("the permission was checked before");
    };
  }

  boolean fits(Who who, Ticket ticket, User by) {
    Progress progress = ticket.progress();
    return switch (who) {
      case PERMITTED -> true;
      case OWNER -> owns(ticket, by);
      case LOCAL_OWNER -> owns(ticket, by) && local(ticket);
      case PART_ASKED -> helps(ticket, by, Part.Step.ASKED);
      case PART_SIGNED -> helps(ticket, by, Part.Step.SIGNED);
      case OWNER_OR_PART ->
          owns(ticket, by)
              || helps(ticket, by, Part.Step.SIGNED)
              || helps(ticket, by, Part.Step.ASKED);
      case OWNER_OR_CENTRE -> owns(ticket, by) || district(by);
      case UNIT_REVIEWER -> owns(ticket, by) && !asked(progress, by);
      case NOT_ASKER -> !asked(progress, by);
      case CALLERS_CONTACT ->
          by.may(Permission.Right.SEE_CALLER) || (owns(ticket, by) && !hidden(ticket));
      case INDEPENDENT_OF_HANDLING -> !handled(ticket, by);
      case NEXT_SIGNER -> signsNext(ticket, by);
      case DRAWN_CHECKER ->
          !handled(ticket, by)
              && progress.life().check().filter(c -> !by.selves().contains(c.checker())).isEmpty();
      case INDEPENDENT_OF_CHECKING ->
          !handled(ticket, by) && by.selves().stream().noneMatch(progress.checkers()::contains);
      case OTHER_THAN_FIRST ->
          progress.life().appealReviewer().filter(by.selves()::contains).isEmpty();
      case SYSTEM -> false;
    };
  }

  private boolean owns(Ticket ticket, User by) {
    return by.unit().isPresent()
        && ticket.owner().isPresent()
        && units.withSubUnits(by.unit().get()).contains(ticket.owner().get().unit());
  }

  private boolean signsNext(Ticket ticket, User by) {
    return ticket
        .progress()
        .life()
        .draft()
        .filter(d -> by.selves().stream().noneMatch(d.hands()::contains))
        .map(Life.Draft::next)
        .filter(next -> by.roles().stream().anyMatch(r -> r.id().equals(next.role())))
        .filter(
            next ->
                owns(ticket, by)
                    && (next.of() == SignOff.Of.UNIT
                        || !by.unit().equals(ticket.owner().map(Ticket.Owner::unit))))
        .isPresent();
  }

  private boolean helps(Ticket ticket, User by, Part.Step step) {
    return ticket.progress().life().parts().stream()
        .filter(p -> p.step() == step)
        .anyMatch(p -> by.unit().map(own -> below(own, p.unit())).orElse(false));
  }

  /** Whether a unit is another one or stands below it. */
  private boolean below(String above, String unit) {
    return units.withSubUnits(above).contains(unit);
  }

  private boolean local(Ticket ticket) {
    return ticket
        .owner()
        .flatMap(o -> units.find(o.unit()))
        .filter(u -> LOCAL.contains(u.kind()))
        .isPresent();
  }

  private static boolean district(User by) {
    return by.roles().stream().anyMatch(r -> r.reach() == Role.Reach.DISTRICT);
  }

  private static boolean asked(Progress progress, User by) {
    return progress.life().request().filter(r -> by.selves().contains(r.asker())).isPresent();
  }

  private static boolean hidden(Ticket ticket) {
    return ticket.subject().reporter().confidential() || HIDDEN.contains(ticket.matter().type());
  }

  private boolean handled(Ticket ticket, User by) {
    // A section of the owning unit is as little independent of it as its head is.
    boolean within =
        by.unit().isPresent()
            && ticket.owner().isPresent()
            && units.withSubUnits(ticket.owner().get().unit()).contains(by.unit().get());
    return within
        || owns(ticket, by)
        || by.selves().stream().anyMatch(ticket.progress().handlers()::contains)
        || by.unit().filter(own -> ofHelpers(ticket, own)).isPresent()
        || ofHandlingStreet(ticket, by);
  }

  private boolean ofHelpers(Ticket ticket, String own) {
    return ticket.progress().life().parts().stream()
        .anyMatch(p -> below(own, p.unit()) || below(p.unit(), own));
  }

  /**
   * Grid workers are managed by streets, so whoever works in the place of a ticket that its street
   * or community handled does not judge it. The coarsest area is the whole city and tells nothing.
   */
  private boolean ofHandlingStreet(Ticket ticket, User by) {
    if (!local(ticket)) return false;
    List<String> areas = ticket.place().areaCodes();
    List<String> local = areas.subList(Math.min(1, areas.size()), areas.size());
    return by.areas().stream().anyMatch(local::contains)
        || by.unit().flatMap(units::find).flatMap(Unit::area).filter(local::contains).isPresent();
  }
}
