package org.gridline.dispatch.component;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gridline.dispatch.classify.CategoryKey;

/**
 * What the digits of a city's component codes mean: region, class, number in their order.
 *
 * @param region how many digits the region has
 * @param type how many digits the class has
 * @param order how many digits the running number has
 * @param city the region's own digits, which every code begins with; empty for any
 */
public record CodeForm(int region, int type, int order, String city) {
  /** A text names a few components at most; more is a list that somebody pasted. */
  private static final int MOST_IN_TEXT = 5;

  public CodeForm {
    if (region < 0 || type < 1 || order < 1 || region + type + order > ComponentCode.MOST_DIGITS)
      throw new IllegalArgumentException(
          "region, class and order together have at most " + ComponentCode.MOST_DIGITS + " digits");
    if (order > 9) throw new IllegalArgumentException("order has at most 9 digits");
    if (!city.isEmpty() && city.length() != region)
      throw new IllegalArgumentException("region " + city + " does not have " + region + " digits");
  }

  /** 区划 6 + 大类 2 and 小类 3 + 顺序 6, as GB/T 47678.5 has it. */
  public static CodeForm usual() {
    return new CodeForm(6, 5, 6, "");
  }

  public int digits() {
    return region + type + order;
  }

  /**
   * @throws IllegalArgumentException that says in two languages what does not fit
   */
  public void check(ComponentCode code, CategoryKey key) {
    String text = code.text();
    if (text.length() != digits())
      throw new IllegalArgumentException(
          "标识码应为 " + digits() + " 位 · the code has " + digits() + " digits");
    if (!text.startsWith(city))
      throw new IllegalArgumentException("标识码应以 " + city + " 开头 · the code begins with " + city);
    if (!text.startsWith(key.code(), region) || key.code().length() != type)
      throw new IllegalArgumentException(
          "标识码与类别 " + key.code() + " 不符 · the code's class is not " + key.code());
  }

  /** The class digits of a code of this form. */
  public String typeOf(ComponentCode code) {
    return code.text().substring(region, region + type);
  }

  /** The code with this number. */
  public ComponentCode code(CategoryKey key, long number) {
    String digits = Long.toString(number);
    if (number < 1 || digits.length() > order)
      throw new IllegalArgumentException("此类顺序号已用完 · this class has no number left");
    return new ComponentCode(prefix(key) + "0".repeat(order - digits.length()) + digits);
  }

  /** What all codes of a class begin with. */
  public String prefix(CategoryKey key) {
    return city + key.code();
  }

  /** Digits in a text that may be codes of this form, each once, the first few. */
  public List<ComponentCode> in(String text) {
    Matcher found = Pattern.compile("(?<![0-9])[0-9]{" + digits() + "}(?![0-9])").matcher(text);
    List<ComponentCode> codes = new ArrayList<>();
    while (found.find() && codes.size() < MOST_IN_TEXT) {
      ComponentCode code = new ComponentCode(found.group());
      if (code.text().startsWith(city) && !codes.contains(code)) codes.add(code);
    }
    return codes;
  }
}
