package org.gridline.dispatch.people;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What was done to accounts; whoever does it writes its line. Called on virtual threads. */
public interface PeopleLog {
  /** Newest first. */
  List<Line> list(Filter filter, int most);

  /**
   * @param person who did it or to whom it was done
   * @param before only lines with a smaller id
   */
  record Filter(
      Optional<Long> person,
      Optional<String> kind,
      Optional<Instant> from,
      Optional<Instant> to,
      OptionalLong before) {}

  /**
   * @param actor absent when the house itself did it
   * @param before by member, only what changed
   */
  record Line(
      long id,
      Instant at,
      String kind,
      Optional<Long> actor,
      Optional<Long> subject,
      Optional<Long> request,
      Map<String, String> before,
      Map<String, String> after,
      String why) {}
}
