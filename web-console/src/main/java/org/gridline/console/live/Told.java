package org.gridline.console.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * What one view is told of one ticket.
 *
 * @param seq up to here everything is told once this is
 */
record Told(long seq, News news, Manner manner) {
  /** How it is told. */
  enum Manner {
    WHOLE,
    AS_CHECKER,
    AS_PAST_CHECKER,
    /** The client knows the ticket; what seldom changes may be left out. */
    UPDATE,
    /** It has left the client's sight; nothing of it is told but its id. */
    GONE
  }

  /** What the last step was; whoever checks learns nothing of others' steps. */
  String kind() {
    return manner == Manner.WHOLE || manner == Manner.UPDATE ? news.kind() : "";
  }

  /** How well the client knows what came before. */
  enum Reader {
    /** It was told everything up to these steps. */
    CURRENT,
    /** It comes back, or is behind: each ticket is told once, as it stands now. */
    LATE
  }

  /**
   * What these steps mean for a view. A ticket is told at its first step that concerns the view, as
   * it stands now: so a client that is cut off anywhere in between can go on from where it was.
   *
   * @param steps ascending
   * @param now the ticket as it stands
   * @return empty when a ticket is not known any more
   */
  static Optional<List<Told>> list(
      View view, List<Step> steps, LongFunction<Optional<News>> now, Reader reader) {
    List<Told> told = new ArrayList<>();
    Set<Long> done = new HashSet<>();
    for (Step step : steps) {
      if (done.contains(step.ticket())) continue;
      Optional<News> found = now.apply(step.ticket());
      if (found.isEmpty()) return Optional.empty();
      News news = found.get();
      Shown shown = view.shows(news.audience());
      if (shown == Shown.NOTHING && !step.wasSeenBy(view, news.audience())) continue;
      done.add(step.ticket());
      told.add(new Told(step.seq(), news, manner(shown, view, news, reader)));
    }
    return Optional.of(told);
  }

  private static Manner manner(Shown shown, View view, News news, Reader reader) {
    return switch (shown) {
      case NOTHING -> Manner.GONE;
      case AS_CHECKER -> Manner.AS_CHECKER;
      case AS_PAST_CHECKER -> Manner.AS_PAST_CHECKER;
      case WHOLE -> reader == Reader.CURRENT && news.knownTo(view) ? Manner.UPDATE : Manner.WHOLE;
    };
  }
}
