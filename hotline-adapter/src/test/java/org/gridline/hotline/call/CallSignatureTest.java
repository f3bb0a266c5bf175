package org.gridline.hotline.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallSignatureTest {
  private static final byte[] KEY = new byte[32];
  private static final byte[] OTHER =
      "another key of thirty-two bytes!".getBytes(StandardCharsets.UTF_8);
  private static final String PATH = "/api/v1/telephony/events";
  private static final Instant NOW = Instant.ofEpochSecond(1_795_000_000);
  private static final byte[] BODY = "{\"kind\":\"ringing\"}".getBytes(StandardCharsets.UTF_8);

  private static CallSignature signed() {
    return CallSignature.sign(KEY, "POST", PATH, NOW, "event-0001", BODY);
  }

  @Test
  void what_was_signed_passes_with_any_key_that_holds() {
    assertThatCode(() -> check(signed(), "POST", PATH, BODY, NOW)).doesNotThrowAnyException();
    assertThatCode(() -> signed().check(List.of(OTHER, KEY), "POST", PATH, BODY, NOW))
        .doesNotThrowAnyException();
    refused(
        FailureCode.SIGNATURE_INVALID,
        () -> signed().check(List.of(OTHER), "POST", PATH, BODY, NOW));
  }

  /** Made with openssl, so that an integrator's own signature is known to fit. */
  @Test
  void the_signature_is_the_one_that_openssl_makes() {
    assertThat(signed().signature())
        .isEqualTo("v1=1b548573b5f62932cd49f94527e5a5232cadecee089619a71783208f320892aa");
  }

  @Test
  void nothing_that_decides_can_be_changed() {
    byte[] forged = "{\"kind\":\"ended\"}".getBytes(StandardCharsets.UTF_8);
    refused(FailureCode.SIGNATURE_INVALID, () -> check(signed(), "POST", PATH, forged, NOW));
    refused(FailureCode.SIGNATURE_INVALID, () -> check(signed(), "PUT", PATH, BODY, NOW));
    refused(FailureCode.SIGNATURE_INVALID, () -> check(signed(), "POST", PATH + "?a=b", BODY, NOW));
    CallSignature later =
        new CallSignature("event-0001", "" + (NOW.getEpochSecond() + 1), signed().signature());
    refused(FailureCode.SIGNATURE_INVALID, () -> check(later, "POST", PATH, BODY, NOW));
    CallSignature renamed =
        new CallSignature("event-0002", signed().timestamp(), signed().signature());
    refused(FailureCode.SIGNATURE_INVALID, () -> check(renamed, "POST", PATH, BODY, NOW));
  }

  @Test
  void nothing_can_be_moved_from_one_part_to_the_next() {
    // The event's last letters at the front of the body would sign the same bytes without a mark.
    CallSignature moved = new CallSignature("event-00", signed().timestamp(), signed().signature());
    byte[] body =
        ("01\n" + new String(BODY, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    refused(FailureCode.SIGNATURE_INVALID, () -> check(moved, "POST", PATH, body, NOW));
  }

  @Test
  void a_signature_holds_five_minutes_either_way() {
    assertThatCode(() -> check(signed(), "POST", PATH, BODY, NOW.plusSeconds(300)))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(signed(), "POST", PATH, BODY, NOW.minusSeconds(300)))
        .doesNotThrowAnyException();
    refused(
        FailureCode.SIGNATURE_STALE,
        () -> check(signed(), "POST", PATH, BODY, NOW.plusSeconds(301)));
    refused(
        FailureCode.SIGNATURE_STALE,
        () -> check(signed(), "POST", PATH, BODY, NOW.minusSeconds(301)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "v1=", "v1=zz", "v2=00", "v1=00", "00", "v1=\u0000", "v1=é", "\n\n\n"})
  void garbage_is_no_signature(String signature) {
    CallSignature garbage = new CallSignature("event-0001", signed().timestamp(), signature);
    refused(FailureCode.SIGNATURE_INVALID, () -> check(garbage, "POST", PATH, BODY, NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1e9", "99999999999999999999", "now", " 1795000000"})
  void garbage_is_no_time(String timestamp) {
    CallSignature garbage = new CallSignature("event-0001", timestamp, signed().signature());
    refused(FailureCode.SIGNATURE_INVALID, () -> check(garbage, "POST", PATH, BODY, NOW));
  }

  private static void check(
      CallSignature signature, String method, String path, byte[] body, Instant now) {
    signature.check(List.of(KEY), method, path, body, now);
  }

  private static void refused(
      FailureCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable check) {
    assertThatThrownBy(check)
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.code()).isEqualTo(code));
  }
}
