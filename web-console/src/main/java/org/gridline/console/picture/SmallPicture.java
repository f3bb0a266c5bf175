package org.gridline.console.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.IntFunction;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.evidence.Piece;

/** A photo drawn anew: small, upright, opaque, and without a word about where it was taken. */
public final class SmallPicture {
  private static final float QUALITY = 0.85f;

  private SmallPicture() {}

  /** The decoder can't make a picture of it. */
  public static final class NoPicture extends RuntimeException {
    NoPicture(String why) {
      super(why);
    }
  }

  /**
   * @param parts gives a photo's n-th part
   * @param longest of its sides, in pixels
   * @return a JPEG
   * @throws NoPicture when it can't be decoded
   */
  public static byte[] draw(Piece piece, IntFunction<byte[]> parts, int longest) {
    try (ImageInputStream in = new PartsStream(piece.bytes(), parts)) {
      BufferedImage rough = read(in, piece.type().mime(), longest);
      return jpeg(upright(rough, piece.finding().orientation(), longest));
    } catch (Failure databaseAway) {
      throw databaseAway;
    } catch (IOException | RuntimeException damaged) {
      // The decoder throws whatever it likes on bytes from outside.
      throw new NoPicture(damaged.getClass().getSimpleName());
    }
  }

  /** Every n-th pixel only, so that a large photo takes no more memory than a small one. */
  private static BufferedImage read(ImageInputStream in, String mime, int longest)
      throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(mime);
    if (!readers.hasNext()) throw new NoPicture("no reader");
    ImageReader reader = readers.next();
    try {
      reader.setInput(in, true, true);
      int side = Math.max(reader.getWidth(0), reader.getHeight(0));
      int every = Math.max(1, side / longest);
      ImageReadParam how = reader.getDefaultReadParam();
      how.setSourceSubsampling(every, every, 0, 0);
      return reader.read(0, how);
    } finally {
      reader.dispose();
    }
  }

  private static BufferedImage upright(BufferedImage rough, int orientation, int longest) {
    double scale = Math.min(1, (double) longest / Math.max(rough.getWidth(), rough.getHeight()));
    double width = rough.getWidth() * scale;
    double height = rough.getHeight() * scale;
    boolean turned = orientation >= 5;
    int across = Math.max(1, (int) Math.round(turned ? height : width));
    int down = Math.max(1, (int) Math.round(turned ? width : height));
    BufferedImage small = new BufferedImage(across, down, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = small.createGraphics();
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, across, down);
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      AffineTransform how = turn(orientation, across, down);
      how.scale(scale, scale);
      g.drawImage(rough, how, null);
    } finally {
      g.dispose();
    }
    return small;
  }

  /** The eight ways in which a camera may have been held (EXIF, Orientation). */
  private static AffineTransform turn(int orientation, int across, int down) {
    return switch (orientation) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, across, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, across, down);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, down);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, across, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, across, down);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, down);
      default -> new AffineTransform();
    };
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
