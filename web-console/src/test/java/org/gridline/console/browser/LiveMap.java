package org.gridline.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.gridline.console.browser.Watch.Look;

/** A map that somebody watches and never reloads. */
final class LiveMap {
  private final Page page;

  /** Dies with the document, so its survival proves that nothing was loaded anew. */
  private final String mark = UUID.randomUUID().toString();

  private Optional<TakenCall> chosen = Optional.empty();
  private long seq;

  LiveMap(Page page) {
    this.page = page;
    page.navigate("/map");
    assertThat(Hooks.on(page, "live-map")).hasAttribute("data-complete", "true");
    isLive();
    page.evaluate("mark => { window.watchedSince = mark }", mark);
    seq = seq();
  }

  /** The same page as at the beginning, further in the log, connected. */
  private void goesOn() {
    Assertions.assertThat(page.evaluate("window.watchedSince"))
        .as("the map was loaded anew")
        .isEqualTo(mark);
    long now = seq();
    Assertions.assertThat(now).isGreaterThanOrEqualTo(seq);
    seq = now;
  }

  void shows(TakenCall call, String state, String lamp) {
    Locator row = row(call);
    assertThat(row).containsText(state);
    assertThat(row).hasAttribute("data-lamp", lamp);
    if (chosen.equals(Optional.of(call)))
      assertThat(Hooks.on(page, "map-card")).containsText(state);
    isLive();
    goesOn();
  }

  void shows(TakenCall call, String state) {
    shows(call, state, "green");
  }

  void showsNoLonger(TakenCall call) {
    assertThat(row(call)).hasCount(0);
    goesOn();
  }

  void counts(int open) {
    assertThat(Hooks.on(page, "map-ticket-count")).hasText(Integer.toString(open));
    goesOn();
  }

  /** Every open ticket of these stories is in time. */
  void hasGreenLamps(int green) {
    assertThat(Hooks.on(page, "map-lamp-green")).containsText(Integer.toString(green));
  }

  int count() {
    return Integer.parseInt(Hooks.on(page, "map-ticket-count").innerText().strip());
  }

  /** Chooses a ticket in the list; its card stays open on the map from then on. */
  void looksAt(TakenCall call) {
    row(call).click();
    assertThat(card(call)).isVisible();
    chosen = Optional.of(call);
  }

  /** The point itself answers the pointer, so it is really drawn where the map has flown to. */
  void hasThePointOf(TakenCall call) {
    looksAt(call);
    chosen = Optional.empty();
    BoundingBox box = Hooks.on(page, "live-map").boundingBox();
    page.mouse().click(box.x + box.width - 40, box.y + 120);
    assertThat(card(call)).isHidden();
    Watch.until(
        "the point of " + call.number() + " answers the pointer",
        () -> {
          page.mouse().move(box.x + box.width / 2 - 60, box.y + box.height / 2);
          page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
          return card(call).isVisible() ? Look.SEEN : Look.NOT_YET;
        });
  }

  void isLive() {
    assertThat(Hooks.on(page, "connection")).hasAttribute("data-state", "live");
  }

  void saysThatTheLineIsCut() {
    assertThat(Hooks.on(page, "connection")).hasAttribute("data-state", "reconnecting");
  }

  void switchesTheLanguage() {
    Hooks.on(page, "language").click();
  }

  private long seq() {
    return Long.parseLong(Hooks.on(page, "map-seq").getAttribute("data-seq"));
  }

  private Locator row(TakenCall call) {
    return Hooks.on(page, "map-ticket", "data-number", call.number());
  }

  private Locator card(TakenCall call) {
    return Hooks.on(page, "map-card", "data-id", call.id());
  }

  void keepsAPicture(String name) {
    Screens.keep(page, name);
  }
}
