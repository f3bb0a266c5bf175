package org.gridline.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two people act on one ticket; the slower one learns who was faster and loses no word. */
@Tag("browser")
class S04_SlowerHandTest {
  private final ServedCity city = ServedCity.shared();
  private final People people = new People(city);
  private final TakenCall call = new Errands(city).bringToTheCheck();
  private final Colleague faster = people.signIn("checker1");
  private final Colleague slower = people.signIn("checker2");

  @AfterEach
  void everybodyGoesHome() {
    people.close();
  }

  @Test
  void behind_a_broken_line_the_slower_one_is_told_at_the_submit_and_may_go_on() {
    String reason = "现场东侧仍有两处垃圾未清";
    slower.hearsNoNews();
    slower.begins(call.number(), "rework");
    slower.types("reason", reason);

    faster.confirmsOnSite(call.number(), "现场已恢复");

    slower.sends();
    slower.isTold("杨样例已先一步办理，工单现为「待回访」");
    slower.seesTheTicketAs("REVISITING");
    slower.stillHas("reason", reason);
    slower.submits();
    slower.seesTheTicketAs("HANDLING");
  }

  @Test
  void on_a_good_line_the_slower_one_is_warned_before_and_the_words_stand_aside() {
    String note = "核查时现场整洁,无异味";
    slower.begins(call.number(), "check");
    slower.types("note", note);

    faster.sendsBack(call.number(), "西侧仍有遗留");

    slower.isWarned("工单刚刚更新");
    slower.seesTheTicketAs("HANDLING");
    slower.hasNothingToDo();
    slower.hasTheWordsAside(note);
  }
}
