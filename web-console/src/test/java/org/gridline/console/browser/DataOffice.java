package org.gridline.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;

/** Where data officers ask for people to be forgotten, and decide. */
final class DataOffice {
  private final Page page;

  DataOffice(Page page) {
    this.page = page;
  }

  DataOffice opens() {
    page.navigate("/privacy");
    return this;
  }

  void hasNothingToDecide() {
    assertThat(Hooks.on(page, "erasure-none")).isVisible();
  }

  void asksFor(String ticketNumber) {
    Hooks.on(page, "erasure-whom").fill(ticketNumber);
    Hooks.on(page, "erasure-whom").press("Enter");
  }

  void isTold(String words) {
    assertThat(Hooks.on(page, "erasure-asked")).containsText(words);
  }

  void isRefused(String words) {
    assertThat(Hooks.on(page, "erasure-wrong")).containsText(words);
  }

  void mayNotDecideAlone() {
    assertThat(Hooks.on(page, "erasure-own")).isVisible();
    assertThat(Hooks.on(page, "erasure-approve")).hasCount(0);
  }

  void onlyWatches() {
    assertThat(Hooks.on(page, "erasure")).not().hasCount(0);
    assertThat(Hooks.on(page, "erasure-ask")).hasCount(0);
    assertThat(Hooks.on(page, "erasure-approve")).hasCount(0);
  }

  void readsWhatFollows(String words) {
    Hooks.on(page, "erasure-approve").click();
    assertThat(Hooks.on(page, "erasure-consequence")).containsText(words);
  }

  void confirms() {
    Hooks.on(page, "erasure-confirm").click();
  }

  void seesItDone(String told) {
    assertThat(Hooks.on(page, "erasure")).hasAttribute("data-state", "done");
    assertThat(Hooks.on(page, "erasure-told")).containsText(told);
  }
}
