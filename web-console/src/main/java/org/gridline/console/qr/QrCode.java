package org.gridline.console.qr;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** One square code. Immutable. */
public final class QrCode {
  /** The quiet zone that readers need around it, in modules. */
  private static final int QUIET = 4;

  private static final int PIXELS_A_MODULE = 8;
  private static final int BLACK = 0xFF000000;
  private static final int WHITE = 0xFFFFFFFF;

  private final BitMatrix modules;

  private QrCode(BitMatrix modules) {
    this.modules = modules;
  }

  /** A quarter of it may be scratched off (level Q), since it hangs in the street. */
  public static QrCode of(String text) {
    try {
      return new QrCode(
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.Q,
                      EncodeHintType.MARGIN,
                      QUIET,
                      EncodeHintType.CHARACTER_SET,
                      "UTF-8")));
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a square code", e);
    }
  }

  /** One path of unit squares; {@code attributes} go into the opening tag as they are. */
  public String svg(String attributes) {
    StringBuilder path = new StringBuilder();
    int side = modules.getWidth();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        if (!modules.get(x, y)) continue;
        int from = x;
        while (x + 1 < side && modules.get(x + 1, y)) x++;
        path.append('M').append(from).append(' ').append(y).append('h').append(x - from + 1);
        path.append("v1H").append(from).append('z');
      }
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\" %s><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"%s\"/></svg>"
        .formatted(side, side, attributes, side, side, path);
  }

  public byte[] png() {
    int side = modules.getWidth() * PIXELS_A_MODULE;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < side; y++)
      for (int x = 0; x < side; x++)
        image.setRGB(x, y, modules.get(x / PIXELS_A_MODULE, y / PIXELS_A_MODULE) ? BLACK : WHITE);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
