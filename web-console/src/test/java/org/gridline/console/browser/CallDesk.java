package org.gridline.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;

/** An operator at the form where calls are written down. */
final class CallDesk {
  private final Page page;

  CallDesk(Page page) {
    this.page = page;
    assertThat(page).hasURL(Pattern.compile("/desk$"));
  }

  TakenCall answers(CitizenCall call) {
    if (Hooks.on(page, "next-call").isVisible()) beginsTheNextCall();
    writesDown(call);
    return registersAndGetsAReceipt();
  }

  void beginsTheNextCall() {
    Hooks.on(page, "next-call").click();
  }

  void writesDown(CitizenCall call) {
    Hooks.on(page, "words").fill(call.words());
    Hooks.on(page, "phone").fill(call.phone());
    Hooks.on(page, "caller-name").fill(call.name());
    Hooks.on(page, "address").fill(call.address());
    Hooks.on(page, "address-option").first().click();
    assertThat(Hooks.on(page, "place")).hasAttribute("data-flag", Pattern.compile("ok|edge"));
    assertThat(Hooks.on(page, "category-option").first()).isVisible();
  }

  /** The place is told by the boundaries of the moment. */
  void standsIn(String words) {
    assertThat(Hooks.on(page, "place")).containsText(words);
  }

  void registers() {
    Hooks.on(page, "submit").click();
  }

  TakenCall registersAndGetsAReceipt() {
    registers();
    return holdsAReceipt();
  }

  TakenCall holdsAReceipt() {
    assertThat(Hooks.on(page, "receipt")).isVisible();
    Locator owner = Hooks.within(Hooks.on(page, "receipt"), "owner-unit");
    return new TakenCall(
        Hooks.on(page, "receipt-link").getAttribute("data-id"),
        Hooks.on(page, "receipt-number").innerText().strip(),
        Hooks.on(page, "receipt-state").getAttribute("data-state"),
        owner.count() == 0 ? "" : owner.getAttribute("data-unit"));
  }

  /** The page says who will own it before anything is sent. */
  void seesAnOwnerComing() {
    assertThat(Hooks.on(page, "owner")).hasAttribute("data-unit", Pattern.compile(".+"));
  }

  /** The telephone beside the form. */
  DeskPhone phone() {
    return new DeskPhone(page);
  }

  void hasBefore(String hook, String words) {
    assertThat(Hooks.on(page, hook)).hasValue(words);
  }

  void types(String hook, String words) {
    Hooks.on(page, hook).fill(words);
  }

  /** Types into the address field and takes the suggestion of that name. */
  void findsTheAddress(String typed, String name) {
    Hooks.on(page, "address").fill("");
    Hooks.on(page, "address").pressSequentially(typed);
    Locator option =
        Hooks.on(page, "address-option").filter(new Locator.FilterOptions().setHasText(name));
    option.first().click();
    assertThat(Hooks.on(page, "address")).hasValue(Pattern.compile(name));
    assertThat(Hooks.on(page, "place")).hasAttribute("data-flag", Pattern.compile("ok|edge"));
  }

  void isTold(String words) {
    assertThat(Hooks.on(page, "desk-message")).containsText(words);
  }

  void stillHas(String words) {
    assertThat(Hooks.on(page, "words")).hasValue(words);
  }
}
