package org.gridline.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import java.util.regex.Pattern;

/** What the desk shows of the calls at the operator's phone. */
final class DeskPhone {
  private final Page page;

  DeskPhone(Page page) {
    this.page = page;
  }

  void isSilent() {
    assertThat(Hooks.on(page, "call-pop")).hasCount(0);
  }

  void shows(String state, String number) {
    assertThat(pop()).hasAttribute("data-state", state);
    assertThat(Hooks.on(page, "call-phone")).hasText(number);
  }

  void is(String state) {
    assertThat(pop()).hasAttribute("data-state", state);
  }

  void names(String name) {
    assertThat(Hooks.on(page, "call-name")).hasText(name);
  }

  void tellsOf(List<String> numbers) {
    Locator tickets = Hooks.on(page, "call-ticket");
    assertThat(tickets).hasCount(numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(tickets.nth(i)).hasAttribute("data-number", numbers.get(i));
    }
  }

  void hasOpenTickets(int count) {
    assertThat(Hooks.on(page, "call-open")).hasAttribute("data-count", "" + count);
  }

  void knowsNothing() {
    assertThat(Hooks.on(page, "call-none")).hasText("无历史工单 · no earlier tickets");
  }

  /** Other calls stand beside the one that is shown. */
  void alsoHas(String state) {
    assertThat(Hooks.on(page, "call-chip", "data-state", state)).isVisible();
  }

  void turnsTo(String state) {
    Hooks.on(page, "call-chip", "data-state", state).click();
    assertThat(pop()).hasAttribute("data-state", state);
  }

  void hasOneCallOnly() {
    assertThat(Hooks.on(page, "call-chip")).hasCount(0);
  }

  void offersToFillTheForm() {
    assertThat(Hooks.on(page, "call-fill")).isVisible();
  }

  void takesOverByKeyboard() {
    page.keyboard().press("Control+Alt+a");
    assertThat(Hooks.on(page, "call-linked")).isVisible();
  }

  void isTiedToTheForm() {
    assertThat(Hooks.on(page, "call-linked")).isVisible();
  }

  void isPutAway() {
    Hooks.on(page, "call-dismiss").click();
    isSilent();
  }

  /** Everything stands within the window; nothing has to be scrolled to. */
  void fitsTheDesk() {
    for (Locator part : List.of(pop(), Hooks.on(page, "words"), Hooks.on(page, "submit"))) {
      assertThat(part).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
    }
  }

  /** From now on the page notes when the history of a caller is there to be read. */
  void watchesTheClock() {
    page.evaluate(
        """
        () => {
          window.popped = 0
          new MutationObserver(() => {
            const there = document.querySelector('[data-test="call-phone"], [data-test="call-none"]')
            if (!there) window.popped = 0
            else if (!window.popped) requestAnimationFrame(() => (window.popped = Date.now()))
          }).observe(document.body, { childList: true, subtree: true })
        }
        """);
  }

  /** When it was there, in milliseconds since 1970. */
  long poppedAt() {
    page.waitForFunction("() => window.popped > 0");
    return ((Number) page.evaluate("() => window.popped")).longValue();
  }

  void opensTheFirstTicket() {
    Page ticket = page.context().waitForPage(() -> Hooks.on(page, "call-ticket").first().click());
    assertThat(ticket).hasURL(Pattern.compile("/tickets/\\d+$"));
    ticket.close();
  }

  private Locator pop() {
    return Hooks.on(page, "call-pop");
  }
}
