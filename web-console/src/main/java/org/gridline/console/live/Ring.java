package org.gridline.console.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last steps of the log and their tickets as they stand, shared by everybody: whoever was away
 * for a moment, or reads slowly, costs no query and no memory of its own. Thread-safe.
 */
final class Ring {
  private final Step[] steps;
  private final Map<Long, Ours> tickets = new HashMap<>();
  private long first;
  private long last;

  /** A ticket of one or more steps here. */
  private static final class Ours {
    private long lastSeq;
    private int lastVersion;
    private Optional<News> news = Optional.empty();
  }

  /**
   * @param size how many steps are kept
   */
  Ring(int size) {
    this.steps = new Step[size];
  }

  /** Begins anew after a position. */
  synchronized void reset(long seq) {
    first = seq + 1;
    last = seq;
    tickets.clear();
  }

  /**
   * A step that is here already is not added again.
   *
   * @throws IllegalArgumentException when a position is missing between the last one and this
   */
  synchronized void add(Step step) {
    if (step.seq() <= last) return;
    if (step.seq() != last + 1) {
      throw new IllegalArgumentException("after " + last + " comes no " + step.seq());
    }
    int at = (int) (step.seq() % steps.length);
    if (last - first + 1 == steps.length) {
      Step oldest = steps[at];
      first++;
      Ours ours = tickets.get(oldest.ticket());
      if (ours != null && ours.lastSeq == oldest.seq()) tickets.remove(oldest.ticket());
    }
    steps[at] = step;
    last = step.seq();
    Ours ours = tickets.computeIfAbsent(step.ticket(), t -> new Ours());
    ours.lastSeq = step.seq();
    ours.lastVersion = step.event().version();
    // What was known of it is older than this step.
    ours.news = Optional.empty();
  }

  /** Steps and their tickets as they were read after them. */
  synchronized void addAll(List<Step> more, List<News> news) {
    more.forEach(this::add);
    news.forEach(this::put);
  }

  /** A ticket as it was read; one that was read before its last step here is not kept. */
  synchronized void put(News news) {
    Ours ours = tickets.get(news.ticket().id());
    if (ours == null || news.ticket().version() < ours.lastVersion) return;
    if (ours.news.filter(n -> n.ticket().version() > news.ticket().version()).isEmpty())
      ours.news = Optional.of(news);
  }

  synchronized Optional<News> news(long ticket) {
    return Optional.ofNullable(tickets.get(ticket)).flatMap(o -> o.news);
  }

  /** The steps after one position up to another; empty when they are no longer all here. */
  synchronized Optional<List<Step>> between(long after, long upTo) {
    if (after + 1 < first || upTo > last) return Optional.empty();
    List<Step> found = new ArrayList<>((int) Math.max(0, upTo - after));
    for (long seq = after + 1; seq <= upTo; seq++) found.add(steps[(int) (seq % steps.length)]);
    return Optional.of(found);
  }
}
