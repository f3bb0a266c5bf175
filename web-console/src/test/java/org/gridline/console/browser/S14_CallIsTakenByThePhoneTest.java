package org.gridline.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.gridline.console.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One call with everything beside it: it rings at the desk of its agent, who sees who calls and
 * what was before, finds the place by the initials of its name, and registers; then two colleagues
 * meet at the ticket.
 */
@Tag("browser")
class S14_CallIsTakenByThePhoneTest {
  private static final String CALLER = "13900120077";

  private final ServedCity city = ServedCity.open();
  private final People people = new People(city);
  private final Exchange exchange = city.exchange();

  @AfterEach
  void everybodyGoesHome() {
    people.close();
    city.close();
  }

  private void tells(String kind, String call, String caller, String agent) {
    assertThat(exchange.tells(kind, call, caller, agent).statusCode()).isEqualTo(200);
  }

  @Test
  void a_call_rings_is_placed_by_initials_and_a_colleague_sees_who_edits() {
    CallDesk desk = people.signIn("operator1").desk();
    TakenCall before =
        desk.answers(new CitizenCall("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", "尧化社区服务中心", CALLER, "样例来电人"));
    desk.beginsTheNextCall();

    String call = UUID.randomUUID().toString();
    tells("ringing", call, CALLER, "operator1");
    DeskPhone phone = desk.phone();
    phone.shows("ringing", "139 0012 0077");
    phone.names("样例来电人");
    phone.tellsOf(List.of(before.number()));
    tells("answered", call, CALLER, "operator1");
    phone.is("talking");
    desk.hasBefore("phone", "+86" + CALLER);

    desk.types("words", "楼下垃圾桶满溢,垃圾都堆到路上了");
    desk.findsTheAddress("yhgy", "尧化公园");
    TakenCall after = desk.registersAndGetsAReceipt();
    tells("ended", call, CALLER, "operator1");
    assertThat(after.number()).isNotEqualTo(before.number());

    Colleague unit = people.signIn(city.handlerOf(after.unit()));
    Colleague chief = people.signIn("chief1");
    chief.goesTo("/tickets/" + after.id());
    unit.begins(after.number(), "return");
    chief.seesEditing(city.handlerOf(after.unit()), "正在编辑");
    unit.putsAway("return");
    chief.seesNobodyEditing();
  }
}
