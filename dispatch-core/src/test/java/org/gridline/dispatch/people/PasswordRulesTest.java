package org.gridline.dispatch.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
  private static final SignInPolicy POLICY = SignInPolicy.real();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "123456789",
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "1qaz2wsx3edc",
        "aaaaaaaaaaaa",
        "Password2026",
        "P@ssw0rd2026!",
        "Administrator1",
        "woaini1314520",
        "52013145201314",
        "Gridline-sample-1",
        "abcdefghijkl",
        "my-zhangsan-1!"
      })
  void what_everybody_guesses_is_refused(String password) {
    assertThatThrownBy(() -> PasswordRules.check(password, "zhangsan", POLICY))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).isEqualTo(FailureCode.PASSWORD_WEAK);
              assertThat(f.field()).contains("password");
              if (!password.isEmpty()) assertThat(f.getMessage()).doesNotContain(password);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"long enough word", "青海湖边的一匹白马跑了", "vK7#mz0q!Ld2", "梧桐树下 2 只猫 🐈 在睡觉呢"})
  void what_nobody_guesses_is_taken(String password) {
    assertThatCode(() -> PasswordRules.check(password, "zhangsan", POLICY))
        .doesNotThrowAnyException();
  }

  @Test
  void a_password_used_before_is_not_taken_as_long_as_the_policy_remembers() {
    String old = PasswordHash.withParameters("the blue heron waits", 64, 1);
    SignInPolicy forgetful =
        new SignInPolicy(1, 10, 0, 0, 5, 15, 12, SignInPolicy.SecondFactor.OPTIONAL);
    assertThatThrownBy(() -> PasswordRules.check("the blue heron waits", "x", POLICY, List.of(old)))
        .hasMessageContaining("before");
    assertThatCode(() -> PasswordRules.check("the blue heron waits", "x", forgetful, List.of(old)))
        .doesNotThrowAnyException();
  }

  @Test
  void weaker_hashes_of_old_are_still_read_and_known_as_outdated() {
    String weak = PasswordHash.withParameters("the blue heron waits", 8_192, 1);
    assertThat(PasswordHash.fits("the blue heron waits", weak)).isTrue();
    assertThat(PasswordHash.fits("the blue heron wait", weak)).isFalse();
    assertThat(PasswordHash.outdated(weak)).isTrue();
    assertThat(PasswordHash.outdated(PasswordHash.of("x"))).isFalse();
    assertThat(PasswordHash.fits("x", "")).isFalse();
    assertThat(PasswordHash.outdated("")).isFalse();
  }
}
