package org.gridline.dispatch.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The append-only file of anchors. A line is: time, epoch, block, last position, mac; another
 * epoch's lines speak of another log. Whoever keeps a line elsewhere, in a report for example, can
 * hold it against the log too. Thread-safe.
 */
final class AnchorFile {
  private static final Pattern IN_TEXT =
      Pattern.compile("[0-9T:.Z-]{10,40} [0-9a-f-]{1,40} \\d{1,18} \\d{1,18} [0-9a-f]{64}");

  private static final Pattern LINE = Pattern.compile("\\S+ \\S+ \\d{1,18} \\d{1,18} [0-9a-f]{64}");

  private final Path file;
  private final AesGcmCipher cipher;

  AnchorFile(Path file, AesGcmCipher cipher) {
    this.file = file;
    this.cipher = cipher;
  }

  /** Writes down that the log ended with that block; on the disk when it returns. */
  void append(Instant now, String epoch, long block, long seq, byte[] hash) {
    try {
      Files.writeString(
          file,
          now + " " + epoch + " " + block + " " + seq + " " + mac(epoch, block, hash) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String mac(String epoch, long block, byte[] hash) {
    return HexFormat.of()
        .formatHex(cipher.anchor(epoch + " " + block + " " + HexFormat.of().formatHex(hash)));
  }

  /** What this node wrote down so far. */
  Lines lines() {
    try {
      return of(Files.exists(file) ? Files.readAllLines(file) : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, with the lines that reports of other days repeat, wherever in them they stand. */
  Lines lines(List<Path> reports) {
    try {
      List<String> all = new ArrayList<>(lines().anchors());
      for (Path report : reports) {
        Matcher anchor = IN_TEXT.matcher(Files.readString(report));
        while (anchor.find()) all.add(anchor.group());
      }
      return of(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Lines of(List<String> all) {
    // A line that a crash cut short proves nothing, and is no lie either.
    return new Lines(all.stream().filter(line -> LINE.matcher(line).matches()).toList());
  }

  /** The newest line that this node wrote, for a report that somebody keeps; empty before. */
  Optional<String> newest() {
    return lines().anchors().reversed().stream().findFirst();
  }

  /** Anchors, oldest first. */
  final class Lines {
    private final List<String> anchors;

    private Lines(List<String> anchors) {
      this.anchors = List.copyOf(anchors);
    }

    private List<String> anchors() {
      return anchors;
    }

    /** Those of one log. */
    Written of(String epoch) {
      Map<Long, Set<String>> macs = new TreeMap<>();
      long others = 0;
      for (String line : anchors) {
        String[] parts = line.split(" ", -1);
        if (parts[1].equals(epoch)) {
          macs.computeIfAbsent(Long.parseLong(parts[2]), b -> new HashSet<>()).add(parts[4]);
        } else {
          others++;
        }
      }
      return new Written(macs, epoch, others);
    }
  }

  /** The anchors of one log. */
  final class Written {
    private final Map<Long, Set<String>> macs;
    private final String epoch;
    private final long others;

    private Written(Map<Long, Set<String>> macs, String epoch, long others) {
      this.macs = macs;
      this.epoch = epoch;
      this.others = others;
    }

    /** Whether this block was anchored with another hash. */
    boolean contradicts(long block, byte[] hash) {
      Set<String> expected = macs.getOrDefault(block, Set.of());
      return !expected.isEmpty() && !expected.equals(Set.of(mac(epoch, block, hash)));
    }

    /** The last block that was anchored; empty when none was. */
    Optional<Long> last() {
      return macs.keySet().stream().reduce((a, b) -> b);
    }

    /** How many speak of another log. */
    long otherLogs() {
      return others;
    }
  }
}
