package org.gridline.dispatch.evidence;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Files as cameras and recorders make them, and as nobody should. */
public final class Photos {
  /** What a camera wrote; must not be found in what others download. */
  public static final String MAKER = "SECRETCAM-9000";

  private Photos() {}

  public static byte[] jpeg(int width, int height) {
    return picture(width, height, "jpeg");
  }

  public static byte[] png(int width, int height) {
    return picture(width, height, "png");
  }

  private static byte[] picture(int width, int height, String format) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      g.setColor(new Color(random.nextInt(1 << 24)));
      g.fillRect(random.nextInt(width), random.nextInt(height), width / 8 + 1, height / 8 + 1);
    }
    // The upper left corner tells which way is up.
    g.setColor(Color.RED);
    g.fillRect(0, 0, width / 2, height / 2);
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The photo with a camera's notes, and behind its end a film with its own. */
  public static byte[] withNotes(
      byte[] jpeg, double lon, double lat, String time, int orientation) {
    byte[] notes = notes(lon, lat, time, orientation);
    byte[] comment = ("taken by " + MAKER).getBytes(StandardCharsets.US_ASCII);
    byte[] film = ("ftypmp42 " + MAKER + " +32.1234+118.9876/").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(jpeg.length + notes.length + comment.length + film.length + 8);
    out.put(jpeg, 0, 2);
    out.putShort((short) 0xFFE1).putShort((short) (notes.length + 2)).put(notes);
    out.putShort((short) 0xFFFE).putShort((short) (comment.length + 2)).put(comment);
    return out.put(jpeg, 2, jpeg.length - 2).put(film).array();
  }

  /** A segment of EXIF 2.3 with maker, orientation, time with zone, and place. */
  static byte[] notes(double lon, double lat, String time, int orientation) {
    ByteBuffer b = ByteBuffer.allocate(400);
    b.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer t = ByteBuffer.allocate(394);
    t.putShort((short) 0x4D4D).putShort((short) 42).putInt(8);
    t.putShort((short) 4);
    entry(t, 0x010F, 2, MAKER.length() + 1, 120);
    entry(t, 0x0112, 3, 1, orientation << 16);
    entry(t, 0x8769, 4, 1, 160);
    entry(t, 0x8825, 4, 1, 240);
    t.putInt(0);
    t.position(120).put((MAKER + "\0").getBytes(StandardCharsets.US_ASCII));
    t.position(160);
    t.putShort((short) 2);
    entry(t, 0x9003, 2, 20, 200);
    entry(t, 0x9011, 2, 7, 222);
    t.putInt(0);
    t.position(200).put((time + "\0").getBytes(StandardCharsets.US_ASCII));
    t.position(222).put("+08:00\0".getBytes(StandardCharsets.US_ASCII));
    t.position(240);
    t.putShort((short) 4);
    entry(t, 1, 2, 2, (lat < 0 ? 'S' : 'N') << 24);
    entry(t, 2, 5, 3, 300);
    entry(t, 3, 2, 2, (lon < 0 ? 'W' : 'E') << 24);
    entry(t, 4, 5, 3, 330);
    t.putInt(0);
    t.position(300);
    degrees(t, Math.abs(lat));
    t.position(330);
    degrees(t, Math.abs(lon));
    return b.put(t.array()).array();
  }

  private static void entry(ByteBuffer t, int tag, int type, int count, int value) {
    t.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  private static void degrees(ByteBuffer t, double degrees) {
    int whole = (int) degrees;
    double minutes = (degrees - whole) * 60;
    double seconds = (minutes - (int) minutes) * 60;
    t.putInt(whole).putInt(1).putInt((int) minutes).putInt(1);
    t.putInt((int) Math.round(seconds * 10_000)).putInt(10_000);
  }

  /** A PNG of a few bytes that says it were so large, with sound checksums. */
  public static byte[] pngThatSays(int width, int height) {
    ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
    head.put(new byte[] {8, 2, 0, 0, 0});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    chunk(out, "IHDR", head.array());
    chunk(out, "IDAT", new byte[] {0x78, (byte) 0x9C, 3, 0, 0, 0, 0, 1});
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /** The same picture with a text and with notes of the place. */
  public static byte[] pngWithNotes(byte[] png, double lon, double lat) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, 33);
    chunk(out, "tEXt", ("Author\0" + MAKER).getBytes(StandardCharsets.US_ASCII));
    byte[] notes = notes(lon, lat, "2026:03:01 08:00:00", 1);
    chunk(out, "eXIf", java.util.Arrays.copyOfRange(notes, 6, notes.length));
    out.write(png, 33, png.length - 33);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /** A film whose phone wrote down where it was. */
  public static byte[] mp4(int soundBytes) {
    byte[] place = box("\u00A9xyz", "\0\0+32.1234+118.9876/".getBytes(StandardCharsets.US_ASCII));
    byte[] maker = MAKER.getBytes(StandardCharsets.US_ASCII);
    return join(
        box("ftyp", "isom\0\0\2\0isommp41".getBytes(StandardCharsets.ISO_8859_1)),
        box("mdat", new byte[soundBytes]),
        box(
            "moov",
            join(
                box("mvhd", new byte[100]),
                box("trak", join(box("tkhd", new byte[84]), box("meta", maker))),
                box("udta", place))));
  }

  static byte[] box(String type, byte[] content) {
    return ByteBuffer.allocate(content.length + 8)
        .putInt(content.length + 8)
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .put(content)
        .array();
  }

  /** A recording of so many bytes of noise. */
  public static byte[] wav(int bytes) {
    ByteBuffer b = ByteBuffer.allocate(44 + bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    b.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    b.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    b.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(8_000);
    b.putShort((short) 1).putShort((short) 8);
    b.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    byte[] noise = new byte[bytes];
    new Random(bytes).nextBytes(noise);
    return b.put(noise).array();
  }

  /** A lossless WebP's head with chunks of notes behind it. */
  static byte[] webp(int width, int height) {
    int bits = width - 1 | (height - 1) << 14;
    byte[] picture =
        ByteBuffer.allocate(10)
            .put((byte) 0x2F)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .putInt(bits)
            .array();
    byte[] notes = notes(118.9, 32.1, "2026:03:01 08:00:00", 1);
    byte[] body =
        join(
            "WEBP".getBytes(StandardCharsets.US_ASCII),
            riff("VP8L", picture),
            riff("EXIF", notes),
            riff("XMP ", MAKER.getBytes(StandardCharsets.US_ASCII)));
    return riff("RIFF", body);
  }

  private static byte[] riff(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length + (content.length & 1))
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .putInt(content.length)
        .put(content)
        .array();
  }

  public static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) out.writeBytes(piece);
    return out.toByteArray();
  }
}
