package org.gridline.dispatch.classify;

import java.util.List;

/**
 * A category that the words may mean.
 *
 * @param score 0 to 1; 1 means chosen by a person
 * @param because the words that caused it, always names or synonyms of the tree, never the caller's
 *     own text
 */
public record Suggestion(Category category, double score, List<String> because) {
  public Suggestion {
    because = List.copyOf(because);
  }
}
