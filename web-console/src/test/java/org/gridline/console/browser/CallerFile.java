package org.gridline.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;

/** What the page of a ticket knows of its caller: who opened the case, which records are one. */
final class CallerFile {
  private final Page page;

  CallerFile(Page page) {
    this.page = page;
  }

  CallerFile unfolds() {
    Hooks.on(page, "caller-record-open").click();
    return this;
  }

  void saysThatItWasOpenedBy(String unit) {
    assertThat(Hooks.on(page, "opened-by", "data-unit", unit)).isVisible();
  }

  void looksUp(String number) {
    Hooks.on(page, "merge-number").fill(number);
    Hooks.on(page, "merge-number").press("Enter");
  }

  void isRefused(String words) {
    assertThat(Hooks.on(page, "record-problem")).containsText(words);
  }

  void confirms() {
    page.locator(".el-message-box__btns .el-button--primary").click();
  }

  void isJoinedWith(String number) {
    assertThat(Hooks.on(page, "caller-merge", "data-undone", "false")).containsText(number);
  }

  void partsThemAgain() {
    Hooks.on(page, "merge-undo").click();
    assertThat(Hooks.on(page, "caller-merge", "data-undone", "true")).isVisible();
    assertThat(Hooks.on(page, "no-merges")).isVisible();
  }
}
