package org.gridline.dispatch.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds categories by their names and everyday words in the text. A longer and rarer word says
 * more; the score is the best category's share of all evidence, so rivals lower it. Deterministic.
 */
public final class SynonymClassifier implements Classifier {
  /** A text longer than this is judged by its beginning. */
  private static final int MOST_TEXT = 4_000;

  /**
   * One word of four characters; a shorter one alone stays below certainty (three of them gave
   * confident errors).
   */
  private static final double ENOUGH = 16;

  private final Map<Character, List<Term>> byFirst = new HashMap<>();

  private record Term(String word, Category category, double weight) {}

  public SynonymClassifier(CategoryTree tree) {
    Map<String, Integer> owners = new HashMap<>();
    List<Category> leaves = tree.list().stream().filter(c -> tree.leaf(c.key())).toList();
    for (Category leaf : leaves)
      for (String word : words(leaf)) owners.merge(word, 1, Integer::sum);
    for (Category leaf : leaves) {
      for (String word : words(leaf)) {
        double weight = sense(word) * sense(word) / owners.getOrDefault(word, 1);
        byFirst
            .computeIfAbsent(word.charAt(0), k -> new ArrayList<>())
            .add(new Term(word, leaf, weight));
      }
    }
    for (List<Term> terms : byFirst.values()) {
      terms.sort(Comparator.comparingInt((Term t) -> t.word().length()).reversed());
    }
  }

  @Override
  public List<Suggestion> classify(String words, int most) {
    String text = words.substring(0, Math.min(words.length(), MOST_TEXT)).toLowerCase(Locale.ROOT);
    Map<Category, Double> weights = new HashMap<>();
    Map<Category, List<String>> because = new HashMap<>();
    int coverStart = -1;
    int coverEnd = 0;
    for (int at = 0; at < text.length(); at++) {
      for (Term term : byFirst.getOrDefault(text.charAt(at), List.of())) {
        int end = at + term.word().length();
        // A word inside a longer one (水井 in 雨水井盖) is no evidence of its own, whichever class it
        // belongs to.
        boolean inside = end <= coverEnd && !(at == coverStart && end == coverEnd);
        if (inside || !text.startsWith(term.word(), at) || !alone(text, at, end)) continue;
        coverStart = at;
        coverEnd = end;
        List<String> seen = because.computeIfAbsent(term.category(), k -> new ArrayList<>());
        if (seen.contains(term.word())) continue;
        seen.add(term.word());
        weights.merge(term.category(), term.weight(), Double::sum);
      }
    }
    return ranked(weights, because, most);
  }

  /** A Latin letter says about a third of what a Chinese character says. */
  private static double sense(String word) {
    long letters = word.chars().filter(SynonymClassifier::latin).count();
    return word.length() - letters * 2 / 3.0;
  }

  /** "lead" is no word of "leader"; Chinese writes its words without gaps. */
  private static boolean alone(String text, int from, int to) {
    boolean joinedBefore = from > 0 && latin(text.charAt(from)) && latin(text.charAt(from - 1));
    boolean joinedAfter =
        to < text.length() && latin(text.charAt(to - 1)) && latin(text.charAt(to));
    return !joinedBefore && !joinedAfter;
  }

  private static boolean latin(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static List<Suggestion> ranked(
      Map<Category, Double> weights, Map<Category, List<String>> because, int most) {
    double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    return weights.entrySet().stream()
        .sorted(
            Map.Entry.<Category, Double>comparingByValue()
                .reversed()
                .thenComparing(e -> e.getKey().key().kind() + e.getKey().key().code()))
        .limit(most)
        .map(
            e ->
                new Suggestion(
                    e.getKey(),
                    e.getValue() / Math.max(all, ENOUGH),
                    because.getOrDefault(e.getKey(), List.of())))
        .toList();
  }

  private static List<String> words(Category category) {
    List<String> words = new ArrayList<>();
    String name = category.name().zh();
    words.add(name.endsWith("异常") ? name.substring(0, name.length() - 2) : name);
    words.addAll(category.synonyms());
    return words.stream()
        .map(w -> w.strip().toLowerCase(Locale.ROOT))
        .filter(w -> w.length() > 1)
        .distinct()
        .toList();
  }
}
