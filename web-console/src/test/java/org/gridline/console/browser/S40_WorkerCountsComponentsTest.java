package org.gridline.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 普查: class, place, save; with a phone, in the street. */
@Tag("browser")
class S40_WorkerCountsComponentsTest {
  private static final String LAMP = "01037";
  private final People people = new People(ServedCity.shared());

  @AfterEach
  void everybodyGoesHome() {
    people.close();
  }

  @Test
  void one_lamp_after_the_other_and_a_name_put_right() {
    Colleague worker = people.signInOnThePhone("worker1");
    Census census = worker.census();
    worker.goesTo("/components/new");
    census.choosesTheClass("路灯", LAMP);
    census.savesWithoutAPlace();
    census.standsNearALamp(3);
    census.isHere();
    census.isWarnedOfTheNeighbour();
    census.saysItIs("damaged");
    worker.fitsTheScreen();
    String first = census.saves();
    assertThat(first).matches("32011301037\\d{6}");
    worker.fitsTheScreen();

    census.goesOn();
    census.takesTheClassOfBefore(LAMP);
    census.standsNearALamp(6);
    census.isHere();
    String second = census.saves();
    assertThat(second).isNotEqualTo(first);

    census.opens(second);
    worker.fitsTheScreen();
    census.renamesIt("尧化门一号灯", "照铭牌");
    worker.fitsTheScreen();
  }
}
