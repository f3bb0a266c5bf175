package org.gridline.console.map;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.gridline.gis.boundary.Area;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * A small map for print and messages: the boundaries around a place with their names, the place, a
 * scale and where the north is. Drawn without any window; one instance draws one picture.
 */
final class Picture {
  private static final Color GROUND = new Color(0xe6eaef);
  private static final Color LAND = new Color(0xf9fafb);
  private static final Color OWN = new Color(0xfdf1d8);
  private static final Color INK = new Color(0x43566a);
  private static final Color PIN = new Color(0x1f6fd6);

  /** From coarse to fine; a layer beyond the last looks like the last. */
  private static final Color[] LINES = {
    new Color(0x5d7288), new Color(0x94a5b6), new Color(0xa9b8c6), new Color(0xc3ced8),
  };

  private static final float[] WIDTHS = {2.6f, 1.8f, 1.2f, 0.8f};
  private static final float[] SIZES = {15, 14, 12, 11};
  private static final double LEAST_LABEL_PIXELS = 46;
  private static final float NOTE_SIZE = 10;
  private static final double LEAST_NOTE_PIXELS = 240;

  static {
    // Otherwise each picture writes a temporary file first.
    ImageIO.setUseCache(false);
  }

  private final PictureFrame frame;
  private final PictureText text;
  private final BufferedImage image;
  private final Graphics2D pen;
  private final List<Rectangle2D> taken = new ArrayList<>();

  private Picture(PictureFrame frame, PictureText text) {
    this.frame = frame;
    this.text = text;
    this.image =
        new BufferedImage(
            frame.width() * frame.density(),
            frame.height() * frame.density(),
            BufferedImage.TYPE_INT_RGB);
    this.pen = image.createGraphics();
    pen.scale(frame.density(), frame.density());
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /**
   * PNG of the frame.
   *
   * @param own codes of the areas that the place lies in; the finest one drawn is tinted
   * @param notes lines for the lower right corner, never left out
   */
  static byte[] draw(
      PictureFrame frame,
      List<LayerSheet> layers,
      Set<String> own,
      List<String> notes,
      PictureText text) {
    Picture picture = new Picture(frame, text);
    try {
      picture.paint(layers, own, notes);
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(picture.image, "png", png);
      return png.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      picture.pen.dispose();
    }
  }

  /** What of a layer is to be seen. */
  private record Seen(int rank, List<Area> areas) {}

  private void paint(List<LayerSheet> layers, Set<String> own, List<String> notes) {
    Envelope ground = frame.ground();
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      LayerSheet sheet = layers.get(i);
      if (sheet.leastZoom() > frame.zoom()) continue;
      List<Area> areas =
          sheet.areas().stream()
              .filter(a -> a.shape().getEnvelopeInternal().intersects(ground))
              .toList();
      seen.add(new Seen(Math.min(i, LINES.length - 1), areas));
    }
    pen.setColor(GROUND);
    pen.fillRect(0, 0, frame.width(), frame.height());
    pen.setColor(LAND);
    if (!seen.isEmpty()) seen.getFirst().areas.forEach(a -> pen.fill(frame.path(a.shape())));
    tint(seen, own);
    for (Seen layer : seen.reversed()) {
      pen.setColor(LINES[layer.rank]);
      pen.setStroke(
          new BasicStroke(WIDTHS[layer.rank], BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      layer.areas.forEach(a -> pen.draw(frame.path(a.shape())));
    }
    furniture(notes);
    for (Seen layer : seen) layer.areas.forEach(a -> label(a, layer.rank, ground));
    pin();
  }

  private void tint(List<Seen> seen, Set<String> own) {
    for (Seen layer : seen.reversed()) {
      for (Area area : layer.areas) {
        if (own.contains(area.code())) {
          pen.setColor(OWN);
          pen.fill(frame.path(area.shape()));
          return;
        }
      }
    }
  }

  /** The name in the middle of what is seen of the area, where nothing else stands. */
  private void label(Area area, int rank, Envelope ground) {
    Envelope part = area.shape().getEnvelopeInternal().intersection(ground);
    double wide = frame.x(part.getMaxX()) - frame.x(part.getMinX());
    double high = frame.y(part.getMinY()) - frame.y(part.getMaxY());
    if (wide < LEAST_LABEL_PIXELS || high < SIZES[rank] * 2) return;
    Geometry visible = area.shape().intersection(new GeometryFactory().toGeometry(ground));
    if (visible.isEmpty()) return;
    Coordinate at = visible.getInteriorPoint().getCoordinate();
    text.outline(pen, text.name(area), SIZES[rank], frame.x(at.x), frame.y(at.y))
        .filter(this::free)
        .ifPresent(outline -> PictureText.write(pen, outline, INK));
  }

  /** Takes the room of an outline, if all of it is inside and nobody has taken it. */
  private boolean free(Shape outline) {
    Rectangle2D box = outline.getBounds2D();
    Rectangle2D room =
        new Rectangle2D.Double(
            box.getX() - 4, box.getY() - 4, box.getWidth() + 8, box.getHeight() + 8);
    boolean inside = new Rectangle2D.Double(0, 0, frame.width(), frame.height()).contains(room);
    if (!inside || taken.stream().anyMatch(room::intersects)) return false;
    taken.add(room);
    return true;
  }

  private void furniture(List<String> notes) {
    double middle = frame.width() / 2.0;
    taken.add(new Rectangle2D.Double(middle - 12, frame.height() / 2.0 - 12, 24, 24));
    double beside = frame.width() - 24 - scaleBar();
    north();
    // In a small picture they stand above the scale, where all of the width is free.
    boolean narrow = beside < LEAST_NOTE_PIXELS;
    double room = narrow ? frame.width() - 12.0 : beside;
    double y = frame.height() - (narrow ? 34.0 : 8.0);
    for (String note : notes.reversed()) {
      note(note, y, room);
      y -= 15;
    }
  }

  /** Always there, however small: who looks must know what this is drawn from. */
  private void note(String words, double y, double room) {
    Optional<Shape> usual = text.outline(pen, words, NOTE_SIZE, 0, y);
    if (usual.isEmpty() || room <= 0) return;
    double wide = usual.get().getBounds2D().getWidth();
    float size = (float) (NOTE_SIZE * Math.min(1, room / wide));
    double middle = frame.width() - 6 - Math.min(wide, room) / 2;
    text.outline(pen, words, size, middle, y)
        .ifPresent(
            outline -> {
              PictureText.write(pen, outline, INK);
              taken.add(outline.getBounds2D());
            });
  }

  /**
   * The longest of 1, 2, 5, 10 … metres that takes less than a quarter of the width.
   *
   * @return where it ends
   */
  private double scaleBar() {
    double most = frame.width() / 4.0 * frame.metres();
    double ten = Math.pow(10, Math.floor(Math.log10(most)));
    double metres = most >= 5 * ten ? 5 * ten : most >= 2 * ten ? 2 * ten : ten;
    double wide = metres / frame.metres();
    double x = 12;
    double y = frame.height() - 12.0;
    Path2D bar = new Path2D.Double();
    bar.moveTo(x, y - 6);
    bar.lineTo(x, y);
    bar.lineTo(x + wide, y);
    bar.lineTo(x + wide, y - 6);
    pen.setColor(INK);
    pen.setStroke(new BasicStroke(1.6f));
    pen.draw(bar);
    String length =
        metres >= 1_000
            ? String.format(Locale.ROOT, "%.0f km", metres / 1_000)
            : String.format(Locale.ROOT, "%.0f m", metres);
    text.outline(pen, length, 11, x + wide / 2, y - 8)
        .ifPresent(outline -> PictureText.write(pen, outline, INK));
    taken.add(new Rectangle2D.Double(0, y - 24, x + wide + 8, 36));
    return x + wide + 8;
  }

  private void north() {
    double x = frame.width() - 20.0;
    Path2D arrow = new Path2D.Double();
    arrow.moveTo(x, 10);
    arrow.lineTo(x + 7, 30);
    arrow.lineTo(x, 25);
    arrow.lineTo(x - 7, 30);
    arrow.closePath();
    pen.setColor(INK);
    pen.fill(arrow);
    text.outline(pen, "N", 11, x, 43).ifPresent(o -> PictureText.write(pen, o, INK));
    taken.add(new Rectangle2D.Double(x - 14, 0, 34, 48));
  }

  private void pin() {
    double x = frame.width() / 2.0;
    double y = frame.height() / 2.0;
    pen.setColor(new Color(0x1f, 0x6f, 0xd6, 46));
    pen.fill(new Ellipse2D.Double(x - 15, y - 15, 30, 30));
    pen.setColor(PIN);
    pen.fill(new Ellipse2D.Double(x - 7, y - 7, 14, 14));
    pen.setColor(Color.WHITE);
    pen.setStroke(new BasicStroke(2.5f));
    pen.draw(new Ellipse2D.Double(x - 7, y - 7, 14, 14));
  }
}
