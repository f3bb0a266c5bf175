package org.gridline.dispatch.search.address;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.gridline.dispatch.place.Addresses;
import org.gridline.dispatch.place.Gazetteer.Entry;

/**
 * Suggests from an index in memory, one document a name, short names first. Lucene finds who could
 * be meant; how well each fits is measured on the name itself.
 */
public final class LuceneAddresses implements Addresses {
  private static final String BEGINS = "begins";
  private static final String HOLDS = "holds";
  private static final String LETTERS = "letters";
  private static final String CHARACTER = "character";

  /** So many names are measured a pass; the shortest ones, since documents stand in that order. */
  private static final int MOST_MEASURED = 300;

  /** So many typed symbols leave few enough names to measure. */
  private static final int MOST_IN_MACHINE = 10;

  /** Shorter texts have too many neighbours. */
  private static final int LEAST_LETTERS = 4;

  private static final int MOST_LETTERS = 20;
  private static final int LEAST_CHARACTERS = 3;

  private static final double ALIAS = 0.97;

  /** A name that stands in a longer address. */
  private static final double WITHIN = 0.5;

  private final List<Known> known;
  private final IndexSearcher searcher;

  private record Known(Entry entry, Name name, double worth) {}

  private LuceneAddresses(List<Known> known, IndexSearcher searcher) {
    this.known = known;
    this.searcher = searcher;
  }

  /** Indexes these places; about a second for 10,000. Call beside what must be fast. */
  public static LuceneAddresses build(Collection<Entry> entries) {
    List<Known> known = new ArrayList<>();
    for (Entry entry : entries) {
      double worth = worth(entry.kind());
      known.add(new Known(entry, Name.of(entry.name()), worth));
      for (String alias : entry.aliases())
        known.add(new Known(entry, Name.of(alias), worth * ALIAS));
    }
    known.removeIf(k -> k.name().symbols().isEmpty());
    known.sort(
        Comparator.comparingInt((Known k) -> k.name().symbols().size())
            .thenComparing(k -> k.name().text()));
    try {
      ByteBuffersDirectory directory = new ByteBuffersDirectory();
      // Merging neighbours only keeps the order of documents.
      IndexWriterConfig config =
          new IndexWriterConfig(new KeywordAnalyzer()).setMergePolicy(new LogDocMergePolicy());
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        for (Known k : known) writer.addDocument(document(k.name()));
        writer.forceMerge(1);
      }
      IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
      searcher.setQueryCache(null);
      return new LuceneAddresses(List.copyOf(known), searcher);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Among equals a place comes before the areas that are named after it, the smallest last. */
  private static double worth(String kind) {
    return switch (kind) {
      case "district", "street", "community" -> 0.99;
      case "grid" -> 0.95;
      default -> 1;
    };
  }

  private static Document document(Name name) {
    Document document = new Document();
    name.terms(0).forEach(t -> document.add(new StringField(BEGINS, t, Field.Store.NO)));
    for (int i = 0; i < name.symbols().size(); i++) {
      name.terms(i).forEach(t -> document.add(new StringField(HOLDS, t, Field.Store.NO)));
      name.letters(i).forEach(t -> document.add(new StringField(LETTERS, t, Field.Store.NO)));
      int character = name.symbols().get(i).codePoint();
      document.add(new StringField(CHARACTER, Character.toString(character), Field.Store.NO));
    }
    return document;
  }

  @Override
  public List<Hit> list(String query, int most) {
    Typed typed = Typed.of(query);
    if (typed.isEmpty()) return List.of();
    Found found = new Found();
    exact(typed, found);
    if (found.size() == 0) mistyped(typed, found);
    if (found.size() == 0) within(typed, found);
    if (found.size() == 0) beginning(typed, found);
    return found.best(most);
  }

  /** How often the query of this text alone can be run, for measuring what is lost around it. */
  Optional<Query> query(String query) {
    return TypedAutomaton.of(Typed.of(query)).map(a -> query(BEGINS, a));
  }

  IndexSearcher searcher() {
    return searcher;
  }

  private void exact(Typed typed, Found found) {
    // Alignment measures the whole text, so a machine for its beginning is as right, and quicker.
    int head = Math.min(typed.size(), MOST_IN_MACHINE);
    Optional<Automaton> machine = TypedAutomaton.of(typed.head(head));
    while (machine.isEmpty() && head > 1) machine = TypedAutomaton.of(typed.head(head /= 2));
    if (machine.isEmpty()) return;
    Function<Known, Optional<Hit>> measure =
        k -> Alignment.of(typed, k.name()).map(a -> hit(k, a.score(k.name()), a.spans()));
    if (run(query(BEGINS, machine.get()), measure, found) < MOST_MEASURED)
      run(query(HOLDS, machine.get()), measure, found);
  }

  private void mistyped(Typed typed, Found found) {
    int[] joined = typed.joined();
    if (typed.latin()) {
      if (joined.length < LEAST_LETTERS || joined.length > MOST_LETTERS) return;
      Automaton near = new LevenshteinAutomata(joined, 0xFF, true).toAutomaton(1);
      Optional<Automaton> machine = Beginnings.of(near).plain();
      if (machine.isEmpty()) return;
      run(
          query(LETTERS, machine.get()),
          k -> NearMiss.ofLetters(joined, k.name()).map(m -> hit(k, m.score(k.name()), m.spans())),
          found);
    } else {
      int[] distinct = Arrays.stream(joined).distinct().toArray();
      if (distinct.length < LEAST_CHARACTERS) return;
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      for (int c : distinct)
        any.add(
            new ConstantScoreQuery(new TermQuery(new Term(CHARACTER, Character.toString(c)))),
            Occur.SHOULD);
      any.setMinimumNumberShouldMatch(distinct.length - 1);
      run(
          any.build(),
          k ->
              NearMiss.ofCharacters(joined, k.name())
                  .map(m -> hit(k, m.score(k.name()), m.spans())),
          found);
    }
  }

  /** A house number that nobody knows: the road is better than nothing. */
  private void beginning(Typed typed, Found found) {
    if (typed.latin()) return;
    int number = 0;
    while (number < typed.size() && !Character.isDigit(typed.symbols()[number])) number++;
    for (int head : new int[] {number, typed.size() * 3 / 4, typed.size() / 2})
      if (found.size() == 0 && head >= LEAST_CHARACTERS && head < typed.size())
        exact(typed.head(head), found);
  }

  /** A whole address was pasted: the longest names that stand in it. */
  private void within(Typed typed, Found found) {
    int[] all = typed.joined();
    String said = new String(all, 0, all.length);
    int longest = LEAST_CHARACTERS;
    for (int i = known.size() - 1; i >= 0; i--) {
      Known k = known.get(i);
      int length = k.name().symbols().size();
      if (length < longest) return;
      if (!said.contains(k.name().folded())) continue;
      longest = length;
      double score = WITHIN + (1 - WITHIN) * length / all.length;
      found.add(hit(k, score * 0.9, Alignment.spans(k.name(), 0, length)));
    }
  }

  private static Hit hit(Known known, double score, List<Span> spans) {
    return new Hit(known.entry(), known.name().text(), score * known.worth(), spans);
  }

  private static Query query(String field, Automaton machine) {
    return new AutomatonQuery(new Term(field, ""), machine, true);
  }

  /** How many documents were measured. */
  private int run(Query query, Function<Known, Optional<Hit>> measure, Found found) {
    try {
      ScoreDoc[] docs =
          searcher.search(
                  query, new TopScoreDocCollectorManager(MOST_MEASURED, null, MOST_MEASURED))
              .scoreDocs;
      for (ScoreDoc doc : docs) measure.apply(known.get(doc.doc)).ifPresent(found::add);
      return docs.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The best hit of each place. */
  private static final class Found {
    private final Map<Entry, Hit> hits = new HashMap<>();

    void add(Hit hit) {
      hits.merge(hit.entry(), hit, (a, b) -> b.score() > a.score() ? b : a);
    }

    int size() {
      return hits.size();
    }

    List<Hit> best(int most) {
      return hits.values().stream()
          .sorted(
              Comparator.comparingDouble(Hit::score)
                  .reversed()
                  .thenComparing(h -> h.entry().name())
                  .thenComparing(h -> h.entry().area()))
          .limit(most)
          .toList();
    }
  }
}
