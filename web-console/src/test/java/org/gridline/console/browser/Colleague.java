package org.gridline.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.gridline.console.browser.Watch.Look;

/** Somebody who has signed in and works on tickets. */
final class Colleague {
  /** What the issue asks for. */
  private static final double TOLD_MILLIS = 2_000;

  private final ServedCity city;
  private final Page page;

  Colleague(ServedCity city, Page page) {
    this.city = city;
    this.page = page;
  }

  void isSignedInAs(String login) {
    assertThat(Hooks.on(page, "whoami")).hasAttribute("data-user", login);
  }

  CallDesk desk() {
    return new CallDesk(page);
  }

  /** Where the boundaries are kept. */
  BoundaryRoom boundaries() {
    return new BoundaryRoom(page);
  }

  /** Where components are counted. */
  Census census() {
    return new Census(page);
  }

  /** Where the week's shifts are arranged. */
  Rota rota() {
    return new Rota(page);
  }

  /** Where people are forgotten. */
  DataOffice dataOffice() {
    return new DataOffice(page);
  }

  /** What is known of the caller of the ticket that is open. */
  CallerFile callerFile() {
    return new CallerFile(page);
  }

  /** Where auditors read who opened which case. */
  CaseBook caseBook() {
    return new CaseBook(page);
  }

  /** The live map in a window of its own, beside the one for work. */
  LiveMap watchesTheMap() {
    return new LiveMap(page.context().newPage());
  }

  void signs(String number) {
    acts(number, "sign");
  }

  void feedsBack(String number, String result, String words) {
    begins(number, "feedback");
    chooses("result", result);
    types("words", words);
    submits();
  }

  void returns(String number, String ground, String otherUnit, String reason) {
    begins(number, "return");
    chooses("ground", ground);
    picks("proposedUnit", otherUnit);
    types("reason", reason);
    submits();
  }

  void approvesTheReturn(String number) {
    acts(number, "approveReturn");
  }

  void dispatches(String number, String unit, String reason) {
    begins(number, "dispatch");
    picks("unit", unit);
    types("reason", reason);
    submits();
  }

  void passes(String number) {
    acts(number, "pass");
  }

  void confirmsOnSite(String number, String note) {
    begins(number, "check");
    types("note", note);
    submits();
  }

  void sendsBack(String number, String reason) {
    begins(number, "rework");
    types("reason", reason);
    submits();
  }

  /** The three questions of the hotline, all answered well. */
  void asksTheCaller(String number) {
    begins(number, "revisit");
    chooses("reached", "true");
    chooses("contacted", "true");
    chooses("solved", "true");
    chooses("satisfaction", "satisfied");
    submits();
  }

  void closes(String number, String condition) {
    begins(number, "close");
    chooses("condition", condition);
    submits();
  }

  /** Opens a ticket from the list of what waits for this person. */
  void opens(String number) {
    Locator shown = Hooks.on(page, "ticket-number");
    if (shown.count() == 1 && shown.innerText().strip().equals(number)) return;
    page.navigate("/tickets");
    Hooks.on(page, "ticket-row", "data-number", number).click();
    assertThat(shown).hasText(number);
  }

  /** Chooses an action and stands before its empty form. */
  void begins(String number, String action) {
    opens(number);
    Locator button = Hooks.on(page, "action-" + action);
    // An only action is chosen by itself, and a click would put it away again.
    if (!"true".equals(button.getAttribute("aria-pressed"))) button.click();
    assertThat(Hooks.on(page, "action-submit")).isVisible();
  }

  void types(String field, String words) {
    Hooks.on(page, "field-" + field).fill(words);
  }

  void chooses(String field, String option) {
    Hooks.on(page, "field-" + field).locator("[data-option=\"" + option + "\"]").click();
  }

  private void picks(String field, String code) {
    Hooks.on(page, "field-" + field).fill(code);
    Hooks.on(page, "field-" + field + "-option", "data-code", code).click();
  }

  /** Sends the form and sees the ticket move on. */
  void submits() {
    Locator state = Hooks.on(page, "ticket-state");
    String version = state.getAttribute("data-version");
    sends();
    assertThat(state).not().hasAttribute("data-version", version);
    assertThat(Hooks.on(page, "action-problem")).hasCount(0);
  }

  /** Sends the form, whatever comes of it. */
  void sends() {
    Hooks.on(page, "action-submit").click();
  }

  private void acts(String number, String action) {
    begins(number, action);
    submits();
  }

  void findsWaiting(String number) {
    page.navigate("/tickets");
    assertThat(Hooks.on(page, "ticket-row", "data-number", number)).isVisible();
  }

  void seesTheTicketAs(String state) {
    assertThat(Hooks.on(page, "ticket-state")).hasAttribute("data-state", state);
  }

  void findsInTheHistory(String... kinds) {
    Locator entries = Hooks.on(page, "history-entry");
    assertThat(entries).hasCount(kinds.length);
    // The newest stands on top.
    for (int i = 0; i < kinds.length; i++) {
      assertThat(entries.nth(kinds.length - 1 - i)).hasAttribute("data-kind", kinds[i]);
    }
  }

  void seesInTheHistory(String kind) {
    assertThat(Hooks.on(page, "history-entry", "data-kind", kind)).isVisible();
  }

  /** What a step decided is told beside it, in words. */
  void readsInTheHistory(String kind, String words) {
    assertThat(Hooks.on(page, "history-entry", "data-kind", kind).first()).containsText(words);
  }

  /** Whoever checks is told what is kept back, and why. */
  void isToldThatTheCheckIsBlind() {
    assertThat(Hooks.on(page, "blind")).isVisible();
    assertThat(Hooks.on(page, "owner-unit")).hasCount(0);
  }

  /** On paper stands the work order alone, on one sheet. */
  void holdsAWorkOrder(String number) {
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(Hooks.on(page, "work-order")).containsText(number);
    assertThat(Hooks.on(page, "actions")).isHidden();
    byte[] paper = page.pdf(new Page.PdfOptions().setFormat("A4"));
    String text = new String(paper, StandardCharsets.ISO_8859_1);
    Assertions.assertThat(Pattern.compile("/Type\\s*/Page\\b").matcher(text).results())
        .as("sheets of the work order")
        .hasSize(1);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
  }

  void hasNothingToDo() {
    assertThat(Hooks.on(page, "actions")).isVisible();
    assertThat(Hooks.on(page, "action-submit")).hasCount(0);
  }

  void isTold(String words) {
    assertThat(Hooks.on(page, "action-problem")).containsText(words);
  }

  void readsThat(String words) {
    assertThat(page.locator("main")).containsText(words);
  }

  void isWarned(String words) {
    assertThat(Hooks.on(page, "action-notice")).containsText(words);
  }

  void stillHas(String field, String words) {
    assertThat(Hooks.on(page, "field-" + field)).hasValue(words);
  }

  void hasTheWordsAside(String words) {
    assertThat(Hooks.on(page, "kept-text")).hasValue(words);
  }

  /** No news reach this window any more, as behind a broken line; answers to questions do. */
  void hearsNoNews() {
    page.context().route(Pattern.compile("/api/v1/events(\\?.*)?$"), route -> route.abort());
  }

  void switchesTheLanguage() {
    Hooks.on(page, "language").click();
  }

  void reads(String language, String signOut) {
    assertThat(page.locator("html")).hasAttribute("lang", language);
    assertThat(Hooks.on(page, "sign-out")).hasText(signOut);
  }

  void reloads() {
    page.reload();
  }

  void seesInTheList(String number, String words) {
    assertThat(Hooks.on(page, "ticket-row", "data-number", number)).containsText(words);
  }

  Newcomer signsOut() {
    Hooks.on(page, "sign-out").click();
    return new Newcomer(city, page);
  }

  /** The house has noticed that this session is over; this window has not yet. */
  void isNoLongerKnown() {
    Watch.until(
        "the end of the session",
        () ->
            page.request().get("/api/v1/sessions/current").status() == 401
                ? Look.SEEN
                : Look.NOT_YET);
  }

  /** Whoever was signed in here has been forgotten. */
  Newcomer isShownOut() {
    Newcomer outside = new Newcomer(city, page);
    outside.standsAtTheDoor();
    return outside;
  }

  /** A colleague is at it; told without a reload, within two seconds. */
  void seesEditing(String login, String words) {
    assertThat(Hooks.on(page, "editor", "data-user", login))
        .hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(TOLD_MILLIS));
    assertThat(Hooks.on(page, "editing")).containsText(words);
  }

  void seesNobodyEditing() {
    assertThat(Hooks.on(page, "editing"))
        .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(TOLD_MILLIS));
  }

  void seesViewing(String login) {
    assertThat(Hooks.on(page, "viewer", "data-user", login)).isVisible();
  }

  void seesNobodyViewing() {
    assertThat(Hooks.on(page, "viewing")).hasCount(0);
  }

  /** Puts the form away again by a second press on its action. */
  void putsAway(String action) {
    Hooks.on(page, "action-" + action).click();
    assertThat(Hooks.on(page, "action-submit")).hasCount(0);
  }

  /** The same person's other window. */
  Colleague opensAnotherWindow() {
    return new Colleague(city, page.context().newPage());
  }

  void closesTheWindow() {
    page.close(new Page.CloseOptions().setRunBeforeUnload(true));
  }

  void countsPeopleOnline() {
    assertThat(Hooks.on(page, "online")).isVisible();
  }

  void countsNobodyOnline() {
    assertThat(Hooks.on(page, "whoami")).isVisible();
    assertThat(Hooks.on(page, "online")).hasCount(0);
  }

  /** Asks for presence fail from now on, as if its part of the server were broken. */
  void findsPresenceBroken() {
    page.context()
        .route(
            Pattern.compile("/presence$"),
            route -> route.fulfill(new Route.FulfillOptions().setStatus(500).setBody("{}")));
  }

  void goesTo(String path) {
    page.navigate(path);
  }

  void isAt(String path) {
    assertThat(page).hasURL(Pattern.compile("^http://[^/]+" + path.replace("?", "\\?") + "$"));
  }

  void fitsTheScreen() {
    Screens.fits(page, page.url());
  }

  void keepsAPicture(String name) {
    Screens.keep(page, name);
  }
}
