package org.gridline.console;

import java.nio.file.Path;
import java.time.InstantSource;
import org.gridline.dispatch.call.CallLog;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.classify.SynonymClassifier;
import org.gridline.dispatch.component.Components;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.evidence.EvidenceStore;
import org.gridline.dispatch.ground.CurrentGround;
import org.gridline.dispatch.intake.Intake;
import org.gridline.dispatch.intake.SplitTicket;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.SignIn;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.privacy.Callers;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.store.Database;
import org.gridline.dispatch.ticket.ActOnTicket;
import org.gridline.dispatch.ticket.ActionForm;
import org.gridline.dispatch.ticket.Checkers;
import org.gridline.dispatch.ticket.Decide;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.ticket.TicketStore;

/** The use cases and ports of one city, ready for any channel. Thread-safe. */
public record Office(
    CityPack pack,
    CurrentGround ground,
    TakeReport takeReport,
    ActOnTicket actOnTicket,
    SplitTicket splitTicket,
    Decide decide,
    ActionForm forms,
    TicketStore tickets,
    EventLog events,
    Accounts accounts,
    CallLog calls,
    Register components,
    EvidenceRoom evidence,
    Staff staff,
    Callers callers,
    InstantSource clock) {

  /** The ports that a database fills. */
  public record Ports(
      TicketStore tickets,
      Checkers checkers,
      Intake intake,
      EventLog events,
      Accounts accounts,
      CallLog calls,
      Components components,
      EvidenceStore evidence,
      Staff.Ports staff,
      Callers callers,
      TicketNumbers numbers,
      InstantSource clock) {

    /** Areas of users follow the ground of these boundaries. */
    static Ports of(Database database, Grounds grounds) {
      return new Ports(
          database.tickets(),
          database.checkers(grounds::follow),
          database.intake(),
          database.events(),
          database.accounts(grounds::follow),
          database.calls(),
          database.components(),
          database.evidence(),
          new Staff.Ports(
              database.credentials(),
              database.people(),
              database.proposals(),
              database.peopleLog(),
              database.delegations(),
              database.rosters()),
          database.callers(),
          database.numbers(),
          database.clock());
    }
  }

  public SignIn signIn() {
    return staff.signIn();
  }

  /** The ground of this moment; take it once for a piece of work. */
  public Places places() {
    return ground.places();
  }

  /**
   * Wires a city's rules to its store.
   *
   * @param city the pack's folder
   */
  public static Office open(Path city, CityPack pack, CurrentGround ground, Ports ports) {
    Decide decide = new Decide(pack.policy());
    Register register =
        Register.open(city, pack, ports.components(), ground::places, ports.clock());
    EvidenceRoom evidence = EvidenceRoom.open(city, pack, ports.evidence(), ports.clock());
    ActOnTicket act =
        new ActOnTicket(
            ports.tickets(),
            ports.checkers(),
            decide,
            evidence.enclose(),
            pack.policy(),
            ports.clock());
    return new Office(
        pack,
        ground,
        new TakeReport(
            ground::places,
            new SynonymClassifier(pack.policy().categories()),
            new Router(
                pack.duties(), pack.policy().units(), pack.certainScore(), pack.dispatching()),
            register.route(),
            pack.policy(),
            decide,
            ports.intake(),
            evidence.enclose(),
            ports.numbers(),
            ports.clock()),
        act,
        new SplitTicket(
            ports.tickets(), ports.intake(), act, decide, ports.numbers(), ports.clock()),
        decide,
        new ActionForm(pack.policy().choices()),
        ports.tickets(),
        ports.events(),
        ports.accounts(),
        ports.calls(),
        register,
        evidence,
        Staff.open(
            pack,
            ports.staff(),
            ports.accounts(),
            code -> ground.get().findArea(code).isPresent(),
            ports.clock()),
        ports.callers(),
        ports.clock());
  }
}
