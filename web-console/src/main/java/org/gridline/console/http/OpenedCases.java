package org.gridline.console.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gridline.console.Office;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.Ticket;

/**
 * Writes down who opens a case, so that its caller can be told. A page asks for a ticket again and
 * again; a quarter of an hour of it is one opening.
 */
final class OpenedCases {
  private static final Duration ONE_OPENING = Duration.ofMinutes(15);
  private static final int MOST_KEPT = 20_000;

  private final Office office;
  private final Map<Key, Instant> lately =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
          return size() > MOST_KEPT;
        }
      };

  OpenedCases(Office office) {
    this.office = office;
  }

  private record Key(long ticket, long user) {}

  /** Before it is shown: an opening that can't be written down does not happen. */
  void note(Ticket ticket, User user) {
    Instant now = office.clock().instant();
    Key key = new Key(ticket.id(), user.id());
    synchronized (lately) {
      Instant last = lately.get(key);
      if (last != null && last.plus(ONE_OPENING).isAfter(now)) return;
    }
    office.callers().opened(ticket.id(), user.id(), user.unit(), now);
    synchronized (lately) {
      lately.put(key, now);
    }
  }
}
