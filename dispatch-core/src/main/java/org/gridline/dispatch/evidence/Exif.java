package org.gridline.dispatch.evidence;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import org.gridline.gis.position.Position;

/**
 * The few things that matter of a camera's notes (CIPA DC-008). Reads untrusted bytes: every offset
 * is checked, nothing is followed twice, and what can't be read is as if it were not there.
 */
record Exif(Stated stated, int orientation) {
  /** What stands before the notes in a JPEG segment. */
  static final byte[] MARK = {'E', 'x', 'i', 'f', 0, 0};

  private static final int MOST_ENTRIES = 500;
  private static final int ORIENTATION = 0x0112;
  private static final int EXIF_DIRECTORY = 0x8769;
  private static final int GPS_DIRECTORY = 0x8825;
  private static final int TAKEN = 0x9003;
  private static final int OFFSET_TAKEN = 0x9011;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  static Exif nothing() {
    return new Exif(Stated.nothing(), 1);
  }

  static boolean marks(byte[] segment) {
    if (segment.length < MARK.length) return false;
    for (int i = 0; i < MARK.length; i++) if (segment[i] != MARK[i]) return false;
    return true;
  }

  /** Reads notes that begin there, as a TIFF header does. */
  static Exif read(byte[] bytes, int from) {
    try {
      ByteBuffer notes = ByteBuffer.wrap(bytes, from, bytes.length - from).slice();
      int order = notes.getShort(0) & 0xFFFF;
      if (order == 0x4949) notes.order(ByteOrder.LITTLE_ENDIAN);
      else if (order != 0x4D4D) return nothing();
      if (notes.getShort(2) != 42) return nothing();
      return read(notes);
    } catch (IndexOutOfBoundsException | BufferUnderflowException beyond) {
      return nothing();
    }
  }

  private static Exif read(ByteBuffer notes) {
    int first = notes.getInt(4);
    int orientation =
        Entry.find(notes, first, ORIENTATION).map(e -> e.whole(notes)).orElse(1L).intValue();
    Optional<Integer> exif = directory(notes, first, EXIF_DIRECTORY);
    Optional<LocalDateTime> taken =
        exif.flatMap(d -> Entry.find(notes, d, TAKEN))
            .flatMap(e -> e.text(notes))
            .flatMap(Exif::time);
    Optional<ZoneOffset> offset =
        exif.flatMap(d -> Entry.find(notes, d, OFFSET_TAKEN))
            .flatMap(e -> e.text(notes))
            .flatMap(Exif::offset);
    Optional<Position> position =
        directory(notes, first, GPS_DIRECTORY).flatMap(d -> position(notes, d));
    return new Exif(
        new Stated(taken, taken.flatMap(t -> offset), position),
        orientation >= 1 && orientation <= 8 ? orientation : 1);
  }

  private static Optional<Integer> directory(ByteBuffer notes, int first, int tag) {
    return Entry.find(notes, first, tag).map(e -> (int) e.whole(notes));
  }

  private static Optional<LocalDateTime> time(String text) {
    try {
      LocalDateTime time = LocalDateTime.parse(text, TIME);
      return time.getYear() >= 1990 && time.getYear() < 2200 ? Optional.of(time) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<ZoneOffset> offset(String text) {
    try {
      return Optional.of(ZoneOffset.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Position> position(ByteBuffer notes, int directory) {
    Optional<Double> lat = degrees(notes, directory, 1, "S");
    Optional<Double> lon = degrees(notes, directory, 3, "W");
    if (lat.isEmpty() || lon.isEmpty()) return Optional.empty();
    // A receiver without a fix writes zeros.
    if (lat.get() == 0 && lon.get() == 0) return Optional.empty();
    try {
      return Optional.of(new Position(lon.get(), lat.get()));
    } catch (IllegalArgumentException offEarth) {
      return Optional.empty();
    }
  }

  private static Optional<Double> degrees(
      ByteBuffer notes, int directory, int tag, String negative) {
    Optional<String> half = Entry.find(notes, directory, tag).flatMap(e -> e.text(notes));
    return Entry.find(notes, directory, tag + 1)
        .flatMap(e -> e.sexagesimal(notes))
        .map(d -> half.filter(negative::equals).isPresent() ? -d : d);
  }

  /** A segment of notes that tells which way is up and nothing else; empty when it is upright. */
  byte[] orientationAlone() {
    if (orientation == 1) return new byte[0];
    return new byte[] {
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
  }

  /** One entry of a directory. */
  private record Entry(int type, int count, int at) {
    static Optional<Entry> find(ByteBuffer notes, int directory, int tag) {
      if (directory < 8 || directory > notes.limit() - 2) return Optional.empty();
      int entries = Math.min(notes.getShort(directory) & 0xFFFF, MOST_ENTRIES);
      for (int i = 0; i < entries; i++) {
        int at = directory + 2 + 12 * i;
        if (at > notes.limit() - 12) return Optional.empty();
        if ((notes.getShort(at) & 0xFFFF) == tag)
          return Optional.of(new Entry(notes.getShort(at + 2), notes.getInt(at + 4), at + 8));
      }
      return Optional.empty();
    }

    /** A number, or an offset; 0 for anything else. */
    long whole(ByteBuffer notes) {
      return switch (type) {
        case 3 -> notes.getShort(at) & 0xFFFF;
        case 4 -> notes.getInt(at) & 0xFFFFFFFFL;
        default -> 0;
      };
    }

    Optional<String> text(ByteBuffer notes) {
      if (type != 2 || count < 1 || count > 64) return Optional.empty();
      int from = count <= 4 ? at : notes.getInt(at);
      if (from < 0 || from > notes.limit() - count) return Optional.empty();
      byte[] text = new byte[count];
      notes.get(from, text);
      return Optional.of(new String(text, StandardCharsets.US_ASCII).replace("\0", "").strip());
    }

    /** Degrees, minutes and seconds as three fractions. */
    Optional<Double> sexagesimal(ByteBuffer notes) {
      if (type != 5 || count != 3) return Optional.empty();
      int from = notes.getInt(at);
      if (from < 0 || from > notes.limit() - 24) return Optional.empty();
      double sum = 0;
      for (int i = 0, unit = 1; i < 3; i++, unit *= 60) {
        long above = notes.getInt(from + 8 * i) & 0xFFFFFFFFL;
        long below = notes.getInt(from + 8 * i + 4) & 0xFFFFFFFFL;
        if (below == 0) return Optional.empty();
        sum += (double) above / below / unit;
      }
      return Optional.of(sum);
    }
  }
}
