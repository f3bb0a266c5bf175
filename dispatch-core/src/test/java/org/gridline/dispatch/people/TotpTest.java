package org.gridline.dispatch.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238, appendix B, the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void codes_are_those_of_the_standard(long second, String code) {
    Instant at = Instant.ofEpochSecond(second);
    assertThat(Totp.code(SECRET, at)).isEqualTo(code);
    assertThat(Totp.step(SECRET, code, at)).hasValue(second / 30);
  }

  @Test
  void a_code_holds_a_step_to_either_side_and_no_longer() {
    Instant at = Instant.parse("2026-11-22T09:00:10Z");
    String code = Totp.code(SECRET, at);
    assertThat(Totp.step(SECRET, code, at.plusSeconds(30))).isPresent();
    assertThat(Totp.step(SECRET, code, at.minusSeconds(30))).isPresent();
    assertThat(Totp.step(SECRET, code, at.plusSeconds(60))).isEmpty();
    assertThat(Totp.step(SECRET, code, at.minusSeconds(60))).isEmpty();
  }

  @Test
  void garbage_is_no_code() {
    for (String bad : List.of("", "12345", "1234567", "12345a", "１２３４５６", "-12345", "1 2345"))
      assertThat(Totp.step(SECRET, bad, Instant.EPOCH)).as(bad).isEmpty();
  }

  @Test
  void the_address_for_authenticators_is_spelled_as_they_read_it() {
    assertThat(Totp.spelled(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(Totp.uri("Gridline Qixia District", "a+b@c", SECRET))
        .isEqualTo(
            "otpauth://totp/Gridline%20Qixia%20District:a%2Bb%40c"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Gridline%20Qixia%20District"
                + "&algorithm=SHA1&digits=6&period=30");
    assertThat(Totp.newSecret()).hasSize(20).isNotEqualTo(Totp.newSecret());
  }

  @Test
  void recovery_codes_are_ten_and_read_with_or_without_their_dash() {
    List<String> codes = RecoveryCodes.fresh();
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    assertThat(codes).allMatch(c -> Pattern.matches("[2-9a-hjkmnp-z]{5}-[2-9a-hjkmnp-z]{5}", c));
    assertThat(RecoveryCodes.hash("ABCDE fghjk")).isEqualTo(RecoveryCodes.hash("abcde-fghjk"));
  }
}
