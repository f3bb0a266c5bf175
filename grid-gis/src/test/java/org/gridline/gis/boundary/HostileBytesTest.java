package org.gridline.gis.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Sound files with random damage, thousands a format: nothing but a refusal may come out, none may
 * take long or more memory than its size explains. Seeded, so that a failure can be looked at: it
 * names its round. {@code -Dgridline.fuzz.rounds=1000000} looks longer.
 */
class HostileBytesTest {
  private static final int ROUNDS = Integer.getInteger("gridline.fuzz.rounds", 1_000);
  private static final long MAX_NANOS = 20_000_000_000L;

  /** Of a file of a few kilobytes; libraries warm up in the first rounds. */
  private static final long MAX_BYTES = 48L << 20;

  private static final int WARM_UP = 200;

  private static final byte[] SPICE =
      "[]{}\",:eE-.09NaP\u0000\u007f\u0080\u00ff"
          .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

  @Test
  void geoJson() {
    throwAt(FuzzTargets::geoJson, FuzzTargets.geoJsonSeed(), 11);
  }

  @Test
  void shapefiles() {
    throwAt(FuzzTargets::shapefile, FuzzTargets.shapefileSeed(), 12);
  }

  @Test
  void zips() {
    throwAt(FuzzTargets::zip, FuzzTargets.zipSeed(), 13);
  }

  @Test
  void geoPackages() {
    throwAt(FuzzTargets::geoPackage, FuzzTargets.geoPackageSeed(), 14);
  }

  private static void throwAt(Consumer<byte[]> reader, byte[] sound, int seed) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    reader.accept(sound);
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(1_000_003L * seed + round);
      byte[] bytes = damaged(sound, random);
      long before = threads.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      try {
        reader.accept(bytes);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("round " + round, e);
      }
      assertThat(System.nanoTime() - begun).as("ns of round %d", round).isLessThan(MAX_NANOS);
      if (round > WARM_UP) {
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
            .as("bytes of round %d", round)
            .isLessThan(MAX_BYTES);
      }
    }
  }

  private static byte[] damaged(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int blow = random.nextInt(6); blow >= 0; blow--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(8)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = SPICE[random.nextInt(SPICE.length)];
        case 3 -> {
          int length = Math.min(random.nextInt(16), bytes.length - at);
          java.util.Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0 : 255));
        }
        case 4 -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(64), bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, length);
        }
        case 5 -> bytes = java.util.Arrays.copyOf(bytes, Math.max(1, at));
        case 6 -> bytes = longer(bytes, at, random);
        default -> {
          if (at + 4 <= bytes.length) {
            java.nio.ByteBuffer.wrap(bytes).putInt(at, random.nextInt());
          }
        }
      }
    }
    return bytes;
  }

  /** A piece twice. */
  private static byte[] longer(byte[] bytes, int at, Random random) {
    int length = Math.min(random.nextInt(200), bytes.length - at);
    byte[] longer = new byte[bytes.length + length];
    System.arraycopy(bytes, 0, longer, 0, at + length);
    System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
    return longer;
  }
}
