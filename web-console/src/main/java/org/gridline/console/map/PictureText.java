package org.gridline.console.map;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.Shape;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.gridline.gis.boundary.Area;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Words in a picture, as far as the machine has a font for them: a server may have none for
 * Chinese, then areas are told by their codes; or none at all, then a picture has no words.
 */
sealed interface PictureText {
  /** A font that has every character that a name is likely to be made of. */
  record Chinese(Font font) implements PictureText {}

  record Latin(Font font) implements PictureText {}

  record None() implements PictureText {}

  /** Common characters of names of places; a font that lacks one of them is not for Chinese. */
  String PROBE = "栖霞区街道社区村网格园合成数据边界米国家庄路山湖";

  /** What the machine has; looking takes some hundred milliseconds, so it is done once. */
  static PictureText ofThisMachine() {
    return Machine.TEXT;
  }

  /** Holds the one look at the machine. */
  final class Machine {
    private static final Logger LOG = LoggerFactory.getLogger(PictureText.class);
    private static final PictureText TEXT = look();

    private Machine() {}

    private static PictureText look() {
      // No window is ever opened; without this a DISPLAY that is not there would be asked.
      System.setProperty("java.awt.headless", "true");
      try {
        Optional<Font> chinese =
            Arrays.stream(GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts())
                .filter(f -> f.canDisplayUpTo(PROBE) < 0)
                .min(
                    Comparator.comparingInt(Machine::strangeness)
                        .thenComparing((Font f) -> f.getFontName()));
        if (chinese.isPresent()) return new Chinese(chinese.get());
        LOG.warn(
            "no font for Chinese on this machine; pictures of maps show codes instead of names");
        return new Latin(new Font(Font.SANS_SERIF, Font.PLAIN, 1));
      } catch (RuntimeException | LinkageError | InternalError e) {
        LOG.warn("no fonts on this machine; pictures of maps have no words");
        return new None();
      }
    }

    /** Upright sans-serif faces of simplified Chinese first. */
    private static int strangeness(Font font) {
      String name = font.getFontName();
      int points = 0;
      if (!name.contains("SC") && !name.contains("YaHei") && !name.contains("Hei")) points += 4;
      if (name.contains("Serif") || name.contains("Mono")) points += 2;
      if (name.matches(".*(Bold|Black|Light|Thin|Medium|Italic).*")) points += 1;
      return points;
    }
  }

  /** How an area is called where this is the text. */
  default String name(Area area) {
    return this instanceof Chinese ? area.name() : area.code();
  }

  /** The first text where Chinese can be drawn, otherwise the second. */
  default String either(String chinese, String other) {
    return this instanceof Chinese ? chinese : other;
  }

  /** The outline of words with the middle of their base line at a point; empty for no font. */
  default Optional<Shape> outline(Graphics2D pen, String words, float size, double x, double y) {
    if (words.isBlank()) return Optional.empty();
    return switch (this) {
      case None() -> Optional.empty();
      case Chinese(var font) -> Optional.of(outline(pen, font.deriveFont(size), words, x, y));
      case Latin(var font) -> Optional.of(outline(pen, font.deriveFont(size), words, x, y));
    };
  }

  private static Shape outline(Graphics2D pen, Font font, String words, double x, double y) {
    TextLayout layout = new TextLayout(words, font, pen.getFontRenderContext());
    Rectangle2D box = layout.getBounds();
    return layout.getOutline(
        AffineTransform.getTranslateInstance(x - box.getWidth() / 2 - box.getX(), y));
  }

  /** Fills an outline with light around it, so that it can be read on lines. */
  static void write(Graphics2D pen, Shape outline, Color colour) {
    pen.setColor(new Color(255, 255, 255, 220));
    pen.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.draw(outline);
    pen.setColor(colour);
    pen.fill(outline);
  }
}
