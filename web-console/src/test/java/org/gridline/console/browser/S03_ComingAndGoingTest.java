package org.gridline.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Signing in, being refused, leaving, and a session that runs out over a half-written call. */
@Tag("browser")
class S03_ComingAndGoingTest {
  private final ServedCity city = ServedCity.shared();
  private final People people = new People(city);

  @AfterEach
  void everybodyGoesHome() {
    people.close();
  }

  @Test
  void a_wrong_password_is_told_and_the_right_one_opens() {
    Newcomer operator = people.newcomer().asksFor("/");
    operator.tries("operator2", "wrong");
    operator.isTold("用户名或密码不正确");
    operator.isAskedForThePasswordAgain();

    Colleague inside = operator.signsInAs("operator2");
    inside.isAt("/desk");
    Newcomer outside = inside.signsOut();
    outside.standsAtTheDoor();
    outside.asksFor("/desk").standsAtTheDoor();
  }

  @Test
  void who_asks_for_a_page_gets_it_after_signing_in() {
    Newcomer checker = people.newcomer().asksFor("/tickets?tab=all");
    checker.standsAtTheDoor();
    checker.picksTheSample("checker2").isAt("/tickets?tab=all");
  }

  @Test
  void a_session_that_ran_out_comes_back_to_the_same_page_with_the_words_kept() {
    Colleague operator = people.signIn("operator2");
    CitizenCall call = CitizenCall.aboutRubbish();
    CallDesk desk = operator.desk();
    desk.writesDown(call);

    city.forgets("operator2");
    operator.isNoLongerKnown();
    desk.registers();
    Newcomer outside = operator.isShownOut();
    outside.isToldThatTheSessionEnded();

    CallDesk again = outside.signsInAs("operator2").desk();
    again.stillHas(call.words());
    again.registers();
    again.holdsAReceipt();
  }
}
