package org.gridline.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two people act on one ticket; the slower one learns who was faster and loses no word. */
@Tag("browser")
class S04_SlowerHandTest {
  private final ServedCity city = ServedCity.shared();
  private final People people = new People(city);
  private final TakenCall call = new Errands(city).bringToTheRevisit();
  private final Colleague faster = people.signIn("revisitor1");
  private final Colleague slower = people.signIn("revisitor2");

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

    faster.asksTheCaller(call.number());

    slower.sends();
    slower.isTold("黄样例已先一步办理，工单现为「待结案」");
    slower.seesTheTicketAs("PENDING_CLOSE");
    slower.stillHas("reason", reason);
    slower.submits();
    slower.seesTheTicketAs("HANDLING");
  }

  @Test
  void on_a_good_line_the_slower_one_is_warned_before_and_the_words_stand_aside() {
    String note = "来电人说现场整洁,无异味";
    slower.begins(call.number(), "revisit");
    slower.types("note", note);

    faster.sendsBack(call.number(), "西侧仍有遗留");

    slower.isWarned("工单刚刚更新");
    slower.seesTheTicketAs("HANDLING");
    slower.hasNothingToDo();
    slower.hasTheWordsAside(note);
  }
}
