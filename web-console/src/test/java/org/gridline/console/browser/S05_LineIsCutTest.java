package org.gridline.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The map's line breaks and comes back; the map is right again by itself. */
@Tag("browser")
class S05_LineIsCutTest {
  private final ServedCity city = ServedCity.open();
  private final People people = new People(city);
  private final Errands errands = new Errands(city);
  private final Cable cable = city.cable();
  private final LiveMap map = people.behind(cable).signsInAs("inspector1").watchesTheMap();

  @AfterEach
  void everybodyGoesHome() {
    people.close();
    errands.close();
    cable.close();
    city.close();
  }

  @Test
  void the_server_starts_again_and_a_call_sent_meanwhile_is_registered_once() {
    CallDesk desk = people.signIn("operator1").desk();
    TakenCall before = desk.answers(CitizenCall.aboutRubbish());
    map.shows(before, "待签收");
    map.counts(1);

    desk.beginsTheNextCall();
    desk.writesDown(CitizenCall.aboutRubbish());
    city.goesDown();
    map.saysThatTheLineIsCut();
    desk.registers();
    desk.isTold("尚未确认是否登记成功");
    city.comesBack();

    map.isLive();
    TakenCall sentAgain = desk.holdsAReceipt();
    map.shows(sentAgain, "待签收");
    errands.sign(before);
    map.shows(before, "处置中");
    map.counts(2);
    map.hasGreenLamps(2);
  }

  @Test
  void the_network_is_away_for_a_while_and_what_happened_is_caught_up() {
    TakenCall known = errands.takeACall();
    map.shows(known, "待签收");
    int open = map.count();

    cable.cut();
    map.saysThatTheLineIsCut();
    errands.sign(known);
    TakenCall unseen = errands.takeACall();
    cable.mend();

    map.shows(known, "处置中");
    map.shows(unseen, "待签收");
    map.counts(open + 1);
  }
}
