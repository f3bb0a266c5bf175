package org.gridline.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The week's duty roster, as somebody reads or arranges it. */
final class Rota {
  private final Page page;

  Rota(Page page) {
    this.page = page;
  }

  Rota opens(String unit) {
    page.navigate("/roster?unit=" + unit);
    assertThat(Hooks.on(page, "roster-span")).isVisible();
    return this;
  }

  void goesToTheNextWeek() {
    String span = Hooks.on(page, "roster-span").innerText();
    Hooks.on(page, "week-after").click();
    assertThat(Hooks.on(page, "roster-span")).not().hasText(span);
  }

  /** With the keyboard alone: opens the cell's form, takes the times as they are offered. */
  void putsOn(String login, int weekday) {
    int before = shiftsOf(login).count();
    Hooks.within(cell(login, weekday), "shift-add").focus();
    page.keyboard().press("Enter");
    assertThat(Hooks.on(page, "shift-person")).hasValue(login);
    Hooks.on(page, "shift-from").fill("20:00");
    Hooks.on(page, "shift-until").fill("08:00");
    Hooks.on(page, "shift-save").press("Enter");
    assertThat(shiftsOf(login)).hasCount(before + 1);
  }

  void triesWithoutTimes(String login, int weekday) {
    Hooks.within(cell(login, weekday), "shift-add").click();
    Hooks.on(page, "shift-from").fill("");
    Hooks.on(page, "shift-save").click();
    assertThat(Hooks.on(page, "shift-problem")).containsText("请填写开始和结束时间");
    page.keyboard().press("Escape");
    assertThat(Hooks.on(page, "shift-editor")).isHidden();
  }

  void copiesLastWeek() {
    Hooks.on(page, "copy-week").click();
  }

  void takesOff(String login) {
    shiftsOf(login).first().click();
    Hooks.on(page, "shift-remove").click();
  }

  void takesItBack() {
    Hooks.on(page, "roster-undo").click();
  }

  void isTold(String words) {
    assertThat(Hooks.on(page, "roster-done")).containsText(words);
  }

  void isRefused(String words) {
    assertThat(Hooks.on(page, "roster-problem")).containsText(words);
  }

  void sees(String login, int shifts) {
    assertThat(shiftsOf(login)).hasCount(shifts);
  }

  void mayOnlyRead() {
    assertThat(Hooks.on(page, "roster-span")).isVisible();
    assertThat(Hooks.on(page, "copy-week")).hasCount(0);
    assertThat(Hooks.on(page, "shift-add")).hasCount(0);
  }

  private Locator shiftsOf(String login) {
    return Hooks.on(page, "shift", "data-user", login);
  }

  private Locator cell(String login, int weekday) {
    return Hooks.within(Hooks.on(page, "roster-row", "data-user", login), "roster-cell")
        .nth(weekday - 1);
  }
}
