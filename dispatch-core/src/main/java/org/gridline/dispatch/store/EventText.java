package org.gridline.dispatch.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A buffer for the text that an event's hash covers, written without making strings, and its
 * digest. Used by one thread.
 */
final class EventText {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest digest = sha256();
  private byte[] bytes = new byte[4_096];
  private int size;

  EventText begin(byte[] firstLine) {
    size = 0;
    return add(firstLine, 0, firstLine.length).end();
  }

  EventText add(byte[] from, int at, int length) {
    room(length);
    System.arraycopy(from, at, bytes, size, length);
    size += length;
    return this;
  }

  /** A number in decimal. */
  EventText add(long number) {
    room(20);
    if (number == Long.MIN_VALUE) {
      byte[] least = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
      return add(least, 0, least.length);
    }
    long rest = Math.abs(number);
    int digits = 1;
    for (long r = rest; r >= 10; r /= 10) digits++;
    if (number < 0) bytes[size++] = '-';
    for (int i = size + digits - 1; i >= size; i--, rest /= 10) {
      bytes[i] = (byte) ('0' + rest % 10);
    }
    size += digits;
    return this;
  }

  EventText hex(byte[] from, int at, int length) {
    room(2 * length);
    for (int i = at; i < at + length; i++) {
      bytes[size++] = DIGITS[from[i] >> 4 & 15];
      bytes[size++] = DIGITS[from[i] & 15];
    }
    return this;
  }

  /** The end of a field. */
  EventText end() {
    room(1);
    bytes[size++] = '\n';
    return this;
  }

  byte[] sum() {
    digest.update(bytes, 0, size);
    return digest.digest();
  }

  private void room(int more) {
    if (size + more > bytes.length) bytes = Arrays.copyOf(bytes, 2 * (size + more));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
