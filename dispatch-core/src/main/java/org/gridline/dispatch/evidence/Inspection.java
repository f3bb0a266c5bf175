package org.gridline.dispatch.evidence;

import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/** Tells what a file is by its bytes, never by its name or by what its sender calls it. */
public final class Inspection {
  /** Enough to tell every kind that is known. */
  static final int LEAST_START = 16;

  private Inspection() {}

  /**
   * What a file that begins so is, and who walks through the rest of it.
   *
   * @param start the first bytes, all that there are up to some thousand
   * @throws Failure {@code attachment_refused}
   */
  static Opened open(byte[] start, int mostMegapixels) {
    MediaType type = type(start);
    return new Opened(
        type,
        switch (type) {
          case JPEG -> new JpegWalker(mostMegapixels);
          case PNG -> new PngWalker(mostMegapixels);
          case WEBP, WAV -> new RiffWalker(type, mostMegapixels);
          case MP4, QUICKTIME, THREE_GP, M4A -> new BoxWalker(type);
          case PDF, AAC, MP3, OGG, AMR -> new PlainWalker(type);
        });
  }

  /** A file that has begun. */
  record Opened(MediaType type, Walker walker) {}

  private static MediaType type(byte[] start) {
    if (starts(start, 0xFF, 0xD8, 0xFF)) return MediaType.JPEG;
    if (starts(start, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) return MediaType.PNG;
    if (text(start, 0, "RIFF") && text(start, 8, "WEBP")) return MediaType.WEBP;
    if (text(start, 0, "RIFF") && text(start, 8, "WAVE")) return MediaType.WAV;
    if (text(start, 4, "ftyp")) return brand(start);
    return plain(start).orElseThrow(Inspection::unknown);
  }

  private static Optional<MediaType> plain(byte[] start) {
    if (text(start, 0, "%PDF-1.") || text(start, 0, "%PDF-2.")) return Optional.of(MediaType.PDF);
    if (text(start, 0, "OggS") && start.length > 5 && start[4] == 0)
      return Optional.of(MediaType.OGG);
    if (text(start, 0, "#!AMR\n") || text(start, 0, "#!AMR-WB\n"))
      return Optional.of(MediaType.AMR);
    if (text(start, 0, "ID3") || AudioFrames.mp3(start)) return Optional.of(MediaType.MP3);
    if (AudioFrames.aac(start)) return Optional.of(MediaType.AAC);
    return Optional.empty();
  }

  private static MediaType brand(byte[] start) {
    String brand = start.length >= 12 ? latin(start, 8, 4) : "";
    return switch (brand) {
      case "M4A ", "M4B " -> MediaType.M4A;
      case "qt  " -> MediaType.QUICKTIME;
      case "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "MSNV", "M4V ", "dash" ->
          MediaType.MP4;
      case "heic", "heix", "heim", "heis", "mif1", "msf1", "avif", "hevc" ->
          throw refused(
              "请改传 JPEG（苹果手机：设置 → 相机 → 格式 → 兼容性最佳） · send a JPEG; on an iPhone: Settings,"
                  + " Camera, Formats, Most Compatible");
      default -> {
        if (brand.startsWith("3gp") || brand.startsWith("3g2")) yield MediaType.THREE_GP;
        throw unknown();
      }
    };
  }

  static Failure refused(String detail) {
    return new Failure(FailureCode.ATTACHMENT_REFUSED, detail);
  }

  static Failure damaged() {
    return refused("文件损坏或不完整 · the file is damaged or incomplete");
  }

  private static Failure unknown() {
    return refused(
        "只收 JPEG、PNG、WebP、PDF、MP4、MOV、3GP、M4A、AAC、MP3、WAV、OGG、AMR · only these kinds are"
            + " taken");
  }

  /**
   * Checks a picture before anybody decodes it.
   *
   * @throws Failure {@code attachment_refused}
   */
  static Finding.Size size(long width, long height, int mostMegapixels) {
    if (width < 1 || height < 1) throw damaged();
    if (width > 65_535 || height > 65_535 || width * height > mostMegapixels * 1_000_000L)
      throw refused("最多 " + mostMegapixels + " 百万像素 · at most " + mostMegapixels + " megapixels");
    return new Finding.Size((int) width, (int) height);
  }

  private static boolean starts(byte[] bytes, int... expected) {
    if (bytes.length < expected.length) return false;
    for (int i = 0; i < expected.length; i++) if ((bytes[i] & 0xFF) != expected[i]) return false;
    return true;
  }

  private static boolean text(byte[] bytes, int at, String expected) {
    return bytes.length >= at + expected.length()
        && latin(bytes, at, expected.length()).equals(expected);
  }

  static String latin(byte[] bytes, int at, int length) {
    return new String(bytes, at, length, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
