package org.gridline.hotline.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerNumberTest {
  @ParameterizedTest
  @CsvSource({
    "13812345678, +8613812345678",
    "138 1234 5678, +8613812345678",
    "138-1234-5678, +8613812345678",
    "+86 138 1234 5678, +8613812345678",
    "0086 13812345678, +8613812345678",
    "１３８１２３４５６７８, +8613812345678",
    "025-85551234, +862585551234",
    "(025)85551234, +862585551234",
    "（025）85551234, +862585551234",
    "010 65551234, +861065551234",
    "0513-85551234, +8651385551234",
    "+1 212 555 2368, +12125552368",
  })
  void readsWhatPeopleType(String typed, String e164) {
    assertThat(CallerNumber.parse(typed, "CN", "").e164()).isEqualTo(e164);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "110",
        "12345",
        "95588",
        "1",
        "85551234",
        "1381234567",
        "138123456789",
        "23812345678",
        "",
        " ",
        "+999123456789",
        "138abcd5678",
        "电话",
        "13812345678 转 801",
        "13812345678;ls"
      })
  void refusesClearly(String typed) {
    assertThatThrownBy(() -> CallerNumber.parse(typed, "CN", ""))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).isEqualTo(FailureCode.PHONE_INVALID);
              assertThat(f.field()).contains("caller.phone");
              if (typed.strip().length() > 3) assertThat(f.getMessage()).doesNotContain(typed);
            });
  }

  @Test
  void aLandlineWithoutAreaCodeIsToldToAddIt() {
    assertThatThrownBy(() -> CallerNumber.parse("85551234", "CN", "")).hasMessageContaining("区号");
  }

  @ParameterizedTest
  @CsvSource({"+8613812341234, 138****1234", "+862585551234, 025****1234", "+12125552368, ****68"})
  void masks(String e164, String masked) {
    assertThat(new CallerNumber(e164).masked()).isEqualTo(masked);
  }

  /** The short way round the library says what the library would. */
  @Test
  void masks_a_chinese_mobile_as_it_is_said_at_home() throws Exception {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    for (int head = 130; head <= 199; head++) {
      String e164 = "+86" + head + "12345678";
      String home =
          numbers
              .format(numbers.parse(e164, "ZZ"), PhoneNumberFormat.NATIONAL)
              .replaceAll("[^0-9]", "");
      assertThat(new CallerNumber(e164).masked())
          .isEqualTo(home.substring(0, 3) + "****" + home.substring(home.length() - 4));
    }
  }

  @Test
  void neverPrintsItself() {
    assertThat(CallerNumber.parse("13812345678", "CN", "").toString()).doesNotContain("138");
  }

  @org.junit.jupiter.api.Test
  void a_landline_of_the_own_city_needs_no_area_code() {
    assertThat(CallerNumber.parse("85551234", "CN", "025").e164()).isEqualTo("+862585551234");
    assertThat(CallerNumber.parse("8555-1234", "CN", "025").e164()).isEqualTo("+862585551234");
    assertThat(CallerNumber.parse("13812345678", "CN", "025").e164()).isEqualTo("+8613812345678");
    assertThatThrownBy(() -> CallerNumber.parse("12345", "CN", "025")).isInstanceOf(Failure.class);
  }
}
