package org.gridline.dispatch.place;

import java.util.List;
import org.gridline.dispatch.place.Gazetteer.Entry;

/** Suggests places while somebody types. Thread-safe; never waits. */
public interface Addresses {
  /** The places that fit what somebody typed so far, best first, each once. */
  List<Hit> list(String query, int most);

  /**
   * A suggestion.
   *
   * @param name the name or alias that fits, which the spans speak of
   * @param score 0 to 1, only good for comparing the hits of one answer
   * @param matched which parts of {@code name} fit, ascending
   */
  record Hit(Entry entry, String name, double score, List<Span> matched) {
    public Hit {
      matched = List.copyOf(matched);
    }
  }

  /** A piece of a text in UTF-16 units, {@code to} exclusive. */
  record Span(int from, int to) {
    public Span {
      if (from < 0 || to <= from) throw new IllegalArgumentException("an empty span");
    }
  }
}
