package org.gridline.dispatch.people;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One-time codes by time (RFC 6238): six digits, SHA-1, thirty seconds, since those are what every
 * authenticator program speaks. Pure.
 */
public final class Totp {
  static final int STEP_SECONDS = 30;
  private static final int SECRET_BYTES = 20;
  private static final int MODULUS = 1_000_000;

  /** One step to either side, for clocks that differ and people who type slowly (RFC 6238, 5.2). */
  private static final int TOLERANCE = 1;

  private static final SecureRandom RANDOM = new SecureRandom();

  private Totp() {}

  /** A fresh secret of 160 bits. */
  public static byte[] newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return secret;
  }

  /** The secret as people type it. */
  public static String spelled(byte[] secret) {
    return Base32.of(secret);
  }

  /** What a square code says to an authenticator program. */
  public static String uri(String issuer, String login, byte[] secret) {
    return "otpauth://totp/"
        + encoded(issuer)
        + ":"
        + encoded(login)
        + "?secret="
        + spelled(secret)
        + "&issuer="
        + encoded(issuer)
        + "&algorithm=SHA1&digits=6&period="
        + STEP_SECONDS;
  }

  /** The step whose code this is, if it is one of these moments; the caller refuses used steps. */
  public static OptionalLong step(byte[] secret, String code, Instant now) {
    if (!code.matches("[0-9]{6}")) return OptionalLong.empty();
    long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    OptionalLong found = OptionalLong.empty();
    // All are computed, so that the time tells nothing.
    for (long step = current - TOLERANCE; step <= current + TOLERANCE; step++) {
      boolean same =
          MessageDigest.isEqual(
              code.getBytes(StandardCharsets.US_ASCII),
              code(secret, step).getBytes(StandardCharsets.US_ASCII));
      if (same) found = OptionalLong.of(step);
    }
    return found;
  }

  /** The code of a moment. */
  public static String code(byte[] secret, Instant at) {
    return code(secret, Math.floorDiv(at.getEpochSecond(), STEP_SECONDS));
  }

  private static String code(byte[] secret, long step) {
    byte[] hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    // RFC 4226, 5.3: the last four bits say where to read.
    int offset = hash[hash.length - 1] & 0xF;
    int read = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7FFFFFFF;
    return String.format("%06d", read % MODULUS);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-1", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
