package org.gridline.dispatch.classify;

import java.util.List;

/** Finds what words are about. Deterministic, thread-safe, without I/O. */
public interface Classifier {
  /** At most {@code most} suggestions, best first; empty when nothing fits. */
  List<Suggestion> classify(String words, int most);
}
