package org.gridline.console.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The people of one story, each with a browser profile of their own. For one thread. */
final class People implements AutoCloseable {
  /** Long enough for a machine that does other things too; nothing waits longer than it must. */
  static final double PATIENCE_MILLIS = Duration.ofSeconds(30).toMillis();

  private static final class Chromium {
    static final Browser BROWSER = launch();

    private static Browser launch() {
      // The driver would fetch browsers of its own; the system's Chromium is the one we test.
      Map<String, String> environment = new HashMap<>(System.getenv());
      environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
      Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
      PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
      Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
      return playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(program())
                  .setHeadless(true)
                  .setArgs(
                      List.of(
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync")));
    }

    private static Path program() {
      String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
      return Stream.concat(
              Stream.of("/usr/bin"), Pattern.compile(File.pathSeparator).splitAsStream(path))
          .map(folder -> Path.of(folder, "chromium"))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(() -> new AssertionError("no Chromium found; run ./gridline test"));
    }
  }

  private final ServedCity city;
  private final List<BrowserContext> profiles = new ArrayList<>();

  People(ServedCity city) {
    this.city = city;
  }

  /** Somebody at a desk who has already signed in. */
  Colleague signIn(String login) {
    return newcomer().signsInAs(login);
  }

  /** Somebody outside with a phone who has already signed in. */
  Colleague signInOnThePhone(String login) {
    return in(new Browser.NewContextOptions()
            .setBaseURL(city.url())
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(2)
            .setIsMobile(true)
            .setHasTouch(true))
        .signsInAs(login);
  }

  /** Somebody at a desk whom the house does not know yet. */
  Newcomer newcomer() {
    return in(atADesk().setBaseURL(city.url()));
  }

  /** The same, at the end of a network of their own. */
  Newcomer behind(Cable cable) {
    return in(atADesk().setBaseURL(cable.url()));
  }

  private static Browser.NewContextOptions atADesk() {
    return new Browser.NewContextOptions().setViewportSize(1366, 768);
  }

  private Newcomer in(Browser.NewContextOptions options) {
    BrowserContext profile =
        Chromium.BROWSER.newContext(options.setLocale("zh-CN").setTimezoneId("Asia/Shanghai"));
    profile.setDefaultTimeout(PATIENCE_MILLIS);
    profiles.add(profile);
    return new Newcomer(city, profile.newPage());
  }

  @Override
  public void close() {
    for (BrowserContext profile : profiles) {
      // A page says goodbye when it goes; an answer made here would come to a profile that is gone.
      profile.unrouteAll();
      profile.close();
    }
  }
}
