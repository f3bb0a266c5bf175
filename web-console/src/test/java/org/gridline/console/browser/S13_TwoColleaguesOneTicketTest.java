package org.gridline.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two people come to one ticket and see it before they get in each other's way. */
@Tag("browser")
class S13_TwoColleaguesOneTicketTest {
  private final ServedCity city = ServedCity.open();
  private final People people = new People(city);
  private final Errands errands = new Errands(city);
  private final TakenCall call = errands.bringToTheRevisit();
  private final Colleague one = people.signIn("revisitor1");
  private final Colleague other = people.signIn("revisitor2");

  @AfterEach
  void everybodyGoesHome() {
    people.close();
    errands.close();
    city.close();
  }

  @Test
  void who_opens_a_form_is_seen_to_edit_and_who_puts_it_away_is_not() {
    other.opens(call.number());
    other.seesNobodyViewing();
    one.opens(call.number());
    other.seesViewing("revisitor1");
    one.seesViewing("revisitor2");
    other.seesNobodyEditing();

    one.begins(call.number(), "revisit");
    other.seesEditing("revisitor1", "黄样例 正在编辑");
    one.types("note", "现场已恢复");
    other.keepsAPicture("ticket-edited-by-a-colleague");
    other.switchesTheLanguage();
    other.seesEditing("revisitor1", "being edited by Huang");
    one.putsAway("revisit");
    other.seesNobodyEditing();

    Colleague secondWindow = other.opensAnotherWindow();
    secondWindow.opens(call.number());
    secondWindow.seesViewing("revisitor1");
    other.seesViewing("revisitor1");
    one.closesTheWindow();
    other.seesNobodyViewing();
    secondWindow.seesNobodyViewing();
  }

  @Test
  void the_warning_keeps_nobody_from_acting_and_the_slower_one_is_told_as_ever() {
    one.begins(call.number(), "revisit");
    one.types("note", "现场已恢复");
    other.opens(call.number());
    other.seesEditing("revisitor1", "正在编辑");
    other.sendsBack(call.number(), "现场东侧仍有两处垃圾未清");
    one.isWarned("工单刚刚更新");
    other.seesNobodyEditing();
  }

  @Test
  void with_the_cluster_gone_or_presence_broken_pages_and_actions_go_on() {
    city.losesItsCluster();
    other.opens(call.number());
    one.begins(call.number(), "revisit");
    other.seesEditing("revisitor1", "正在编辑");
    one.goesTo("/tickets");
    other.seesNobodyEditing();
    one.findsPresenceBroken();
    one.asksTheCaller(call.number());
    other.seesTheTicketAs("PENDING_CLOSE");
  }

  @Test
  void those_who_watch_the_map_see_how_many_are_here() {
    one.countsNobodyOnline();
    Colleague chief = people.signIn("chief1");
    chief.countsPeopleOnline();
    chief.goesTo("/tickets");
    chief.countsPeopleOnline();
    chief.keepsAPicture("tickets-people-online");
  }
}
