package org.gridline.dispatch.people;

/** RFC 4648 without padding, as authenticator programs read secrets. */
final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;
  private static final int MASK = 31;

  private Base32() {}

  static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte b : bytes) {
      held = (held << Byte.SIZE) | (b & 0xFF);
      bits += Byte.SIZE;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(ALPHABET.charAt((held >> bits) & MASK));
      }
    }
    if (bits > 0) text.append(ALPHABET.charAt((held << (BITS - bits)) & MASK));
    return text.toString();
  }
}
