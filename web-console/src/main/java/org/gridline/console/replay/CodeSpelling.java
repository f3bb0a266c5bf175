package org.gridline.console.replay;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the variants of a code are made equal. The first rule that fits the whole text decides;
 * without rules a text stands for itself.
 */
record CodeSpelling(List<Rule> rules) {
  CodeSpelling {
    rules = List.copyOf(rules);
  }

  /**
   * @param as may name groups of the pattern as {@code $1}
   */
  record Rule(Pattern match, String as) {}

  /** The one spelling of this code; empty when no rule knows the text. */
  Optional<String> find(String text) {
    if (rules.isEmpty()) return Optional.of(text).filter(t -> !t.isEmpty());
    for (Rule rule : rules) {
      Matcher matcher = rule.match.matcher(text);
      if (matcher.matches()) return Optional.of(matcher.replaceFirst(rule.as));
    }
    return Optional.empty();
  }
}
