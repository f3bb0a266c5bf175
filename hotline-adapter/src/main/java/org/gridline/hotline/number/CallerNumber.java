package org.gridline.hotline.number;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.regex.Pattern;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * A caller's telephone number; personal data.
 *
 * @param e164 {@code +} and 6 to 15 digits
 */
public record CallerNumber(String e164) {
  /** The member of a report that holds it. */
  public static final String FIELD = "caller.phone";

  private static final Pattern E164 = Pattern.compile("\\+[0-9]{6,15}");
  // Letters are refused although the library reads them: nobody means 1-800-FLOWERS here.
  private static final Pattern TYPED = Pattern.compile("[\\p{Nd}\\s+＋().（）\\-‐–—－·.]{1,40}");

  /** A landline as people of the same city say it. */
  private static final Pattern LOCAL = Pattern.compile("[2-9][\\p{Nd}\\s\\-－]{6,10}");

  private static final Pattern CHINESE_MOBILE = Pattern.compile("\\+861[3-9][0-9]{9}");

  private static final int TAIL = 4;
  private static final int HEAD = 3;

  /**
   * @throws IllegalArgumentException when it is not E.164
   */
  public CallerNumber {
    if (!E164.matcher(e164).matches()) {
      throw new IllegalArgumentException("a caller's number is + and 6 to 15 digits");
    }
  }

  /**
   * Reads what somebody typed.
   *
   * @param regionCode ISO 3166 code of the country whose numbers need no prefix
   * @param areaCode of the city, for landlines said without one, for example 025; empty for none
   * @throws Failure {@code phone_invalid} that says what is missing, never the number
   */
  public static CallerNumber parse(String typed, String regionCode, String areaCode) {
    String text = typed.strip();
    if (!TYPED.matcher(text).matches()) {
      throw invalid("只能填数字、空格和 + - ( ) · digits, blanks and + - ( ) only, no extension");
    }
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    PhoneNumber number = read(numbers, text, regionCode);
    if (numbers.isValidNumber(number)) return of(numbers, number);
    if (!areaCode.isEmpty() && LOCAL.matcher(text).matches()) {
      PhoneNumber local = read(numbers, areaCode + text, regionCode);
      if (numbers.isValidNumber(local)) return of(numbers, local);
    }
    throw explain(numbers.isPossibleNumberWithReason(number));
  }

  private static PhoneNumber read(PhoneNumberUtil numbers, String text, String regionCode) {
    try {
      return numbers.parse(text, regionCode);
    } catch (NumberParseException e) {
      throw invalid("请填写完整号码 · give the whole number");
    }
  }

  private static CallerNumber of(PhoneNumberUtil numbers, PhoneNumber number) {
    return new CallerNumber(numbers.format(number, PhoneNumberFormat.E164));
  }

  private static Failure explain(ValidationResult why) {
    return switch (why) {
      case TOO_SHORT ->
          invalid(
              "号码太短;短号和特服号不能作为来电号码 · too short; service and short numbers can't be called back");
      case IS_POSSIBLE_LOCAL_ONLY ->
          invalid("固定电话请加区号,如 025-85550000 · a landline needs its area code, like 025-85550000");
      case TOO_LONG -> invalid("号码太长 · too long");
      case INVALID_COUNTRY_CODE -> invalid("国家代码不存在 · unknown country code");
      case IS_POSSIBLE, INVALID_LENGTH ->
          invalid("没有这样的号码,请核对;固定电话请加区号 · no such number; a landline needs its area code");
    };
  }

  /** For people who may not see it: {@code 138****1234}. */
  public String masked() {
    // Nearly all of them; said at home they are these digits.
    if (CHINESE_MOBILE.matcher(e164).matches()) return masked(e164.substring(3));
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    String digits = e164.substring(1);
    try {
      PhoneNumber number = numbers.parse(e164, PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY);
      digits = numbers.format(number, PhoneNumberFormat.NATIONAL).replaceAll("[^0-9]", "");
    } catch (NumberParseException e) {
      // A number of a plan that the library does not know is masked as its digits stand.
      digits = e164.substring(1);
    }
    return masked(digits);
  }

  private static String masked(String digits) {
    // At least four digits stay hidden, or the mask would be none.
    if (digits.length() < HEAD + TAIL + TAIL) return "****" + digits.substring(digits.length() - 2);
    return digits.substring(0, HEAD) + "****" + digits.substring(digits.length() - TAIL);
  }

  @Override
  public String toString() {
    return "CallerNumber";
  }

  private static Failure invalid(String detail) {
    return Failure.atField(FailureCode.PHONE_INVALID, FIELD, detail);
  }
}
