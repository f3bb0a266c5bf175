package org.gridline.dispatch.classify;

import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Names;

/**
 * One class of the tree.
 *
 * @param parent code of the major class in the same kind, absent for a major
 * @param synonyms everyday words that callers use for it
 * @param checked where the result is verified
 */
public record Category(
    CategoryKey key, Optional<String> parent, Names name, List<String> synonyms, Checked checked) {
  public Category {
    synonyms = List.copyOf(synonyms);
  }

  /** Whether a result is looked at on site, or settled by asking the caller. */
  public enum Checked {
    ON_SITE,
    BY_PHONE
  }
}
