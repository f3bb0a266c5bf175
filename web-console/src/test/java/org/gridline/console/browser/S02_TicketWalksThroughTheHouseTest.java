package org.gridline.console.browser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Five people in five browsers take one ticket from call to close, and the commander's map follows
 * each step by itself; and once more by the long way round.
 */
@Tag("browser")
class S02_TicketWalksThroughTheHouseTest {
  private static final ServedCity city = ServedCity.shared();
  private static final People people = new People(city);

  private static final Colleague commander = people.signIn("commander1");
  private static final LiveMap map = commander.watchesTheMap();
  private static final CallDesk desk = people.signIn("operator1").desk();
  private static final Errands errands = new Errands(city);
  private static final Colleague revisitor = people.signIn("revisitor1");

  @AfterAll
  static void everybodyGoesHome() {
    people.close();
    errands.close();
  }

  @Test
  void from_the_call_to_the_close() {
    int open = map.count();
    TakenCall call = desk.answers(CitizenCall.aboutRubbish());
    String number = call.number();
    map.shows(call, "待签收");
    map.counts(open + 1);
    map.hasGreenLamps(open + 1);
    map.hasThePointOf(call);
    map.looksAt(call);

    Colleague unit = people.signIn(city.handlerOf(call.unit()));
    unit.signs(number);
    map.shows(call, "处置中");
    unit.feedsBack(number, "solved", "垃圾已清运,路面已冲洗");
    map.shows(call, "反馈待审");
    commander.passes(number);
    map.shows(call, "待核查");
    people.signIn(errands.checkerOf(call)).confirmsOnSite(number, "现场已恢复整洁");
    map.shows(call, "待回访");
    revisitor.asksTheCaller(number);
    map.shows(call, "待结案");
    commander.closes(number, "solved");

    map.showsNoLonger(call);
    map.counts(open);
    commander.seesTheTicketAs("CLOSED");
    commander.findsInTheHistory(
        "TicketRegistered",
        "TicketAccepted",
        "TicketFiled",
        "TicketDispatched",
        "TicketSigned",
        "FeedbackGiven",
        "FeedbackPassed",
        "ResultChecked",
        "CallerRevisited",
        "TicketClosed");
  }

  @Test
  void with_a_return_a_redispatch_and_a_rework() {
    int open = map.count();
    TakenCall call = desk.answers(CitizenCall.aboutRubbish());
    String number = call.number();
    map.shows(call, "待签收");
    map.looksAt(call);

    Colleague firstUnit = people.signIn(city.handlerOf(call.unit()));
    firstUnit.returns(number, "wrongDuty", "QX-SW", "河道保洁范围,不属我单位职责");
    map.shows(call, "退单待审");
    commander.opens(number);
    commander.readsInTheHistory("TicketReturned", "水务局");
    commander.approvesTheReturn(number);
    map.shows(call, "待派遣");
    commander.dispatches(number, "QX-SW", "按职责改派水务局");
    map.shows(call, "待签收");

    Colleague unit = people.signIn(city.handlerOf("QX-SW"));
    unit.signs(number);
    map.shows(call, "处置中");
    unit.feedsBack(number, "solved", "已清理");
    map.shows(call, "反馈待审");
    commander.passes(number);
    map.shows(call, "待核查");
    people.signIn(errands.checkerOf(call)).sendsBack(number, "现场仍有遗留");
    map.shows(call, "处置中");
    unit.feedsBack(number, "solved", "已返工清理干净");
    map.shows(call, "反馈待审");
    commander.passes(number);
    map.shows(call, "待核查");
    people.signIn(errands.checkerOf(call)).confirmsOnSite(number, "复查合格");
    map.shows(call, "待回访");
    revisitor.asksTheCaller(number);
    map.shows(call, "待结案");
    commander.closes(number, "solved");

    map.showsNoLonger(call);
    map.counts(open);
    commander.findsInTheHistory(
        "TicketRegistered",
        "TicketAccepted",
        "TicketFiled",
        "TicketDispatched",
        "TicketReturned",
        "ReturnApproved",
        "TicketDispatched",
        "TicketSigned",
        "FeedbackGiven",
        "FeedbackPassed",
        "TicketReworked",
        "FeedbackGiven",
        "FeedbackPassed",
        "ResultChecked",
        "CallerRevisited",
        "TicketClosed");
  }
}
