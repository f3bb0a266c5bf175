package org.gridline.console.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 班表: a week is arranged, copied and put right, and those on it read it. */
@Tag("browser")
class S70_ChiefArrangesTheWeekTest {
  private static final String HOTLINE = "QX-ZX-RX";
  private final ServedCity city = ServedCity.open();
  private final People people = new People(city);

  @AfterEach
  void everybodyGoesHome() {
    people.close();
    city.close();
  }

  @Test
  void a_week_is_arranged_copied_and_taken_back() {
    people.signIn("operator1");
    Colleague chief = people.signIn("chief1");
    Rota rota = chief.rota().opens(HOTLINE);
    rota.goesToTheNextWeek();
    rota.sees("operator1", 0);
    rota.triesWithoutTimes("operator1", 1);
    rota.putsOn("operator1", 1);
    rota.isTold("已排 1 个班次");
    rota.putsOn("operator1", 3);
    chief.keepsAPicture("roster");

    rota.takesOff("operator1");
    rota.isTold("班次已取消");
    rota.sees("operator1", 1);
    rota.takesItBack();
    rota.sees("operator1", 2);

    rota.goesToTheNextWeek();
    rota.copiesLastWeek();
    rota.isTold("已从上周复制 2 个班次");
    rota.sees("operator1", 2);
    rota.copiesLastWeek();
    rota.isRefused("无需复制");
    rota.sees("operator1", 2);

    Colleague reader = people.signInOnThePhone("operator1");
    Rota own = reader.rota().opens(HOTLINE);
    own.goesToTheNextWeek();
    own.sees("operator1", 2);
    own.mayOnlyRead();
    reader.fitsTheScreen();
    reader.keepsAPicture("roster-reader");
  }
}
