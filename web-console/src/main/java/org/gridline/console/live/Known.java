package org.gridline.console.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who could see the tickets that were told last; so many, the longest unchanged forgotten first.
 */
final class Known {
  private final Map<Long, Audience> audiences;

  Known(int most) {
    this.audiences =
        new LinkedHashMap<>(1024, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, Audience> eldest) {
            return size() > most;
          }
        };
  }

  synchronized Optional<Audience> find(long ticket) {
    return Optional.ofNullable(audiences.get(ticket));
  }

  synchronized void put(long ticket, Audience audience) {
    audiences.put(ticket, audience);
  }

  synchronized void forget(long ticket) {
    audiences.remove(ticket);
  }

  synchronized void clear() {
    audiences.clear();
  }
}
