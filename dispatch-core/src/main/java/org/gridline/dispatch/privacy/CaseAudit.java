package org.gridline.dispatch.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who opened whose case and who looked at a caller, for auditors; names no caller. Called on
 * virtual threads.
 */
public interface CaseAudit {
  /** Openings, the newest first opening first. */
  List<Opened> listOpened(Filter filter, Optional<Opened> before, int most);

  /** Looks at callers, newest first. */
  List<Looked> listLooks(Filter filter, Optional<Long> beforeId, int most);

  /**
   * @param login of who opened or looked
   * @param ticket its number
   */
  record Filter(Optional<String> login, Optional<String> ticket) {}

  /**
   * Somebody opened a case, once or more often between two moments.
   *
   * @param unit absent for people without one
   */
  record Opened(
      long ticket,
      String number,
      long user,
      Optional<String> unit,
      Instant firstAt,
      Instant lastAt) {}

  /**
   * Somebody saw a caller's identity.
   *
   * @param purpose an id of {@link Purpose}, or {@code unstated} from before purposes were asked
   */
  record Looked(long id, long ticket, String number, long user, String purpose, Instant at) {}
}
