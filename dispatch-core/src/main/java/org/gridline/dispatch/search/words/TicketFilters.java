package org.gridline.dispatch.search.words;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.TicketStore;
import org.gridline.dispatch.ticket.TicketStore.Search;
import org.gridline.dispatch.ticket.TicketWords.Reader;

/**
 * A search's wishes, order and cursor in the index's terms; each means the same as in the store's
 * query. The scope is a part of the query itself, so neither hits nor counts tell of what lies
 * outside.
 */
final class TicketFilters {
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,19})(?:\\.(\\d{1,19}))?");

  /** The index measures on a sphere, the store on a spheroid; the store has the last word. */
  private static final double SPHERE_SLACK = 1.01;

  private TicketFilters() {}

  static Query of(String words, Reader reader, Search search, Scope scope) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(legible(words, reader, scope), Occur.FILTER);
    all.add(scope(scope), Occur.FILTER);
    if (!search.states().isEmpty())
      all.add(
          anyOf(TicketDocument.STATE, search.states().stream().map(Enum::name).toList()),
          Occur.FILTER);
    if (!search.flags().isEmpty())
      all.add(
          anyOf(TicketDocument.FLAG, search.flags().stream().map(Enum::name).toList()),
          Occur.FILTER);
    search.unit().ifPresent(u -> all.add(is(TicketDocument.UNIT, u), Occur.FILTER));
    if (!search.areas().isEmpty())
      all.add(anyOf(TicketDocument.AREA, search.areas()), Occur.FILTER);
    search.categoryKind().ifPresent(k -> all.add(is(TicketDocument.KIND, k), Occur.FILTER));
    begins(all, TicketDocument.CODE, search.categoryPrefix());
    begins(all, TicketDocument.NUMBER, search.numberPrefix());
    long from = search.from().map(TicketDocument::micros).orElse(Long.MIN_VALUE);
    long to = search.to().map(t -> TicketDocument.micros(t) - 1).orElse(Long.MAX_VALUE);
    if (search.from().isPresent() || search.to().isPresent())
      all.add(LongPoint.newRangeQuery(TicketDocument.REGISTERED, from, to), Occur.FILTER);
    search
        .near()
        .ifPresent(
            n ->
                all.add(
                    LatLonPoint.newDistanceQuery(
                        TicketDocument.POSITION, n.lat(), n.lon(), n.metres() * SPHERE_SLACK),
                    Occur.FILTER));
    return all.build();
  }

  /** What somebody was drawn to check is found by no more than a checker may read in it. */
  private static Query legible(String words, Reader reader, Scope scope) {
    Query plain = WordAnalysis.query(TicketDocument.field(reader), words);
    if (!(scope instanceof Scope.Limited limited) || limited.checks().isEmpty()) return plain;
    Query drawn = anyOf(TicketDocument.HELPER, limited.checks());
    Query blind = WordAnalysis.query(TicketDocument.field(Reader.CHECKER), words);
    return new BooleanQuery.Builder()
        .add(both(plain, Occur.FILTER, drawn, Occur.MUST_NOT), Occur.SHOULD)
        .add(both(blind, Occur.FILTER, drawn, Occur.FILTER), Occur.SHOULD)
        .setMinimumNumberShouldMatch(1)
        .build();
  }

  private static Query both(Query one, Occur first, Query other, Occur second) {
    return new BooleanQuery.Builder().add(one, first).add(other, second).build();
  }

  private static Query scope(Scope scope) {
    return switch (scope) {
      case Scope.District() -> new MatchAllDocsQuery();
      case Scope.Nothing() -> new MatchNoDocsQuery("sees no tickets");
      case Scope.Limited(var areas, var units) ->
          new BooleanQuery.Builder()
              .add(anyOf(TicketDocument.AREA, areas), Occur.SHOULD)
              .add(anyOf(TicketDocument.UNIT, units), Occur.SHOULD)
              .add(anyOf(TicketDocument.HELPER, units), Occur.SHOULD)
              .setMinimumNumberShouldMatch(1)
              .build();
    };
  }

  private static Query anyOf(String field, Collection<String> values) {
    return new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
  }

  private static Query is(String field, String value) {
    return new TermQuery(new Term(field, value));
  }

  private static void begins(BooleanQuery.Builder all, String field, String prefix) {
    if (!prefix.isEmpty()) all.add(new PrefixQuery(new Term(field, prefix)), Occur.FILTER);
  }

  static Sort order(TicketStore.Sort sort) {
    return switch (sort) {
      case NEWEST -> new Sort(new SortField(TicketDocument.ID, SortField.Type.LONG, true));
      case OLDEST -> new Sort(new SortField(TicketDocument.ID, SortField.Type.LONG));
      case DUE ->
          new Sort(
              new SortField(TicketDocument.DUE, SortField.Type.LONG),
              new SortField(TicketDocument.ID, SortField.Type.LONG));
    };
  }

  /** The place in the order behind which a page begins. */
  static Optional<FieldDoc> after(Search search) {
    return search.cursor().map(text -> after(text, search.sort()));
  }

  private static FieldDoc after(String text, TicketStore.Sort sort) {
    Matcher m = CURSOR.matcher(text);
    if (!m.matches() || (sort == TicketStore.Sort.DUE) != (m.group(2) != null)) throw wrongCursor();
    try {
      long id = Long.parseLong(m.group(1));
      if (sort != TicketStore.Sort.DUE)
        return new FieldDoc(Integer.MAX_VALUE, 0, new Object[] {id});
      long due = Long.parseLong(Optional.ofNullable(m.group(2)).orElse("0"));
      return new FieldDoc(
          Integer.MAX_VALUE, 0, new Object[] {due == 0 ? TicketDocument.NEVER : due, id});
    } catch (NumberFormatException e) {
      throw wrongCursor();
    }
  }

  /** The cursor behind a hit, as the store would write it. */
  static String cursor(FieldDoc hit, TicketStore.Sort sort) {
    if (sort != TicketStore.Sort.DUE) return String.valueOf(hit.fields[0]);
    long due = (Long) hit.fields[0];
    return hit.fields[1] + "." + (due == TicketDocument.NEVER ? 0 : due);
  }

  static long id(FieldDoc hit) {
    return (Long) hit.fields[hit.fields.length - 1];
  }

  private static Failure wrongCursor() {
    return Failure.atField(
        FailureCode.INVALID_REQUEST, "cursor", "请从第一页重新查询 · start again from the first page");
  }
}
