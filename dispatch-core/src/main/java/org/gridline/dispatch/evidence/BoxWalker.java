package org.gridline.dispatch.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * MP4, QuickTime and their like (ISO/IEC 14496-12): boxes in boxes. Phones write where a film was
 * made into {@code udta}, {@code meta} and {@code uuid}; these become free space.
 */
final class BoxWalker implements Walker {
  private static final Set<String> OPENED = Set.of("moov", "trak");
  private static final Set<String> COVERED = Set.of("udta", "meta", "uuid", "XMP_");
  private static final byte[] FREE = "free".getBytes(StandardCharsets.ISO_8859_1);

  private final MediaType type;
  private final byte[] head = new byte[16];
  private final List<Cover> covers = new ArrayList<>();

  /** Where each opened box ends. */
  private final Deque<Long> ends = new ArrayDeque<>();

  private int headRead;
  private int headNeeded = 8;
  private long position;
  private long skipTo;
  private boolean toEnd;
  private boolean described;
  private boolean content;

  BoxWalker(MediaType type) {
    this.type = type;
  }

  @Override
  public void take(byte[] bytes) {
    int i = 0;
    while (i < bytes.length && !toEnd) {
      long here = position + i;
      if (here < skipTo) {
        i += (int) Math.min(skipTo - here, bytes.length - i);
        continue;
      }
      head[headRead++] = bytes[i++];
      if (headRead == headNeeded) open(position + i - headRead);
    }
    position += bytes.length;
  }

  private void open(long begin) {
    long size = number(0, 4);
    String box = Inspection.latin(head, 4, 4);
    if (size == 1 && headNeeded == 8) {
      headNeeded = 16;
      return;
    }
    long headLength = headNeeded;
    if (size == 1) size = number(8, 8);
    headRead = 0;
    headNeeded = 8;
    while (!ends.isEmpty() && begin >= ends.peek()) ends.pop();
    described |= box.equals("moov") || box.equals("moof");
    content |= box.equals("mdat");
    if (size == 0) {
      if (!ends.isEmpty() || COVERED.contains(box)) throw Inspection.damaged();
      toEnd = true;
      return;
    }
    long inside = ends.isEmpty() ? Long.MAX_VALUE : ends.peek();
    // A QuickTime user-data list may end with four zero bytes where a box could begin.
    if (size < headLength || begin + size < 0 || begin + size > inside) throw Inspection.damaged();
    if (OPENED.contains(box)) {
      if (ends.size() >= 4) throw Inspection.damaged();
      ends.push(begin + size);
      skipTo = begin + headLength;
      return;
    }
    skipTo = begin + size;
    if (COVERED.contains(box)) {
      covers.add(new Cover(begin + 4, 4, FREE));
      if (size > headLength) covers.add(Cover.zeros(begin + headLength, size - headLength));
    }
  }

  private long number(int at, int bytes) {
    long n = 0;
    for (int i = 0; i < bytes; i++) n = n << 8 | (head[at + i] & 0xFF);
    return n;
  }

  @Override
  public Finding end() {
    boolean whole = toEnd || (position >= skipTo && headRead == 0);
    if (!whole || !described || !content) throw Inspection.damaged();
    return Finding.without(type, covers);
  }
}
