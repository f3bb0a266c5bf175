package org.gridline.console.http;

import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A body that does not change, in both forms that are sent, with strong entity tags (one for each
 * form, as RFC 9110 wants).
 */
final class Gzip {
  private static final int WORTH_BYTES = 1_024;

  private final String type;
  private final byte[] plain;
  private final byte[] packed;
  private final String tag;

  private Gzip(String type, byte[] plain, byte[] packed) {
    this.type = type;
    this.plain = plain;
    this.packed = packed;
    this.tag = sha256(plain);
  }

  /**
   * @param packable whether packing can make it smaller; pictures and fonts are packed already
   */
  static Gzip of(String type, byte[] plain, boolean packable) {
    byte[] packed = packable && plain.length >= WORTH_BYTES ? pack(plain) : plain;
    return new Gzip(type, plain, packed.length < plain.length ? packed : plain);
  }

  Answer.Full answer(HttpServerRequest request, String cacheControl) {
    boolean small = packed.length < plain.length && accepts(request);
    String etag = "\"" + tag + (small ? "-gz" : "") + "\"";
    boolean known =
        Optional.ofNullable(request.getHeader("If-None-Match"))
            .filter(
                tags -> Arrays.stream(tags.split(",")).map(String::strip).anyMatch(etag::equals))
            .isPresent();
    Answer.Full full =
        known ? Answer.empty(304) : new Answer.Full(200, type, small ? packed : plain, Map.of());
    full =
        full.with("ETag", etag).with("Vary", "Accept-Encoding").with("Cache-Control", cacheControl);
    return small && !known ? full.with("Content-Encoding", "gzip") : full;
  }

  private static boolean accepts(HttpServerRequest request) {
    String header = Optional.ofNullable(request.getHeader("Accept-Encoding")).orElse("");
    return Arrays.stream(header.split(","))
        .map(String::strip)
        .anyMatch(e -> e.startsWith("gzip") && !e.replace(" ", "").endsWith(";q=0"));
  }

  private static byte[] pack(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
