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
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A body that does not change, in both forms that are sent, with strong entity tags (one for each
 * form, as RFC 9110 wants).
 */
public final class Gzip {
  private static final int WORTH_BYTES = 1_024;

  private final String type;
  private final byte[] plain;
  private final byte[] packed;
  private final String tag;

  private Gzip(String type, byte[] plain, byte[] packed, String tag) {
    this.type = type;
    this.plain = plain;
    this.packed = packed;
    this.tag = tag;
  }

  /**
   * @param packable whether packing can make it smaller; pictures and fonts are packed already
   */
  public static Gzip of(String type, byte[] plain, boolean packable) {
    return of(type, plain, packable, sha256(plain));
  }

  /**
   * The same with a tag that is known without looking at the bytes.
   *
   * @param tag says which bytes they are, and no other body of this address
   */
  public static Gzip of(String type, byte[] plain, boolean packable, String tag) {
    byte[] packed = packable && plain.length >= WORTH_BYTES ? pack(plain) : plain;
    return new Gzip(type, plain, packed.length < plain.length ? packed : plain, tag);
  }

  /** What keeping it costs. */
  public int bytes() {
    return plain.length + (packed == plain ? 0 : packed.length);
  }

  /** The answer to somebody who has these bytes already, in either form; empty for others. */
  public static Optional<Answer.Full> unchanged(
      HttpServerRequest request, String tag, String cacheControl) {
    return Stream.of("\"" + tag + "\"", "\"" + tag + "-gz\"")
        .filter(etag -> knows(request, etag))
        .findFirst()
        .map(etag -> named(Answer.empty(304), etag, cacheControl));
  }

  private static boolean knows(HttpServerRequest request, String etag) {
    return Optional.ofNullable(request.getHeader("If-None-Match")).stream()
        .flatMap(tags -> Arrays.stream(tags.split(",")))
        .map(String::strip)
        .anyMatch(etag::equals);
  }

  private static Answer.Full named(Answer.Full full, String etag, String cacheControl) {
    return full.with("ETag", etag)
        .with("Vary", "Accept-Encoding")
        .with("Cache-Control", cacheControl);
  }

  public Answer.Full answer(HttpServerRequest request, String cacheControl) {
    boolean small = packed.length < plain.length && accepts(request);
    String etag = "\"" + tag + (small ? "-gz" : "") + "\"";
    boolean known = knows(request, etag);
    Answer.Full full =
        known ? Answer.empty(304) : new Answer.Full(200, type, small ? packed : plain, Map.of());
    full = named(full, etag, cacheControl);
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
