package org.gridline.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;

/** Who opened which case and who saw which caller, as the auditor reads it. */
final class CaseBook {
  private final Page page;

  CaseBook(Page page) {
    this.page = page;
  }

  CaseBook opens() {
    page.navigate("/people/cases");
    return this;
  }

  void asksAbout(String login, String number) {
    Hooks.on(page, "cases-user").fill(login);
    Hooks.on(page, "cases-ticket").fill(number);
    Hooks.on(page, "cases-search").click();
  }

  void turnsToTheLooks() {
    Hooks.on(page, "cases-looks").click();
  }

  void findsTheOpening(String login, String number) {
    assertThat(Hooks.on(page, "opening")).hasCount(1);
    assertThat(Hooks.on(page, "opening", "data-user", login)).containsText(number);
  }

  void findsNothing() {
    assertThat(Hooks.on(page, "cases-none")).isVisible();
  }
}
