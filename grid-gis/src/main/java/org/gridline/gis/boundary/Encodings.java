package org.gridline.gis.boundary;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/** The encodings of attribute tables. */
final class Encodings {
  /** Holds all of GBK and GB 2312. */
  static final Charset GB18030 = Charset.forName("GB18030");

  private Encodings() {}

  /** What a .cpg file names: a name, or the number of a Windows code page. */
  static Optional<Charset> find(String cpg) {
    String name = cpg.strip().toUpperCase(Locale.ROOT);
    if (name.startsWith("\uFEFF")) {
      name = name.substring(1);
    }
    name = name.replaceFirst("^(ANSI|CP|WINDOWS-|OEM)\\s*(?=\\d)", "");
    return switch (name) {
      case "65001", "UTF8", "UTF-8" -> Optional.of(StandardCharsets.UTF_8);
      case "936", "GBK", "GB2312", "EUC-CN", "54936", "GB18030" -> Optional.of(GB18030);
      case "950", "BIG5" -> Optional.of(Charset.forName("Big5"));
      case "1252", "88591", "8859_1", "ISO-8859-1", "ISO 88591" ->
          Optional.of(Charset.forName("windows-1252"));
      default -> byName(name);
    };
  }

  private static Optional<Charset> byName(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  static boolean isUtf8(byte[] bytes, int from, int length) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    // Not the end of the input: a character cut by the end of its field is no error.
    CoderResult result =
        decoder.decode(
            ByteBuffer.wrap(bytes, from, length), CharBuffer.allocate(length + 1), false);
    return !result.isError();
  }

  /**
   * @param cut whether the text fills its field, so that its last character may be cut in two and
   *     is then left out
   */
  static String decode(byte[] bytes, int from, int length, Charset charset, boolean cut) {
    CharBuffer text = CharBuffer.allocate(2 * length + 2);
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    decoder.decode(ByteBuffer.wrap(bytes, from, length), text, !cut);
    return text.flip().toString();
  }
}
