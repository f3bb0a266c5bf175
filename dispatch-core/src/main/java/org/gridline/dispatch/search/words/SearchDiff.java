package org.gridline.dispatch.search.words;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.gridline.dispatch.ticket.TicketStore;
import org.gridline.dispatch.ticket.TicketStore.Standing;

/**
 * Every ticket's id and version in the store against the index, both ways.
 *
 * @param tickets how many the store has
 * @param missing in the store only
 * @param extra in the index only, or more than once
 * @param stale in both, with another version
 */
public record SearchDiff(long tickets, List<Long> missing, List<Long> extra, List<Long> stale) {
  private static final int RANGE = 5_000;

  public SearchDiff {
    missing = List.copyOf(missing);
    extra = List.copyOf(extra);
    stale = List.copyOf(stale);
  }

  public boolean same() {
    return missing.isEmpty() && extra.isEmpty() && stale.isEmpty();
  }

  List<Long> ids() {
    return Stream.of(missing, extra, stale).flatMap(List::stream).distinct().toList();
  }

  /**
   * Compares range by range, so that memory does not grow with the city. While tickets change, some
   * differ only because their events are still to be read; what differs in two comparisons, between
   * which the index has read on, is wrong.
   */
  static SearchDiff of(TicketIndex index, TicketStore store) {
    long tickets = 0;
    List<Long> missing = new ArrayList<>();
    List<Long> extra = new ArrayList<>();
    List<Long> stale = new ArrayList<>();
    long after = -1;
    boolean more = true;
    while (more) {
      List<Standing> range = store.listStandings(after, RANGE);
      more = range.size() == RANGE;
      long last = more ? range.getLast().id() : Long.MAX_VALUE;
      Map<Long, List<Integer>> indexed = indexed(index, after + 1, last);
      tickets += range.size();
      for (Standing s : range) {
        List<Integer> versions = indexed.getOrDefault(s.id(), List.of());
        indexed.remove(s.id());
        if (versions.isEmpty()) missing.add(s.id());
        else if (versions.size() > 1) extra.add(s.id());
        else if (versions.getFirst() != s.version()) stale.add(s.id());
      }
      extra.addAll(new TreeSet<>(indexed.keySet()));
      after = last;
    }
    return new SearchDiff(tickets, missing, extra, stale);
  }

  private static Map<Long, List<Integer>> indexed(TicketIndex index, long from, long to) {
    return index.search(
        searcher ->
            searcher.search(LongPoint.newRangeQuery(TicketDocument.ID, from, to), new Versions()));
  }

  private static final class Versions
      implements CollectorManager<Versions.Leaf, Map<Long, List<Integer>>> {
    @Override
    public Leaf newCollector() {
      return new Leaf();
    }

    @Override
    public Map<Long, List<Integer>> reduce(java.util.Collection<Leaf> leaves) {
      Map<Long, List<Integer>> all = new HashMap<>();
      for (Leaf leaf : leaves)
        leaf.found.forEach((id, v) -> all.computeIfAbsent(id, i -> new ArrayList<>()).addAll(v));
      return all;
    }

    private static final class Leaf extends SimpleCollector {
      private final Map<Long, List<Integer>> found = new HashMap<>();
      private Optional<Columns> columns = Optional.empty();

      @Override
      protected void doSetNextReader(LeafReaderContext context) throws IOException {
        columns =
            Optional.of(
                new Columns(
                    DocValues.getNumeric(context.reader(), TicketDocument.ID),
                    DocValues.getNumeric(context.reader(), TicketDocument.VERSION)));
      }

      @Override
      public void collect(int doc) throws IOException {
        Columns of = columns.orElseThrow();
        of.ids().advanceExact(doc);
        of.versions().advanceExact(doc);
        found
            .computeIfAbsent(of.ids().longValue(), i -> new ArrayList<>(1))
            .add((int) of.versions().longValue());
      }

      @Override
      public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
      }
    }

    private record Columns(NumericDocValues ids, NumericDocValues versions) {}
  }
}
