package org.gridline.dispatch.evidence;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.evidence.Finding.Shown;
import org.gridline.dispatch.evidence.Finding.Size;

/** PNG (W3C, third edition): every chunk that is not needed for showing it right is covered. */
final class PngWalker implements Walker {
  private static final int SIGNATURE = 8;
  private static final int MOST_NOTES = 1 << 16;
  private static final Set<String> SHOWING =
      Set.of(
          "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD",
          "pHYs");

  private final int mostMegapixels;
  private final byte[] head = new byte[8];
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final List<Cover> covers = new ArrayList<>();
  private int headRead = -SIGNATURE;
  private long position;
  private String type = "";
  private long length;
  private long left;
  private boolean data;
  private boolean ended;
  private long behindFrom;
  private Optional<Size> size = Optional.empty();
  private Exif exif = Exif.nothing();

  PngWalker(int mostMegapixels) {
    this.mostMegapixels = mostMegapixels;
  }

  @Override
  public void take(byte[] bytes) {
    int i = 0;
    while (i < bytes.length && !ended) {
      if (headRead < 0) {
        headRead++;
        i++;
      } else if (headRead < head.length) {
        head[headRead++] = bytes[i++];
        if (headRead == head.length) open(position + i);
      } else {
        int n = (int) Math.min(left, bytes.length - i);
        keep(bytes, i, n);
        left -= n;
        i += n;
        if (left == 0) close(position + i);
      }
    }
    position += bytes.length;
  }

  private void open(long next) {
    length = 0;
    for (int i = 0; i < 4; i++) length = length << 8 | (head[i] & 0xFF);
    type = Inspection.latin(head, 4, 4);
    boolean first = size.isEmpty() && next == SIGNATURE + head.length;
    if (length > Integer.MAX_VALUE || first != type.equals("IHDR") || !type.matches("[A-Za-z]{4}"))
      throw Inspection.damaged();
    if (first && length != 13) throw Inspection.damaged();
    left = length + 4;
    data |= type.equals("IDAT");
    kept.reset();
    if (length > 0 && !SHOWING.contains(type)) covers.add(Cover.zeros(next, length));
  }

  private void keep(byte[] bytes, int from, int n) {
    boolean wanted = type.equals("IHDR") || (type.equals("eXIf") && length <= MOST_NOTES);
    if (wanted) kept.write(bytes, from, n);
  }

  private void close(long next) {
    headRead = 0;
    switch (type) {
      case "IHDR" -> {
        byte[] h = kept.toByteArray();
        size = Optional.of(Inspection.size(number(h, 0), number(h, 4), mostMegapixels));
      }
      case "eXIf" -> exif = Exif.read(kept.toByteArray(), 0);
      case "IEND" -> {
        ended = true;
        behindFrom = next;
      }
      default -> {}
    }
  }

  private static long number(byte[] b, int at) {
    long n = 0;
    for (int i = 0; i < 4; i++) n = n << 8 | (b[at + i] & 0xFF);
    return n;
  }

  @Override
  public Finding end() {
    if (!ended || !data) throw Inspection.damaged();
    if (position > behindFrom) covers.add(Cover.zeros(behindFrom, position - behindFrom));
    return new Finding(
        MediaType.PNG, size, exif.orientation(), exif.stated(), Shown.BY_PREVIEW, covers);
  }
}
