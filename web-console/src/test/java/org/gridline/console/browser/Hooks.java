package org.gridline.console.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** Finds what the pages promise to keep: the test hooks of {@code pages/README.md}. */
final class Hooks {
  private Hooks() {}

  static Locator on(Page page, String hook) {
    return page.locator(selector(hook));
  }

  /** One of many with the same hook, told apart by an attribute beside it. */
  static Locator on(Page page, String hook, String attribute, String value) {
    return page.locator(selector(hook) + "[" + attribute + "=\"" + value + "\"]");
  }

  static Locator within(Locator outer, String hook) {
    return outer.locator(selector(hook));
  }

  private static String selector(String hook) {
    return "[data-test=\"" + hook + "\"]";
  }
}
