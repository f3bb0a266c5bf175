package org.gridline.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 删除个人信息: one officer asks, another reads what follows and does it, the auditor watches. */
@Tag("browser")
class S71_CallerIsForgottenOnThePageTest {
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
  void two_forget_a_caller_and_the_proof_stays() {
    TakenCall call = errands.bringToTheEnd();
    Colleague asks = people.signIn("dataofficer1");
    asks.isAt("/privacy");
    DataOffice office = asks.dataOffice();
    office.hasNothingToDecide();
    asks.keepsAPicture("privacy-empty");
    office.asksFor("NO-SUCH-NUMBER");
    office.isRefused("没有此人的记录");
    office.asksFor(call.number());
    office.isTold("涉及 1 张工单");
    office.mayNotDecideAlone();

    Colleague auditor = people.signIn("auditor1");
    auditor.dataOffice().opens().onlyWatches();

    Colleague decides = people.signIn("dataofficer2");
    DataOffice other = decides.dataOffice();
    other.readsWhatFollows("不能撤销");
    decides.keepsAPicture("privacy-consequence");
    other.confirms();
    other.seesItDone("1 / 1");
    decides.keepsAPicture("privacy-done");

    Colleague chief = people.signIn("chief1");
    chief.goesTo("/tickets/" + call.id());
    chief.seesInTheHistory("PersonErased");
  }
}
