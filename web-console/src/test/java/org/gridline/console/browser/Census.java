package org.gridline.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Geolocation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** A grid worker who counts components in the street, a phone in hand. */
final class Census {
  private static final String NEAREST =
      "async () => (await (await fetch('/api/v1/components?limit=1&class=component:01037')).json())"
          + ".components[0].position";

  private final Page page;

  Census(Page page) {
    this.page = page;
  }

  /** Somewhere in the worker's own ground. */
  void standsNearALamp(double metresNorth) {
    Map<?, ?> at = (Map<?, ?>) page.evaluate(NEAREST);
    page.context().grantPermissions(List.of("geolocation"));
    page.context()
        .setGeolocation(
            new Geolocation(
                ((Number) Objects.requireNonNull(at.get("lat"))).doubleValue()
                    + metresNorth / 111_195,
                ((Number) Objects.requireNonNull(at.get("lon"))).doubleValue()));
  }

  void choosesTheClass(String words, String code) {
    Locator field = Hooks.on(page, "survey-class");
    field.click();
    field.fill(words);
    Hooks.on(page, "survey-class-option", "data-code", code).click();
  }

  void takesTheClassOfBefore(String code) {
    Hooks.on(page, "class-chip", "data-code", code).click();
  }

  void isHere() {
    Hooks.on(page, "survey-here").click();
    assertThat(Hooks.on(page, "place")).hasAttribute("data-flag", Pattern.compile("ok|edge"));
  }

  void isWarnedOfTheNeighbour() {
    assertThat(Hooks.on(page, "survey-same")).isVisible();
  }

  void saysItIs(String state) {
    Hooks.on(page, "survey-state-" + state).click();
  }

  void savesWithoutAPlace() {
    Hooks.on(page, "survey-add").click();
    assertThat(Hooks.on(page, "survey-place-error")).isVisible();
  }

  /** The code that it got. */
  String saves() {
    Hooks.on(page, "survey-add").click();
    Locator added = Hooks.on(page, "component-added");
    assertThat(added).isVisible();
    return added.getAttribute("data-code");
  }

  void goesOn() {
    Hooks.on(page, "component-again").click();
  }

  void opens(String code) {
    page.navigate("/components/" + code);
    assertThat(Hooks.on(page, "component")).hasAttribute("data-code", code);
  }

  void renamesIt(String name, String why) {
    Hooks.on(page, "describe").click();
    Hooks.on(page, "edit-name").fill(name);
    Hooks.on(page, "edit-why").fill(why);
    Hooks.on(page, "edit-save").click();
    Locator line = Hooks.on(page, "component-change", "data-what", "details");
    assertThat(line).containsText(name);
    assertThat(line).containsText(why);
  }
}
