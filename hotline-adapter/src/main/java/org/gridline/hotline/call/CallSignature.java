package org.gridline.hotline.call;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * The signature that an exchange puts on its messages. Signed is, byte for byte:
 *
 * <pre>
 * v1\n METHOD\n PATH\n TIMESTAMP\n EVENT\n BODY      (no blanks; BODY as it is sent)
 * </pre>
 *
 * with HMAC-SHA-256. PATH is the request's target with its query; TIMESTAMP is seconds since 1970;
 * EVENT is the event's id. Since everything that decides stands under the signature, a message can
 * neither be changed nor sent elsewhere; the time bounds how long it can be repeated, and the
 * event's id makes a repetition do nothing.
 */
public record CallSignature(String event, String timestamp, String signature) {
  public static final String EVENT_HEADER = "Gridline-Event";
  public static final String TIMESTAMP_HEADER = "Gridline-Timestamp";
  public static final String SIGNATURE_HEADER = "Gridline-Signature";

  /** How far the clocks of exchange and server may lie apart. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  private static final String VERSION = "v1";
  private static final Pattern SIGNATURE = Pattern.compile("v1=[0-9a-f]{64}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  /** The headers of a message, as far as they are there. */
  public static CallSignature of(
      Optional<String> event, Optional<String> timestamp, Optional<String> signature) {
    return new CallSignature(event.orElse(""), timestamp.orElse(""), signature.orElse(""));
  }

  /** Signs a message as an exchange does. */
  public static CallSignature sign(
      byte[] key, String method, String path, Instant at, String event, byte[] body) {
    String seconds = Long.toString(at.getEpochSecond());
    byte[] mac = mac(key, method, path, seconds, event, body);
    return new CallSignature(event, seconds, VERSION + "=" + HexFormat.of().formatHex(mac));
  }

  /**
   * Lets nothing pass that was not signed for exactly this, about now.
   *
   * @param keys any of them may have signed
   * @throws Failure {@code signature_invalid} or {@code signature_stale}
   */
  public void check(List<byte[]> keys, String method, String path, byte[] body, Instant now) {
    if (!SIGNATURE.matcher(signature).matches() || !SECONDS.matcher(timestamp).matches()) {
      throw invalid();
    }
    byte[] shown = HexFormat.of().parseHex(signature.substring(VERSION.length() + 1));
    // All keys are tried, and each comparison takes the same time: the answer's time tells nothing.
    boolean holds = false;
    for (byte[] key : keys) {
      holds |= MessageDigest.isEqual(mac(key, method, path, timestamp, event, body), shown);
    }
    if (!holds) throw invalid();
    Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(at, now).abs().compareTo(WINDOW) > 0) {
      throw new Failure(
          FailureCode.SIGNATURE_STALE,
          "时钟相差不得超过 5 分钟,重发须重新签名 · clocks at most 5 minutes apart; sign again when sending again");
    }
  }

  private static Failure invalid() {
    return new Failure(
        FailureCode.SIGNATURE_INVALID, "见 docs/telephony.md · see docs/telephony.md");
  }

  private static byte[] mac(
      byte[] key, String method, String path, String timestamp, String event, byte[] body) {
    String head = String.join("\n", VERSION, method, path, timestamp, event, "");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
