package org.gridline.console.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/** How many connections of the feed one user, one address and everybody together may hold. */
final class Seats {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Limits limits;
  private final Map<Long, Integer> users = new HashMap<>();
  private final Map<String, Integer> addresses = new HashMap<>();
  private int all;

  /**
   * Most connections at a time.
   *
   * @param perAddress an office may stand behind one address, and so may a proxy
   */
  record Limits(int perUser, int perAddress, int total) {
    static final String PER_USER = "GRIDLINE_LIVE_PER_USER";
    static final String PER_ADDRESS = "GRIDLINE_LIVE_PER_ADDRESS";
    static final String TOTAL = "GRIDLINE_LIVE_TOTAL";

    static final Limits USUAL = new Limits(400, 6_000, 18_000);

    /**
     * @throws IllegalArgumentException naming a variable that is no whole number above zero
     */
    static Limits read(Map<String, String> environment) {
      return new Limits(
          number(environment, PER_USER, USUAL.perUser),
          number(environment, PER_ADDRESS, USUAL.perAddress),
          number(environment, TOTAL, USUAL.total));
    }

    private static int number(Map<String, String> environment, String name, int usual) {
      String text = environment.getOrDefault(name, "").strip();
      if (text.isEmpty()) return usual;
      if (!text.matches("[1-9][0-9]{0,6}"))
        throw new IllegalArgumentException(name + " wants a whole number above zero");
      return Integer.parseInt(text);
    }
  }

  /** One connection's place; given back once. */
  final class Seat {
    private final long user;
    private final String address;
    private final AtomicBoolean left = new AtomicBoolean();

    private Seat(long user, String address) {
      this.user = user;
      this.address = address;
    }

    void leave() {
      if (!left.compareAndSet(false, true)) return;
      synchronized (Seats.this) {
        all--;
        users.computeIfPresent(user, (u, n) -> n == 1 ? null : n - 1);
        addresses.computeIfPresent(address, (a, n) -> n == 1 ? null : n - 1);
      }
    }
  }

  Seats(Limits limits) {
    this.limits = limits;
  }

  /**
   * @throws Failure {@code overloaded}
   */
  synchronized Seat take(long user, String address) {
    if (all >= limits.total()
        || users.getOrDefault(user, 0) >= limits.perUser()
        || addresses.getOrDefault(address, 0) >= limits.perAddress())
      throw Failure.later(
          FailureCode.OVERLOADED, "实时连接过多,请稍后重试 · too many live connections just now", AGAIN);
    all++;
    users.merge(user, 1, Integer::sum);
    addresses.merge(address, 1, Integer::sum);
    return new Seat(user, address);
  }

  synchronized int taken() {
    return all;
  }
}
