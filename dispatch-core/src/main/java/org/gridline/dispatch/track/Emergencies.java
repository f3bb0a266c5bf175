package org.gridline.dispatch.track;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Declared emergencies; a declaration and its end stay as they were said. On virtual threads. */
public interface Emergencies {
  Emergency declare(Set<String> areas, String why, long by, Instant now, Instant until);

  /** Empty when there is none, or it is over already. */
  Optional<Emergency> end(long id, long by, Instant now);

  List<Emergency> listHolding(Instant now);

  /** Newest first, those that are over as well. */
  List<Emergency> list(int most);
}
