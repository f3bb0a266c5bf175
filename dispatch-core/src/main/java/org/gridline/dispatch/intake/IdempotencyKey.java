package org.gridline.dispatch.intake;

import java.util.HexFormat;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * A client's own name for one request; the same key gets the same answer.
 *
 * @param client the authenticated user's id
 * @param key 8 to 128 visible ASCII characters
 * @param bodyHash SHA-256 of the request's body, hexadecimal; another body under the same key is
 *     refused
 */
public record IdempotencyKey(long client, String key, String bodyHash) {
  public IdempotencyKey {
    if (key.length() < 8 || key.length() > 128 || !key.chars().allMatch(c -> c > 32 && c < 127)) {
      throw new Failure(
          FailureCode.IDEMPOTENCY_KEY_MISSING,
          "send 8 to 128 visible ASCII characters in Idempotency-Key");
    }
    HexFormat.of().parseHex(bodyHash);
  }
}
