package org.gridline.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;

/** Somebody in front of the sign-in page. */
final class Newcomer {
  private final ServedCity city;
  private final Page page;

  Newcomer(ServedCity city, Page page) {
    this.city = city;
    this.page = page;
  }

  /** Types an address of the house into the browser. */
  Newcomer asksFor(String path) {
    page.navigate(path);
    return this;
  }

  Colleague signsInAs(String login) {
    return signsInAs(login, city.passwordOf(login));
  }

  Colleague signsInAs(String login, String password) {
    tries(login, password);
    Colleague colleague = new Colleague(city, page);
    colleague.isSignedInAs(login);
    return colleague;
  }

  /** The page remembers whose session it was. */
  Colleague isKnownByNameAndTypesThePassword(String login) {
    assertThat(Hooks.on(page, "user")).hasValue(login);
    Hooks.on(page, "password").fill(city.passwordOf(login));
    Hooks.on(page, "sign-in").click();
    Colleague colleague = new Colleague(city, page);
    colleague.isSignedInAs(login);
    return colleague;
  }

  void tries(String login, String password) {
    if (!page.url().contains("/sign-in")) page.navigate("/sign-in");
    Hooks.on(page, "user").fill(login);
    Hooks.on(page, "password").fill(password);
    Hooks.on(page, "sign-in").click();
  }

  /** Takes one of the sample people that the page offers. */
  Colleague picksTheSample(String login) {
    Hooks.on(page, "sample", "data-user", login).click();
    Hooks.on(page, "sign-in").click();
    Colleague colleague = new Colleague(city, page);
    colleague.isSignedInAs(login);
    return colleague;
  }

  void isTold(String words) {
    assertThat(Hooks.on(page, "sign-in-error")).containsText(words);
  }

  void isToldThatTheSessionEnded() {
    assertThat(Hooks.on(page, "session-lost")).isVisible();
  }

  void isAskedForThePasswordAgain() {
    assertThat(Hooks.on(page, "password")).hasValue("");
    standsAtTheDoor();
  }

  void standsAtTheDoor() {
    assertThat(page).hasURL(Pattern.compile("/sign-in"));
    assertThat(Hooks.on(page, "sign-in")).isVisible();
    assertThat(Hooks.on(page, "whoami")).hasCount(0);
  }

  void keepsAPicture(String name) {
    Screens.keep(page, name);
  }
}
