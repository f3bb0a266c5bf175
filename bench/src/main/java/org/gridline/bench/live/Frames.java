package org.gridline.bench.live;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The compact messages of the feed, as docs/live.md describes them to clients. */
final class Frames {
  private static final int NEWS = 1;
  private static final int SNAPSHOT = 2;
  private static final int LAST_PART = 2;

  private static final int WHOLE = 0;
  private static final int GONE = 2;
  private static final int POSITION_BYTES = 8;

  /** Takes what a message tells. */
  interface Told {
    void ticket(long id, int version);

    /** A snapshot is complete. */
    void complete();
  }

  private Frames() {}

  /** Tickets of a message in its order; a heartbeat tells none. */
  static void read(ByteBuffer message, Told told) {
    int type = message.get();
    if (type != NEWS && type != SNAPSHOT) return;
    number(message);
    int part = type == SNAPSHOT ? message.get() : 0;
    while (message.hasRemaining()) {
      int form = message.get() & 3;
      long id = number(message);
      if (form == GONE) continue;
      int version = (int) number(message);
      for (int rest = 0; rest < 6; rest++) number(message);
      if (form == WHOLE) seldom(message);
      told.ticket(id, version);
    }
    if ((part & LAST_PART) != 0) told.complete();
  }

  /** A message with one update, as long as the real server's usually are. */
  static byte[] update(long ticket, int version) {
    ByteBuffer out = ByteBuffer.allocate(64);
    out.put((byte) NEWS);
    number(out, 1_000_000);
    out.put((byte) 1);
    number(out, ticket);
    number(out, version);
    for (long rest : new long[] {3, 5, 2, 7, 28_000_000, 10_000}) number(out, rest);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void number(ByteBuffer out, long number) {
    long rest = number;
    for (; rest > 0x7f; rest >>>= 7) out.put((byte) ((rest & 0x7f) | 0x80));
    out.put((byte) rest);
  }

  private static void seldom(ByteBuffer message) {
    int name = (int) number(message);
    message.position(message.position() + name);
    for (int rest = 0; rest < 5; rest++) number(message);
    if (message.get() == 1) message.position(message.position() + POSITION_BYTES);
  }

  private static long number(ByteBuffer message) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = message.get();
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) return number;
    }
  }
}
