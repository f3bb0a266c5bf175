package org.gridline.dispatch.evidence;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.evidence.Finding.Shown;
import org.gridline.dispatch.evidence.Finding.Size;

/**
 * JPEG (ISO/IEC 10918-1). Covered are all application segments but those that a picture needs to be
 * shown right, comments, and whatever stands behind the picture's end, where phones put films with
 * their own position.
 */
final class JpegWalker implements Walker {
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COM = 0xFE;

  /** Java's decoder keeps all coefficients of a progressive picture, some 6 bytes a pixel. */
  private static final long MOST_PROGRESSIVE = 24_000_000;

  private enum At {
    MARK,
    CODE,
    LENGTH_HIGH,
    LENGTH_LOW,
    SEGMENT,
    SCAN,
    SCAN_MARK,
    BEHIND
  }

  private final int mostMegapixels;
  private final ByteArrayOutputStream segment = new ByteArrayOutputStream();
  private final List<Cover> covers = new ArrayList<>();
  private At at = At.MARK;
  private long position;
  private int code;
  private int length;
  private int left;
  private long behindFrom;
  private Optional<Size> size = Optional.empty();
  private boolean common = true;
  private boolean scanned;
  private Exif exif = Exif.nothing();

  JpegWalker(int mostMegapixels) {
    this.mostMegapixels = mostMegapixels;
  }

  @Override
  public void take(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      int b = bytes[i] & 0xFF;
      switch (at) {
        case MARK -> {
          if (b != 0xFF) throw Inspection.damaged();
          at = At.CODE;
          i++;
        }
        case CODE -> {
          i++;
          // Any marker may be preceded by fill bytes.
          if (b != 0xFF) begin(b, i);
        }
        case LENGTH_HIGH -> {
          length = b << 8;
          at = At.LENGTH_LOW;
          i++;
        }
        case LENGTH_LOW -> {
          length |= b;
          i++;
          if (length < 2) throw Inspection.damaged();
          left = length - 2;
          segment.reset();
          at = At.SEGMENT;
          if (left == 0) close(i);
        }
        case SEGMENT -> {
          int n = Math.min(left, bytes.length - i);
          segment.write(bytes, i, n);
          left -= n;
          i += n;
          if (left == 0) close(i);
        }
        case SCAN -> {
          while (i < bytes.length && bytes[i] != (byte) 0xFF) i++;
          if (i < bytes.length) {
            at = At.SCAN_MARK;
            i++;
          }
        }
        case SCAN_MARK -> {
          i++;
          if (b == 0xFF) continue;
          if (b == 0 || (b >= 0xD0 && b <= 0xD7)) at = At.SCAN;
          else begin(b, i);
        }
        case BEHIND -> i = bytes.length;
      }
    }
    position += bytes.length;
  }

  private void begin(int marker, int next) {
    code = marker;
    if (marker == SOI) {
      if (position + next != 2) throw Inspection.damaged();
      at = At.MARK;
    } else if (marker == EOI) {
      if (!scanned) throw Inspection.damaged();
      at = At.BEHIND;
      behindFrom = position + next;
    } else if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD7)) {
      throw Inspection.damaged();
    } else {
      at = At.LENGTH_HIGH;
    }
  }

  /** A segment is whole. */
  private void close(int next) {
    byte[] data = segment.toByteArray();
    long end = position + next;
    if (frame(code)) frame(data);
    if (code == APP1 && Exif.marks(data)) exif = Exif.read(data, Exif.MARK.length);
    if (!kept(code, data) && data.length > 0) covers.add(cover(data, end - data.length));
    if (code == SOS) {
      if (size.isEmpty()) throw Inspection.damaged();
      scanned = true;
      at = At.SCAN;
    } else {
      at = At.MARK;
    }
  }

  private Cover cover(byte[] data, long from) {
    byte[] upright = code == APP1 && Exif.marks(data) ? exif.orientationAlone() : new byte[0];
    return new Cover(from, data.length, upright.length <= data.length ? upright : new byte[0]);
  }

  private static boolean frame(int code) {
    return code >= 0xC0 && code <= 0xCF && code != 0xC4 && code != 0xC8 && code != 0xCC;
  }

  private void frame(byte[] data) {
    if (data.length < 6) throw Inspection.damaged();
    int height = (data[1] & 0xFF) << 8 | (data[2] & 0xFF);
    int width = (data[3] & 0xFF) << 8 | (data[4] & 0xFF);
    size = Optional.of(Inspection.size(width, height, mostMegapixels));
    boolean progressive = code == 0xC2;
    common =
        code == 0xC0 || code == 0xC1 || (progressive && (long) width * height <= MOST_PROGRESSIVE);
  }

  private static boolean kept(int code, byte[] data) {
    return switch (code) {
      case APP0 -> starts(data, "JFIF\0");
      case APP2 -> starts(data, "ICC_PROFILE\0");
      case APP14 -> starts(data, "Adobe");
      default -> code != COM && (code < APP0 || code > APP15);
    };
  }

  private static boolean starts(byte[] data, String text) {
    return data.length >= text.length() && Inspection.latin(data, 0, text.length()).equals(text);
  }

  @Override
  public Finding end() {
    if (at != At.BEHIND) throw Inspection.damaged();
    if (position > behindFrom) covers.add(Cover.zeros(behindFrom, position - behindFrom));
    return new Finding(
        MediaType.JPEG,
        size,
        exif.orientation(),
        exif.stated(),
        common ? Shown.BY_PREVIEW : Shown.BY_DOWNLOAD,
        covers);
  }
}
