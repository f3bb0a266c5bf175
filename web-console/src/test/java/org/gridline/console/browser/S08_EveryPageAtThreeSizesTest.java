package org.gridline.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each page on a wall, on a desk and on a phone: nothing sticks out, and a picture is kept. */
@Tag("browser")
class S08_EveryPageAtThreeSizesTest {
  private final ServedCity city = ServedCity.shared();
  private final People people = new People(city);
  private final Errands errands = new Errands(city);

  @AfterEach
  void everybodyGoesHome() {
    people.close();
  }

  @Test
  void the_door() {
    Newcomer outside = people.newcomer().asksFor("/sign-in");
    outside.standsAtTheDoor();
    outside.keepsAPicture("sign-in");
    outside.tries("sysadmin1", "wrong");
    outside.isTold("用户名或密码不正确");
    outside.keepsAPicture("sign-in-refused");
    outside.asksFor("/setup").keepsAPicture("setup");
  }

  @Test
  void the_desk() {
    Colleague operator = people.signIn("operator2");
    CallDesk desk = operator.desk();
    operator.keepsAPicture("desk-empty");
    desk.writesDown(CitizenCall.aboutRubbish());
    desk.seesAnOwnerComing();
    operator.keepsAPicture("desk-filled");
    desk.registersAndGetsAReceipt();
    operator.keepsAPicture("desk-receipt");
    operator.switchesTheLanguage();
    operator.keepsAPicture("desk-receipt-english");
  }

  @Test
  void the_list_and_the_ticket() {
    TakenCall call = errands.bringToTheCheck();
    Colleague checker = people.signIn(errands.checkerOf(call));
    checker.findsWaiting(call.number());
    checker.keepsAPicture("tickets");
    checker.begins(call.number(), "check");
    checker.isToldThatTheCheckIsBlind();
    checker.keepsAPicture("ticket-check");
    checker.holdsAWorkOrder(call.number());
    checker.goesTo("/no-such-page");
    checker.keepsAPicture("missing");
    checker.confirmsOnSite(call.number(), "现场已恢复");

    Colleague revisitor = people.signIn("revisitor2");
    revisitor.begins(call.number(), "revisit");
    revisitor.keepsAPicture("ticket-revisit");
    revisitor.switchesTheLanguage();
    revisitor.keepsAPicture("ticket-revisit-english");
  }

  @Test
  void the_components() {
    Colleague worker = people.signIn("worker1");
    worker.goesTo("/components");
    worker.keepsAPicture("components");
    worker.goesTo("/components/new");
    worker.keepsAPicture("component-new");
    Colleague administrator = people.signIn("sysadmin1");
    administrator.goesTo("/components/import");
    administrator.keepsAPicture("component-import");
  }

  @Test
  void the_state_of_the_system() {
    Colleague administrator = people.signIn("sysadmin1");
    administrator.goesTo("/system");
    administrator.readsThat("数据库");
    administrator.keepsAPicture("system");
    administrator.switchesTheLanguage();
    administrator.keepsAPicture("system-english");
  }

  @Test
  void a_workers_own_track() {
    Colleague worker = people.signIn("worker1");
    worker.goesTo("/my-track");
    worker.readsThat("现在不采集位置");
    worker.keepsAPicture("my-track");
  }

  @Test
  void the_map() {
    errands.takeACall();
    TakenCall call = errands.bringToTheCheck();
    LiveMap map = people.signIn("commander1").watchesTheMap();
    map.shows(call, "待核查");
    map.keepsAPicture("map");
    map.looksAt(call);
    map.keepsAPicture("map-ticket");
  }
}
