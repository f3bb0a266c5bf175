package org.gridline.console;

import java.util.List;
import java.util.function.Predicate;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.ArrangeDuty;
import org.gridline.dispatch.people.Credentials;
import org.gridline.dispatch.people.Delegate;
import org.gridline.dispatch.people.Delegations;
import org.gridline.dispatch.people.ManageUsers;
import org.gridline.dispatch.people.OwnAccount;
import org.gridline.dispatch.people.People;
import org.gridline.dispatch.people.PeopleLog;
import org.gridline.dispatch.people.Proposals;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.Rosters;
import org.gridline.dispatch.people.SignIn;

/** The people who work here: how they sign in, keep their accounts and are looked after. */
public record Staff(
    SignIn signIn,
    OwnAccount own,
    ManageUsers manage,
    Delegate delegate,
    ArrangeDuty arrangeDuty,
    People people,
    Proposals proposals,
    PeopleLog log,
    Credentials credentials,
    List<Role> roles) {

  /** The ports that a database fills. */
  public record Ports(
      Credentials credentials,
      People people,
      Proposals proposals,
      PeopleLog log,
      Delegations delegations,
      Rosters rosters) {}

  static Staff open(
      CityPack pack,
      Ports ports,
      Accounts accounts,
      Predicate<String> areas,
      java.time.InstantSource clock) {
    SignIn signIn = new SignIn(accounts, ports.credentials(), clock);
    return new Staff(
        signIn,
        new OwnAccount(accounts, ports.credentials(), signIn, clock),
        new ManageUsers(
            ports.people(),
            ports.proposals(),
            accounts,
            pack.roles(),
            pack.policy().units(),
            areas,
            clock),
        new Delegate(ports.delegations(), accounts, pack.policy().units(), clock),
        new ArrangeDuty(
            ports.rosters(), accounts, ports.people(), pack.policy().units(), areas, clock),
        ports.people(),
        ports.proposals(),
        ports.log(),
        ports.credentials(),
        pack.roles());
  }
}
