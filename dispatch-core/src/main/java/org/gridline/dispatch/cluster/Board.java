package org.gridline.dispatch.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.gridline.dispatch.people.Presence;
import org.gridline.dispatch.people.Presence.Look;
import org.gridline.dispatch.people.Presence.Online;
import org.gridline.dispatch.people.Presence.Onlooker;
import org.gridline.dispatch.people.Presence.Tab;

/**
 * What this server knows of who is here, in its own memory: all that is ever asked. Other servers
 * add to it while they can be reached. Thread-safe; its lock is never held while anything waits.
 *
 * <p>Entries end by a clock that only runs forward, counted from when they arrived here, so
 * servers' clocks need not agree.
 */
final class Board {
  /** Some ten times the people of the largest district, each with two tabs. */
  static final int MOST_TABS = 20_000;

  static final int MOST_TABS_A_PERSON = 16;
  static final int MOST_TABS_A_TICKET = 50;

  private static final long LASTS_NANOS = Duration.ofSeconds(Presence.LASTS_SECONDS).toNanos();

  /** Unchanged beats reach the other servers only so often: twice before an entry would end. */
  private static final long TOLD_NANOS = Duration.ofSeconds(12).toNanos();

  /** {@code node} is empty for a tab that beats here. */
  private record Kept(Stay stay, String node, long beatNanos, long toldNanos) {
    boolean own() {
      return node.isEmpty();
    }
  }

  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Map<Tab, Kept> tabs = new HashMap<>();
  private final Map<Long, Set<Tab>> byUser = new HashMap<>();
  private final Map<Long, Set<Tab>> byTicket = new HashMap<>();
  private volatile LongConsumer changed = ticket -> {};

  /**
   * @param nanos a clock that only runs forward
   */
  Board(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
  }

  void onChange(LongConsumer listener) {
    changed = listener;
  }

  /** What a beat means for the other servers: something to tell them, and tabs that had to go. */
  record Beaten(Optional<Stay> tell, List<Tab> gone) {}

  Beaten beat(Tab tab, Optional<String> unit, Optional<Look> look) {
    Set<Long> touched = new HashSet<>();
    Beaten result;
    synchronized (this) {
      result = beat(tab, unit, look, touched);
    }
    touched.forEach(changed::accept);
    return result;
  }

  private Beaten beat(Tab tab, Optional<String> unit, Optional<Look> look, Set<Long> touched) {
    long now = nanos.getAsLong();
    Optional<Kept> before = Optional.ofNullable(tabs.get(tab));
    List<Tab> gone = before.isPresent() ? List.of() : makeRoom(tab.user(), touched);
    if (before.isEmpty() && tabs.size() >= MOST_TABS) return new Beaten(Optional.empty(), gone);
    Instant at = clock.instant();
    Optional<Look> shown = look.filter(l -> hasRoom(l.ticket(), tab));
    Optional<Stay> was = before.map(Kept::stay);
    boolean same = was.filter(s -> s.look().equals(shown)).isPresent();
    Stay stay =
        new Stay(tab, unit, shown, was.map(Stay::here).orElse(at), same ? was.get().since() : at);
    boolean tell =
        before
            .filter(k -> k.own() && stay.doesTheSameAs(k.stay()))
            .filter(k -> now - k.toldNanos() < TOLD_NANOS)
            .isEmpty();
    long told = tell ? now : before.map(Kept::toldNanos).orElse(now);
    put(new Kept(stay, "", now, told), touched);
    return new Beaten(tell ? Optional.of(stay) : Optional.empty(), gone);
  }

  /** A tab more than a person may have: the one that was silent longest goes. */
  private List<Tab> makeRoom(long user, Set<Long> touched) {
    Set<Tab> theirs = byUser.getOrDefault(user, Set.of());
    if (theirs.size() < MOST_TABS_A_PERSON) return List.of();
    Optional<Tab> oldest = theirs.stream().min(Comparator.comparingLong(this::beatNanos));
    oldest.ifPresent(t -> drop(t, touched));
    return oldest.stream().toList();
  }

  private boolean hasRoom(long ticket, Tab tab) {
    Set<Tab> there = byTicket.getOrDefault(ticket, Set.of());
    return there.contains(tab) || there.size() < MOST_TABS_A_TICKET;
  }

  private long beatNanos(Tab tab) {
    return Optional.ofNullable(tabs.get(tab)).map(Kept::beatNanos).orElse(Long.MIN_VALUE);
  }

  /** The tab was closed here. */
  void leave(Tab tab) {
    change(touched -> drop(tab, touched));
  }

  /** Another server tells of a tab; the last who heard it is right. */
  void told(String node, Stay stay) {
    change(
        touched -> {
          boolean known = tabs.containsKey(stay.tab());
          Set<Tab> theirs = byUser.getOrDefault(stay.tab().user(), Set.of());
          if (!known && (tabs.size() >= MOST_TABS || theirs.size() >= MOST_TABS_A_PERSON)) return;
          if (stay.look().filter(l -> !hasRoom(l.ticket(), stay.tab())).isPresent()) return;
          long now = nanos.getAsLong();
          put(new Kept(stay, node, now, now), touched);
        });
  }

  /**
   * Another server says that a tab is gone.
   *
   * @return the tab as it is, when it beats here and so is not gone at all
   */
  Optional<Stay> toldGone(Tab tab) {
    Optional<Stay> own;
    synchronized (this) {
      own = Optional.ofNullable(tabs.get(tab)).filter(Kept::own).map(Kept::stay);
    }
    if (own.isEmpty()) leave(tab);
    return own;
  }

  /** Forgets the tabs of servers that can't be reached: an old word is worse than none. */
  void keepOnly(Set<String> nodes) {
    dropWhere(k -> !k.own() && !nodes.contains(k.node()));
  }

  /** Forgets whoever gave no sign of life for too long. */
  void sweep() {
    long now = nanos.getAsLong();
    dropWhere(k -> now - k.beatNanos() > LASTS_NANOS);
  }

  /** All tabs that beat here. */
  synchronized List<Stay> own() {
    return tabs.values().stream().filter(Kept::own).map(Kept::stay).toList();
  }

  synchronized int size() {
    return tabs.size();
  }

  synchronized List<Onlooker> listAt(long ticket) {
    Map<Long, Onlooker> people = new LinkedHashMap<>();
    for (Stay stay : living(byTicket.getOrDefault(ticket, Set.of()))) {
      stay.look()
          .ifPresent(
              look ->
                  people.merge(
                      stay.tab().user(),
                      new Onlooker(stay.tab().user(), stay.unit(), look.mode(), stay.since()),
                      Board::busier));
    }
    return people.values().stream()
        .sorted(
            Comparator.comparing(Onlooker::mode)
                .reversed()
                .thenComparing(Onlooker::since)
                .thenComparing(Onlooker::user))
        .toList();
  }

  private static Onlooker busier(Onlooker a, Onlooker b) {
    int byMode = a.mode().compareTo(b.mode());
    if (byMode != 0) return byMode > 0 ? a : b;
    return a.since().isAfter(b.since()) ? b : a;
  }

  synchronized List<Online> listOnline() {
    Map<Long, Online> people = new TreeMap<>();
    for (Stay stay : living(tabs.keySet())) {
      people.merge(
          stay.tab().user(),
          new Online(stay.tab().user(), stay.unit(), 1, stay.here()),
          (a, b) ->
              new Online(
                  a.user(),
                  a.unit().or(b::unit),
                  a.tabs() + b.tabs(),
                  a.since().isAfter(b.since()) ? b.since() : a.since()));
    }
    return List.copyOf(people.values());
  }

  private List<Stay> living(Collection<Tab> some) {
    long now = nanos.getAsLong();
    List<Stay> found = new ArrayList<>();
    for (Tab tab : some) {
      Kept kept = tabs.get(tab);
      if (kept != null && now - kept.beatNanos() <= LASTS_NANOS) found.add(kept.stay());
    }
    return found;
  }

  private void dropWhere(Predicate<Kept> gone) {
    change(
        touched -> {
          List<Tab> some = new ArrayList<>();
          tabs.forEach(
              (tab, kept) -> {
                if (gone.test(kept)) some.add(tab);
              });
          some.forEach(tab -> drop(tab, touched));
        });
  }

  private interface Change {
    void make(Set<Long> touched);
  }

  /** Listeners hear of it after the lock is free. */
  private void change(Change change) {
    Set<Long> touched = new HashSet<>();
    synchronized (this) {
      change.make(touched);
    }
    touched.forEach(changed::accept);
  }

  private void put(Kept kept, Set<Long> touched) {
    Tab tab = kept.stay().tab();
    Optional<Look> before = Optional.ofNullable(tabs.put(tab, kept)).flatMap(k -> k.stay().look());
    Optional<Look> after = kept.stay().look();
    byUser.computeIfAbsent(tab.user(), u -> new LinkedHashSet<>()).add(tab);
    if (before.equals(after)) return;
    before.ifPresent(l -> unlink(byTicket, l.ticket(), tab));
    after.ifPresent(l -> byTicket.computeIfAbsent(l.ticket(), t -> new LinkedHashSet<>()).add(tab));
    before.ifPresent(l -> touched.add(l.ticket()));
    after.ifPresent(l -> touched.add(l.ticket()));
  }

  private void drop(Tab tab, Set<Long> touched) {
    Kept kept = tabs.remove(tab);
    if (kept == null) return;
    unlink(byUser, tab.user(), tab);
    kept.stay()
        .look()
        .ifPresent(
            l -> {
              unlink(byTicket, l.ticket(), tab);
              touched.add(l.ticket());
            });
  }

  private static void unlink(Map<Long, Set<Tab>> index, long key, Tab tab) {
    index.computeIfPresent(
        key,
        (k, some) -> {
          some.remove(tab);
          return some.isEmpty() ? null : some;
        });
  }
}
