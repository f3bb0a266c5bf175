package org.gridline.console.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ViewportSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.gridline.console.browser.Watch.Look;
import org.gridline.dispatch.store.Desk;

/** Pictures of a page at the sizes that people have, kept for looking at them. */
final class Screens {
  record Size(int width, int height) {
    @Override
    public String toString() {
      return width + "x" + height;
    }
  }

  private static final List<Size> SIZES =
      List.of(new Size(1920, 1080), new Size(1366, 768), new Size(390, 844));

  private Screens() {}

  /** Keeps a picture a size; nothing may stick out sideways at any of them. */
  static void keep(Page page, String name) {
    ViewportSize usual = page.viewportSize();
    page.evaluate("scrollTo(0, 0)");
    for (Size size : SIZES) {
      page.setViewportSize(size.width(), size.height());
      byte[] picture = atRest(page, name);
      fits(page, name + " at " + size);
      write(Desk.repository().resolve("web-console/target/screenshots"), name, size, picture);
    }
    page.setViewportSize(usual.width, usual.height);
  }

  static void fits(Page page, String what) {
    Assertions.assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .as("pixels of %s that stick out sideways", what)
        .isEqualTo(0);
  }

  /** The picture once two in a row are the same: fonts are there, maps are drawn, nothing flies. */
  private static byte[] atRest(Page page, String name) {
    byte[][] last = {page.screenshot()};
    Watch.until(
        name + " at rest",
        () -> {
          byte[] next = page.screenshot();
          boolean same = Arrays.equals(next, last[0]);
          last[0] = next;
          return same ? Look.SEEN : Look.NOT_YET;
        });
    return last[0];
  }

  private static void write(Path folder, String name, Size size, byte[] picture) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name + "-" + size + ".png"), picture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
