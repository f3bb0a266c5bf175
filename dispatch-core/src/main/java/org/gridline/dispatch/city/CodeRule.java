package org.gridline.dispatch.city;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a code in a boundary file becomes the code that the city uses.
 *
 * @param match has to fit the whole code as the file has it
 * @param as the city's code; {@code $1} is what the first pair of brackets found
 */
public record CodeRule(Pattern match, String as) {
  /**
   * @throws IllegalArgumentException when {@code as} refers to brackets that {@code match} has not
   */
  public CodeRule {
    int groups = match.matcher("").groupCount();
    Matcher references = Pattern.compile("(\\\\.)|\\$(\\d?)").matcher(as);
    while (references.find()) {
      if (references.group(1) != null) continue;
      String group = references.group(2);
      if (group.isEmpty() || Integer.parseInt(group) > groups)
        throw new IllegalArgumentException(
            "as: " + as + " refers to brackets that match has not: " + match);
    }
  }

  /** The code by the first rule that fits; as it is when none does. */
  static String apply(List<CodeRule> rules, String code) {
    for (CodeRule rule : rules) {
      Matcher found = rule.match.matcher(code);
      if (found.matches()) return found.replaceFirst(rule.as).strip();
    }
    return code;
  }
}
