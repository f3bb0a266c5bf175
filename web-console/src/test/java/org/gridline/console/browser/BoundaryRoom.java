package org.gridline.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The page on which boundaries are brought, looked at, decided on and taken back. */
final class BoundaryRoom {
  private static final Pattern UPLOAD = Pattern.compile("/boundary-imports\\?");

  private final Page page;

  BoundaryRoom(Page page) {
    this.page = page;
  }

  void looksAtTheVersions() {
    page.navigate("/boundaries");
    assertThat(Hooks.on(page, "version-row").first()).isVisible();
  }

  void sees(int serial, String state) {
    assertThat(version(serial)).hasAttribute("data-state", state);
  }

  void chooses(int serial) {
    Hooks.within(version(serial), "version-pick").click();
  }

  void seesTheMapOf(int areas) {
    assertThat(map()).hasAttribute("data-areas", Integer.toString(areas));
  }

  void looksAtTheLayer(String layer) {
    Hooks.on(page, "layer-pick").selectOption(layer);
  }

  /** Lays the boundaries of another day over those that are shown. */
  void comparesWith(String day) {
    Hooks.on(page, "compare-day").fill(day);
  }

  void seesDashed(int areas) {
    assertThat(map()).hasAttribute("data-old", Integer.toString(areas));
  }

  /** Chooses a file and what it is, without sending it. */
  void takes(Path file, String layer, String note) {
    page.navigate("/boundaries/imports");
    // The layers come from the server; a choice among none would be lost.
    assertThat(page.locator("[data-test=wish-layer] option[value='" + layer + "']")).hasCount(1);
    Hooks.on(page, "wish-file").setInputFiles(file);
    Hooks.on(page, "wish-layer").selectOption(layer);
    Hooks.on(page, "wish-note").fill(note);
  }

  void seesTheFields(String code, String name, String parent) {
    assertThat(Hooks.on(page, "wish-code")).hasValue(code);
    assertThat(Hooks.on(page, "wish-name")).hasValue(name);
    assertThat(Hooks.on(page, "wish-parent")).hasValue(parent);
  }

  /** A layer that the city has not. */
  void takesAsNewLayer(Path file, String id, String name, String crs) {
    takes(file, "+", "");
    Hooks.on(page, "wish-new-id").fill(id);
    Hooks.on(page, "wish-new-name").fill(name);
    Hooks.on(page, "wish-crs").selectOption(crs);
  }

  void namesTheFields(String code, String name) {
    Hooks.on(page, "wish-code").fill(code);
    Hooks.on(page, "wish-name").fill(name);
  }

  void isToldAboutTheForm(String hook) {
    assertThat(Hooks.on(page, hook)).isVisible();
  }

  /** Begins an upload on a line that carries nothing, and thinks better of it. */
  void uploadsAndCancels() {
    page.route(UPLOAD, route -> {});
    uploads();
    assertThat(Hooks.on(page, "upload-progress")).isVisible();
    Hooks.on(page, "upload-cancel").click();
    assertThat(Hooks.on(page, "upload-notice")).isVisible();
    page.unroute(UPLOAD);
  }

  void uploads() {
    Hooks.on(page, "upload").click();
  }

  /** Sends a file and waits until the work on it is over; returns where it can be seen. */
  String brings(Path file, String layer, String note) {
    takes(file, layer, note);
    uploads();
    isWorkedOff();
    return page.url();
  }

  void isWorkedOff() {
    assertThat(Hooks.on(page, "import"))
        .hasAttribute("data-state", Pattern.compile("ready|refused|failed"));
  }

  void returnsTo(String address) {
    page.navigate(address);
  }

  void isAt(String state) {
    assertThat(Hooks.on(page, "import")).hasAttribute("data-state", state);
  }

  void isToldOf(String finding, String severity) {
    assertThat(finding(finding).first()).hasAttribute("data-severity", severity);
  }

  /** Goes to the place of a finding on the map. */
  void goesTo(String finding) {
    finding(finding).first().locator("button").click();
    assertThat(finding(finding).first()).hasClass(Pattern.compile("chosen"));
  }

  /** On paper there are the findings, and neither map nor buttons. */
  void seesTheFindingsOnPaper(String picture) {
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(Hooks.on(page, "finding-row").first()).isVisible();
    assertThat(map()).isHidden();
    assertThat(Hooks.on(page, "print-findings")).isHidden();
    Screens.keep(page, picture);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
  }

  void hasNothingToDecide() {
    assertThat(Hooks.on(page, "import")).isVisible();
    assertThat(Hooks.on(page, "activate")).hasCount(0);
  }

  void seesChange(String kind, String code) {
    assertThat(Hooks.on(page, "change-row", "data-code", code)).hasAttribute("data-kind", kind);
  }

  void seesOnTheMap(int fresh, int old) {
    assertThat(map()).hasAttribute("data-changed", Integer.toString(fresh));
    assertThat(map()).hasAttribute("data-old", Integer.toString(old));
  }

  void seesTheStory(String kind) {
    assertThat(Hooks.on(page, "lineage-row", "data-kind", kind)).isVisible();
  }

  void isWarnedOf(String warning) {
    assertThat(Hooks.on(page, "boundary-warning", "data-code", warning)).isVisible();
  }

  void seesThatMoves(TakenCall call) {
    assertThat(Hooks.on(page, "moving-ticket", "data-number", call.number())).isVisible();
  }

  /** Opens the last question; a decision without a reason is not taken. */
  void wantsToActivate() {
    Hooks.on(page, "activate").click();
    Hooks.on(page, "decision-confirm").click();
    assertThat(Hooks.on(page, "decision-note")).hasClass(Pattern.compile("wrong"));
  }

  void readsTheConsequence(String words) {
    assertThat(Hooks.on(page, "consequence")).containsText(words);
  }

  void choosesTheDay(String day) {
    Hooks.on(page, "when-day").click();
    Hooks.on(page, "decision-day").fill(day);
  }

  void confirms(String reason) {
    Hooks.on(page, "decision-note").fill(reason);
    Hooks.on(page, "decision-confirm").click();
  }

  void cannotCompare(String words) {
    assertThat(page.locator("[role=alert]")).containsText(words);
  }

  void switchesTheLanguage() {
    Hooks.on(page, "language").click();
  }

  void isToBringItAgain(String words) {
    isAt("stale");
    assertThat(Hooks.on(page, "import-stale")).containsText(words);
  }

  /** Takes the newest version back. */
  void takesBack(String reason) {
    looksAtTheVersions();
    Hooks.on(page, "withdraw").click();
    confirms(reason);
  }

  void findsInTheLog(String... kinds) {
    page.navigate("/boundaries/log");
    Locator rows = Hooks.on(page, "log-row");
    assertThat(rows).hasCount(kinds.length);
    // The newest stands on top.
    for (int i = 0; i < kinds.length; i++) {
      assertThat(rows.nth(kinds.length - 1 - i)).hasAttribute("data-kind", kinds[i]);
    }
  }

  /** Neither a way in nor anything to see. */
  void isClosed() {
    assertThat(page.locator("nav a[href^='/boundaries']")).hasCount(0);
    page.navigate("/boundaries");
    assertThat(Hooks.on(page, "not-allowed")).isVisible();
    assertThat(Hooks.on(page, "version-row")).hasCount(0);
  }

  void keepsAPicture(String name) {
    Screens.keep(page, name);
  }

  private Locator version(int serial) {
    return Hooks.on(page, "version-row", "data-serial", Integer.toString(serial));
  }

  private Locator finding(String code) {
    return Hooks.on(page, "finding-row", "data-code", code);
  }

  private Locator map() {
    return Hooks.on(page, "boundary-map");
  }
}
