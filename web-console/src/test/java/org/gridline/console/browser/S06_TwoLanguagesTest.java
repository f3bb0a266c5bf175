package org.gridline.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Chinese first, English at one press, on every page and without losing anything. */
@Tag("browser")
class S06_TwoLanguagesTest {
  private final ServedCity city = ServedCity.shared();
  private final People people = new People(city);

  @AfterEach
  void everybodyGoesHome() {
    people.close();
  }

  @Test
  void a_press_switches_all_words_and_the_choice_is_remembered() {
    TakenCall call = new Errands(city).takeACall();
    Colleague unit = people.signIn(city.handlerOf(call.unit()));
    unit.reads("zh-CN", "退出");
    unit.goesTo("/tickets?tab=all");
    unit.seesInTheList(call.number(), "待签收");

    unit.switchesTheLanguage();
    unit.reads("en", "Sign out");
    unit.seesInTheList(call.number(), "To be signed for");
    unit.reloads();
    unit.reads("en", "Sign out");
    unit.signs(call.number());
    unit.seesTheTicketAs("HANDLING");

    unit.switchesTheLanguage();
    unit.reads("zh-CN", "退出");
  }

  @Test
  void a_call_half_written_survives_the_switch_and_the_watching_map_too() {
    CitizenCall call = CitizenCall.aboutRubbish();
    Colleague operator = people.signIn("operator2");
    CallDesk desk = operator.desk();
    desk.writesDown(call);
    operator.switchesTheLanguage();
    operator.reads("en", "Sign out");
    desk.stillHas(call.words());
    TakenCall taken = desk.registersAndGetsAReceipt();

    Colleague commander = people.signIn("commander1");
    LiveMap map = commander.watchesTheMap();
    map.shows(taken, "待签收");
    map.switchesTheLanguage();
    map.shows(taken, "To be signed for");
  }
}
