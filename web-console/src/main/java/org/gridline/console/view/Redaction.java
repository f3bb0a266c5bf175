package org.gridline.console.view;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a text what could lead to the caller: telephone and identity numbers, e-mail
 * addresses, door numbers, and the caller's own name. Pure.
 *
 * <p>It would rather take out too much: a text that hides a harmless number can be asked for, a
 * leaked one can't be called back.
 */
public final class Redaction {
  /** What stands for something taken out. */
  public static final String MARK = "***";

  // Digits as people type them: half width, full width, and Chinese numerals where they count
  // doors.
  private static final String D = "[0-9０-９]";
  private static final String GAP = "[\\s\\u3000\\-‐–—－·.]?";
  private static final String COUNT = "[0-9０-９一二三四五六七八九十百千零〇两A-Za-zＡ-Ｚａ-ｚ]";

  private static final Pattern CHINESE_NAME = Pattern.compile("[\\u4e00-\\u9fa5·]{2,6}");
  private static final String TITLE =
      "(?:先生|女士|小姐|同志|师傅|老师|医生|律师|经理|老板|总|某某|某|大爷|大妈|大叔|大婶|大姐|大哥|阿姨|叔叔?|伯伯?|奶奶"
          + "|爷爷|婆婆|哥|姐|嫂|老太太?|老汉)";
  private static final List<String> COMPOUND =
      List.of("欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "东方", "司徒", "端木");

  private record Rule(Pattern finds, String puts) {}

  private static final List<Rule> RULES =
      List.of(
          // Tried once a word and without giving back: otherwise 20,000 letters cost seconds.
          rule("(?<![\\w.+-])[\\w.+-]++@[\\w-]+(\\.[\\w-]+)+", MARK),
          // Resident identity numbers, 18 characters or the old 15.
          rule("(?<!" + D + ")" + D + "{17}[0-9０-９Xx]", MARK),
          rule("(?<!" + D + ")" + D + "{15}(?!" + D + ")", MARK),
          // Mobile and landline numbers, in groups or not; then any run of 7 digits or more.
          rule(
              "(?:[+＋]"
                  + D
                  + "{1,3}"
                  + GAP
                  + ")?(?<!"
                  + D
                  + ")"
                  + D
                  + "{3,4}"
                  + GAP
                  + D
                  + "{4}"
                  + GAP
                  + D
                  + "{3,4}(?!"
                  + D
                  + ")",
              MARK),
          rule("[（(]?[0０]" + D + "{2,3}[)）]?" + GAP + D + "{7,8}(?!" + D + ")", MARK),
          rule("(?<!" + D + ")" + D + "{7,}(?!" + D + ")", MARK),
          // The same spoken digit by digit, or spelt out.
          rule("(?<!" + D + ")" + D + "(?:[ \\u3000]" + D + "){6,}+", MARK),
          rule("[零〇一二三四五六七八九幺]{7,}+", MARK),
          // Number plates, with the letters of electric cars.
          rule(
              "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]\\s?[A-Za-z]\\s?[·•.\\-]?\\s?"
                  + "[A-Za-z0-9]{4,5}[A-Za-z0-9挂学警港澳领]",
              MARK),
          // 12幢3单元502室, 三号楼, 5栋, 地下2层 ...
          rule(COUNT + "{1,6}(?:号楼|幢|栋|单元|室|户|层|楼(?!道|梯|顶|下|上|房|盘|市|栋|宇|群))", MARK),
          rule("[0-9０-９A-Za-zＡ-Ｚａ-ｚ]{1,4}座", MARK),
          // 251号, 251号之一; not a metro line, an exit or a day of a month.
          rule("(?<!月)(?<!月\\s)" + COUNT + "{1,6}号(?!线|出口|口|门(?!前|口|牌)|桥|文|令|台风|楼)", MARK),
          // 5-302 and 12-3-502 behind a place, as people shorten it.
          rule(
              "(?<![0-9０-９:.年月])" + D + "{1,3}[-－]" + D + "{1,2}[-－]" + D + "{3,4}(?![0-9０-９:.日])",
              MARK),
          rule("(?<![0-9０-９:.年月\\-－])" + D + "{1,3}[-－]" + D + "{3,4}(?![0-9０-９:.日\\-－])", MARK),
          rule(
              "(?i)\\b(?:room|rm|apt|apartment|flat|unit|building|bldg|no)\\.?\\s*(?:#\\s*)?[0-9]+[a-z]?(?:-[0-9]+)*\\b",
              MARK),
          // Somebody naming themselves; the word stays, the name goes.
          rule(
              "((?:我叫|我是叫|本人叫|姓名|联系人|来电人|举报人|投诉人)(?:是|为)?[:：]?\\s?)(?!不|要|反映|投诉|举报|称|说)[\\u4e00-\\u9fa5]{2,4}?(?=[,，。;；、\\s]|$)",
              "$1" + MARK),
          rule("((?:微信|QQ|qq|Q Q)号?(?:是|为)?[:：]?\\s?)[A-Za-z0-9_-]{5,20}", "$1" + MARK));

  private Redaction() {}

  /**
   * The text without what could lead to the caller.
   *
   * @param callerName taken out wherever it stands; blank when it is not known
   */
  public static String redact(String text, String callerName) {
    String redacted = text;
    String name = callerName.strip();
    if (name.length() >= 2) redacted = redacted.replace(name, MARK);
    if (CHINESE_NAME.matcher(name).matches())
      redacted = addressed(surname(name)).matcher(redacted).replaceAll(MARK);
    for (Rule rule : RULES) redacted = rule.finds().matcher(redacted).replaceAll(rule.puts());
    return redacted;
  }

  /** What neighbours and officers call somebody whose surname they know. */
  private static Pattern addressed(String surname) {
    String s = Pattern.quote(surname);
    return Pattern.compile("(?:[小老]" + s + "(?![\\u4e00-\\u9fa5]{0,2}[路街村庄巷镇区]))|" + s + TITLE);
  }

  private static String surname(String name) {
    return COMPOUND.stream()
        .filter(c -> name.length() > 2 && name.startsWith(c))
        .findFirst()
        .orElse(name.substring(0, 1));
  }

  /** The first character of a name and two stars, whatever its length. */
  public static String maskName(String name) {
    String stripped = name.strip();
    if (stripped.isEmpty()) return "";
    return stripped.substring(0, stripped.offsetByCodePoints(0, 1)) + "**";
  }

  private static Rule rule(String regex, String puts) {
    return new Rule(Pattern.compile(regex), puts);
  }
}
