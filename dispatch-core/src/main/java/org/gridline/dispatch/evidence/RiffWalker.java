package org.gridline.dispatch.evidence;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.evidence.Finding.Shown;
import org.gridline.dispatch.evidence.Finding.Size;

/** WebP pictures and WAV recordings: both are RIFF files, chunks behind chunks. */
final class RiffWalker implements Walker {
  private static final int MOST_NOTES = 1 << 16;
  private static final Set<String> SHOWING =
      Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "fmt ", "data", "fact");

  private final MediaType type;
  private final int mostMegapixels;
  private final byte[] head = new byte[8];
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final List<Cover> covers = new ArrayList<>();
  private int headRead;
  private boolean outer = true;
  private long position;
  private long promised;
  private String chunk = "";
  private long length;
  private long left;
  private boolean content;
  private Optional<Size> size = Optional.empty();
  private Exif exif = Exif.nothing();

  RiffWalker(MediaType type, int mostMegapixels) {
    this.type = type;
    this.mostMegapixels = mostMegapixels;
  }

  @Override
  public void take(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      if (headRead < head.length) {
        head[headRead++] = bytes[i++];
        if (headRead == head.length) open(position + i);
      } else {
        int n = (int) Math.min(left, bytes.length - i);
        keep(bytes, i, n);
        left -= n;
        i += n;
        if (left == 0) close();
      }
    }
    position += bytes.length;
  }

  private void open(long next) {
    long stated = 0;
    for (int i = 7; i >= 4; i--) stated = stated << 8 | (head[i] & 0xFF);
    if (outer) {
      promised = stated + 8;
      outer = false;
      chunk = "WEBP";
      left = 4;
      length = 4;
      return;
    }
    chunk = Inspection.latin(head, 0, 4);
    length = stated;
    left = stated + (stated & 1);
    kept.reset();
    content |= chunk.equals("data") || chunk.equals("VP8 ") || chunk.equals("VP8L");
    content |= chunk.equals("ANMF");
    boolean behind = type == MediaType.WEBP && next > promised;
    if (length > 0 && (behind || !SHOWING.contains(chunk))) covers.add(Cover.zeros(next, length));
    if (left == 0) headRead = 0;
  }

  private void keep(byte[] bytes, int from, int n) {
    int most = chunk.equals("EXIF") ? MOST_NOTES : 10;
    kept.write(bytes, from, Math.min(n, Math.max(0, most - kept.size())));
  }

  private void close() {
    headRead = 0;
    byte[] b = kept.toByteArray();
    switch (chunk) {
      case "VP8X" -> set(b, 10, 1 + three(b, 4), 1 + three(b, 7));
      case "VP8L" -> {
        // A mark, then 14 bits of each, counted from one.
        long bits = three(b, 1) | (b.length > 4 ? ((b[4] & 0xFFL) << 24) : 0);
        set(b, 5, 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
      }
      case "VP8 " -> set(b, 10, two(b, 6) & 0x3FFF, two(b, 8) & 0x3FFF);
      case "EXIF" -> exif = Exif.read(b, Exif.marks(b) ? Exif.MARK.length : 0);
      default -> {}
    }
  }

  /** The first one that tells it tells the whole canvas. */
  private void set(byte[] b, int least, long width, long height) {
    if (b.length < least) throw Inspection.damaged();
    Size told = Inspection.size(width, height, mostMegapixels);
    if (size.isEmpty()) size = Optional.of(told);
  }

  private static int two(byte[] b, int at) {
    return b.length > at + 1 ? (b[at] & 0xFF) | ((b[at + 1] & 0xFF) << 8) : 0;
  }

  private static int three(byte[] b, int at) {
    return b.length > at + 2 ? two(b, at) | ((b[at + 2] & 0xFF) << 16) : 0;
  }

  @Override
  public Finding end() {
    // A recorder that was switched off leaves the lengths of a WAV wrong; the sound is there.
    boolean whole = type == MediaType.WAV || (position >= promised && size.isPresent());
    if (!content || !whole) throw Inspection.damaged();
    return new Finding(
        type,
        type == MediaType.WEBP ? size : Optional.empty(),
        exif.orientation(),
        exif.stated(),
        Shown.BY_DOWNLOAD,
        covers.stream().filter(c -> c.at() < position).map(this::withinFile).toList());
  }

  private Cover withinFile(Cover cover) {
    return Cover.zeros(cover.at(), Math.min(cover.length(), position - cover.at()));
  }
}
