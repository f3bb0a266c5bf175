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

  @Test
  void what_was_typed_into_a_tickets_form_is_there_again_after_the_session() {
    String words = "已清运完毕，桶体已冲洗";
    TakenCall call = new Errands(city).takeACall();
    String login = city.handlerOf(call.unit());
    Colleague handler = people.signIn(login);
    handler.signs(call.number());
    handler.begins(call.number(), "feedback");
    handler.chooses("result", "solved");
    handler.types("words", words);

    city.forgets(login);
    handler.isNoLongerKnown();
    handler.sends();
    Newcomer outside = handler.isShownOut();
    outside.isToldThatTheSessionEnded();
    Colleague again = outside.isKnownByNameAndTypesThePassword(login);
    again.stillHas("words", words);
    again.submits();
    again.seesTheTicketAs("FEEDBACK_REVIEW");
  }
}
