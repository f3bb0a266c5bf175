package org.gridline.hotline.call;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that exchanges sign with: {@code telephony.key} among the secrets, one key a line in
 * hexadecimal, {@code #} for remarks. Any of them is accepted, the first one signs; so a key is
 * changed by adding the new one, telling the exchange, and taking the old one out. The file is read
 * again when it has changed. Thread-safe.
 */
public final class TelephonyKeys {
  private static final int KEY_BYTES = 32;
  private static final int MOST_KEYS = 8;
  private static final Logger LOG = LoggerFactory.getLogger(TelephonyKeys.class);

  private final Path file;
  private volatile Read read;

  private record Read(FileTime changed, List<byte[]> keys) {}

  private TelephonyKeys(Path file) throws IOException {
    this.file = file;
    this.read = read(file);
  }

  /** Reads the keys of an installation, or makes the first one. */
  public static TelephonyKeys open(Path secrets) {
    Path file = secrets.resolve("telephony.key");
    try {
      if (!Files.exists(file)) make(file, secrets);
      return new TelephonyKeys(file);
    } catch (IOException e) {
      throw new IllegalStateException("can't read or make " + file.getFileName(), e);
    }
  }

  /**
   * The keys of an installation that is there already.
   *
   * @throws IllegalStateException when it has none
   */
  public static TelephonyKeys read(Path secrets, String missing) {
    if (!Files.isReadable(secrets.resolve("telephony.key"))) {
      throw new IllegalStateException(missing);
    }
    return open(secrets);
  }

  /** The keys that hold now, at least one. */
  public List<byte[]> keys() {
    try {
      if (!Files.getLastModifiedTime(file).equals(read.changed())) read = read(file);
    } catch (IOException | IllegalStateException e) {
      // Half-way through an edit: what held a moment ago holds until the file is whole.
      LOG.warn("the keys of the telephone exchange are not readable, the old ones stay");
    }
    return read.keys();
  }

  private static void make(Path file, Path secrets) throws IOException {
    Files.createDirectories(secrets);
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    Path part =
        Files.createTempFile(
            secrets,
            "telephony",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, HexFormat.of().formatHex(fresh) + "\n");
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Read read(Path file) throws IOException {
    FileTime changed = Files.getLastModifiedTime(file);
    List<byte[]> keys =
        Files.readAllLines(file, StandardCharsets.UTF_8).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(line -> key(file, line))
            .toList();
    if (keys.isEmpty() || keys.size() > MOST_KEYS) throw damaged(file);
    return new Read(changed, keys);
  }

  private static byte[] key(Path file, String line) {
    try {
      byte[] key = HexFormat.of().parseHex(line);
      if (key.length == KEY_BYTES) return key;
    } catch (IllegalArgumentException e) {
      // The line itself is a secret, or nearly one: neither it nor the cause is told.
      throw damaged(file);
    }
    throw damaged(file);
  }

  private static IllegalStateException damaged(Path file) {
    return new IllegalStateException(
        file.getFileName() + " holds 1 to " + MOST_KEYS + " keys, a line of 64 hex digits each");
  }
}
