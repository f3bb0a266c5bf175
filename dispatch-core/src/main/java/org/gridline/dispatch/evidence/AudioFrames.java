package org.gridline.dispatch.evidence;

/**
 * Recognises sound that has no file header: eleven set bits alone are found in anything, so two
 * frames must follow each other.
 */
final class AudioFrames {
  private static final int[] MPEG1_KBITS = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0
  };
  private static final int[] MPEG2_KBITS = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0
  };
  private static final int[] HERTZ = {44_100, 48_000, 32_000};

  private AudioFrames() {}

  /** MPEG-1, 2 or 2.5, layer III. */
  static boolean mp3(byte[] bytes) {
    int length = mp3Length(bytes, 0);
    return length > 0 && (bytes.length <= length + 4 || mp3Length(bytes, length) > 0);
  }

  private static int mp3Length(byte[] b, int at) {
    if (b.length < at + 4 || (b[at] & 0xFF) != 0xFF || (b[at + 1] & 0xE6) != 0xE2) return -1;
    int version = (b[at + 1] >> 3) & 3;
    int rate = (b[at + 2] >> 4) & 15;
    int sampling = (b[at + 2] >> 2) & 3;
    if (version == 1 || rate == 0 || rate == 15 || sampling == 3) return -1;
    int hertz = HERTZ[sampling] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    int kbits = version == 3 ? MPEG1_KBITS[rate] : MPEG2_KBITS[rate];
    return (version == 3 ? 144 : 72) * kbits * 1000 / hertz + ((b[at + 2] >> 1) & 1);
  }

  /** AAC in ADTS frames. */
  static boolean aac(byte[] bytes) {
    int length = aacLength(bytes, 0);
    return length > 7 && (bytes.length <= length + 7 || aacLength(bytes, length) > 7);
  }

  private static int aacLength(byte[] b, int at) {
    if (b.length < at + 7 || (b[at] & 0xFF) != 0xFF || (b[at + 1] & 0xF6) != 0xF0) return -1;
    if (((b[at + 2] >> 2) & 15) > 12) return -1;
    return ((b[at + 3] & 3) << 11) | ((b[at + 4] & 0xFF) << 3) | ((b[at + 5] & 0xFF) >> 5);
  }
}
