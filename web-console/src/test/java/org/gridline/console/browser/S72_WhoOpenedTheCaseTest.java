package org.gridline.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A caller asks who read their case, and is the same person who called from another number. */
@Tag("browser")
class S72_WhoOpenedTheCaseTest {
  private final ServedCity city = ServedCity.open();
  private final People people = new People(city);
  private final Errands errands = new Errands(city);

  @AfterEach
  void everybodyGoesHome() {
    people.close();
    errands.close();
    city.close();
  }

  @Test
  void openings_are_told_and_two_records_are_joined_and_parted() {
    TakenCall one = errands.takeACallFrom("13900000001");
    TakenCall other = errands.takeACallFrom("13900000002");
    Colleague chief = people.signIn("chief1");
    chief.goesTo("/tickets/" + one.id());
    chief.seesTheTicketAs("PENDING_SIGN");

    Colleague operator = people.signIn("operator2");
    operator.goesTo("/tickets/" + one.id());
    operator.seesTheTicketAs("PENDING_SIGN");
    CallerFile file = operator.callerFile().unfolds();
    file.saysThatItWasOpenedBy("QX-ZX");
    file.looksUp(one.number());
    file.isRefused("这就是本案的编号");
    file.looksUp("QX-0");
    file.isRefused("没有编号为 QX-0 的工单");
    file.looksUp(other.number());
    file.confirms();
    file.isJoinedWith(other.number());
    operator.keepsAPicture("ticket-caller-record");
    file.partsThemAgain();

    Colleague auditor = people.signIn("auditor1");
    CaseBook book = auditor.caseBook().opens();
    book.asksAbout("chief1", one.number());
    book.findsTheOpening("chief1", one.number());
    auditor.keepsAPicture("case-openings");
    book.turnsToTheLooks();
    book.findsNothing();
  }
}
