package org.gridline.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A handler outside, with a phone of 390 by 844 points, does everything that a desk can do. */
@Tag("browser")
class S07_HandlerOnThePhoneTest {
  private final ServedCity city = ServedCity.shared();
  private final People people = new People(city);

  @AfterEach
  void everybodyGoesHome() {
    people.close();
  }

  @Test
  void a_ticket_arrives_is_signed_for_and_reported_done() {
    LiveMap map = people.signIn("commander1").watchesTheMap();
    Errands errands = new Errands(city);
    String login = city.handlerOf(errands.takeACall().unit());
    Colleague handler = people.signInOnThePhone(login);
    handler.goesTo("/tickets");

    TakenCall call = errands.takeACall();
    handler.seesInTheList(call.number(), "待签收");
    handler.fitsTheScreen();
    handler.signs(call.number());
    handler.fitsTheScreen();
    map.shows(call, "处置中");
    handler.feedsBack(call.number(), "solved", "已清运,现场照片稍后补");
    handler.fitsTheScreen();
    map.shows(call, "反馈待审");
  }
}
