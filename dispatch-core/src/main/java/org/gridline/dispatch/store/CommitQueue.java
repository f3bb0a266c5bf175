package org.gridline.dispatch.store;

import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.gridline.dispatch.Failure;

/**
 * The rows that wait for their turn in a {@link SharedCommit}. Lives on its event loop; only {@link
 * #admits} and {@link #size} may be called by others.
 *
 * @param <T> what is written
 */
final class CommitQueue<T extends SharedCommit.Row> {
  private final int most;
  private final AtomicInteger size = new AtomicInteger();
  private final ArrayDeque<Member<T>> urgent = new ArrayDeque<>();
  private final ArrayDeque<Member<T>> ordinary = new ArrayDeque<>();

  /**
   * @param most so many may wait; more are refused at once
   */
  CommitQueue(int most) {
    this.most = most;
  }

  /** One row and whoever waits for it. */
  static final class Member<T extends SharedCommit.Row> {
    final T row;
    final Tuple values;
    final Promise<Boolean> outcome = Promise.promise();
    private final AtomicBoolean claimed = new AtomicBoolean();

    Member(T row, Tuple values) {
      this.row = row;
      this.values = values;
    }

    /** Whoever claims it decides: the lane sends it, or the caller gives up before that. */
    boolean claim() {
      return claimed.compareAndSet(false, true);
    }
  }

  /** Keeps a place for one more, if there is one; who has it is to be added or to leave. */
  boolean admits() {
    if (size.incrementAndGet() <= most) return true;
    size.decrementAndGet();
    return false;
  }

  int size() {
    return size.get();
  }

  /** Whether there is an urgent one, or so many. */
  boolean presses(int enough) {
    return !urgent.isEmpty() || size() >= enough;
  }

  void add(Member<T> member) {
    (member.row.urgent() ? urgent : ordinary).add(member);
  }

  /** Gives back a place that nobody took. */
  void leave() {
    size.decrementAndGet();
  }

  /**
   * Takes those that may go together, urgent ones first, in the order of their ids.
   *
   * @param touched by those that are on their way
   */
  List<Member<T>> take(int rows, Set<Object> touched) {
    List<Member<T>> batch = new ArrayList<>();
    Set<Object> together = new HashSet<>(touched);
    take(urgent, rows, batch, together);
    take(ordinary, rows, batch, together);
    batch.sort(Comparator.comparingLong(m -> m.row.id()));
    return batch;
  }

  private void take(
      ArrayDeque<Member<T>> from, int rows, List<Member<T>> batch, Set<Object> together) {
    Iterator<Member<T>> each = from.iterator();
    while (each.hasNext() && batch.size() < rows) {
      if (!batch.isEmpty() && batch.getFirst().row.alone()) return;
      Member<T> m = each.next();
      if (m.claimed.get()) {
        remove(each);
        continue;
      }
      Set<Object> touches = m.row.touches();
      if ((m.row.alone() && !batch.isEmpty()) || touches.stream().anyMatch(together::contains))
        continue;
      remove(each);
      if (!m.claim()) continue;
      batch.add(m);
      together.addAll(touches);
    }
  }

  /**
   * Answers those that can't be written any more: each version can be built on once, and these
   * versions are gone. Each of them would have to ask the database alone to learn just that.
   */
  void answerOvertaken(List<Member<T>> settled) {
    Map<Long, Integer> gone = new HashMap<>();
    for (Member<T> m : settled)
      m.row.buildsOn().ifPresent(version -> gone.merge(m.row.id(), version, Math::max));
    if (gone.isEmpty()) return;
    answerOvertaken(urgent, gone);
    answerOvertaken(ordinary, gone);
  }

  private void answerOvertaken(ArrayDeque<Member<T>> from, Map<Long, Integer> gone) {
    Iterator<Member<T>> each = from.iterator();
    while (each.hasNext()) {
      Member<T> m = each.next();
      if (m.row.buildsOn().orElse(Integer.MAX_VALUE) > gone.getOrDefault(m.row.id(), -1)) continue;
      remove(each);
      if (m.claim()) m.outcome.complete(false);
    }
  }

  private void remove(Iterator<Member<T>> each) {
    each.remove();
    size.decrementAndGet();
  }

  void refuse(Failure failure) {
    refuse(urgent, failure);
    refuse(ordinary, failure);
  }

  private void refuse(ArrayDeque<Member<T>> all, Failure failure) {
    for (Member<T> m : all) {
      if (m.claim()) m.outcome.fail(failure);
    }
    size.addAndGet(-all.size());
    all.clear();
  }
}
