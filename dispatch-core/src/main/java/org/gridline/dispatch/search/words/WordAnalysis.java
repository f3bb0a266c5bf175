package org.gridline.dispatch.search.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.gridline.dispatch.search.Folding;
import org.gridline.dispatch.ticket.TicketWords;

/**
 * Texts as terms, and what somebody looks for as a query. Chinese is indexed by single characters
 * and pairs, so any piece of a text is found whatever words a dictionary would cut it into; a
 * longer question is cut into words, each of which must be there. English is stemmed, and the last
 * word may be unfinished. There is no syntax: signs only separate. Thread-safe.
 */
final class WordAnalysis {
  /** A run of Chinese of at least so many characters may be several words. */
  private static final int SENTENCE = 4;

  private static final int LEAST_PREFIX = 3;
  private static final int MOST_CLAUSES = 32;

  private static final Analyzer TEXTS =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          Tokenizer source = new StandardTokenizer();
          return new TokenStreamComponents(
              source, new PorterStemFilter(new CJKBigramFilter(source, CJKBigramFilter.HAN, true)));
        }
      };

  private static final Analyzer CHINESE_WORDS = new SmartChineseAnalyzer(false);

  private WordAnalysis() {}

  static Analyzer analyzer() {
    return TEXTS;
  }

  /** What is given to the analyzer. */
  static String text(String said) {
    return Folding.fold(said);
  }

  /** All that was asked for must be in the field; nothing that can be looked for finds nothing. */
  static Query query(String field, String asked) {
    int most = Math.min(asked.length(), TicketWords.MOST_CHARACTERS);
    List<String> runs = runs(Folding.fold(asked.substring(0, most)));
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    int clauses = 0;
    for (int i = 0; i < runs.size() && clauses < MOST_CLAUSES; i++) {
      String run = runs.get(i);
      List<Query> parts =
          Character.isIdeographic(run.codePointAt(0))
              ? pieces(run).stream().map(p -> piece(field, p)).toList()
              : words(field, run, i == runs.size() - 1);
      for (Query part : parts) all.add(part, Occur.FILTER);
      clauses += parts.size();
    }
    return clauses == 0 ? new MatchNoDocsQuery("nothing to look for") : all.build();
  }

  /** Runs of Chinese, and runs of other letters and digits. */
  private static List<String> runs(String text) {
    List<String> runs = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    boolean chinese = false;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      boolean kept = Character.isLetterOrDigit(c);
      if (!run.isEmpty() && (!kept || chinese != Character.isIdeographic(c))) {
        runs.add(run.toString());
        run.setLength(0);
      }
      if (kept) {
        chinese = Character.isIdeographic(c);
        run.appendCodePoint(c);
      }
    }
    if (!run.isEmpty()) runs.add(run.toString());
    return runs;
  }

  /**
   * A short run is one piece. A longer one is cut into words; what the dictionary does not know
   * comes out in single characters, and neighbours of these stay together: 尧|化|门 is a name.
   */
  private static List<String> pieces(String run) {
    if (run.codePointCount(0, run.length()) < SENTENCE) return List.of(run);
    List<String> pieces = new ArrayList<>();
    StringBuilder unknown = new StringBuilder();
    for (String word : terms(CHINESE_WORDS, run)) {
      if (word.codePointCount(0, word.length()) == 1) {
        unknown.append(word);
      } else {
        if (!unknown.isEmpty()) pieces.add(unknown.toString());
        unknown.setLength(0);
        pieces.add(word);
      }
    }
    if (!unknown.isEmpty()) pieces.add(unknown.toString());
    return pieces.isEmpty() ? List.of(run) : pieces;
  }

  /** A piece stands in a text if its pairs stand there one behind the other. */
  private static Query piece(String field, String piece) {
    int[] c = piece.codePoints().toArray();
    if (c.length == 1) return new TermQuery(new Term(field, piece));
    PhraseQuery.Builder pairs = new PhraseQuery.Builder();
    for (int i = 0; i + 1 < c.length; i++) pairs.add(new Term(field, new String(c, i, 2)), i);
    return pairs.build();
  }

  private static List<Query> words(String field, String run, boolean last) {
    List<Query> words = new ArrayList<>();
    for (String stem : terms(TEXTS, run)) {
      Query word = new TermQuery(new Term(field, stem));
      if (last && run.length() >= LEAST_PREFIX) {
        word =
            new BooleanQuery.Builder()
                .add(word, Occur.SHOULD)
                .add(new PrefixQuery(new Term(field, run)), Occur.SHOULD)
                .build();
      }
      words.add(word);
    }
    return words;
  }

  private static List<String> terms(Analyzer analyzer, String text) {
    List<String> terms = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) terms.add(term.toString());
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return terms;
  }
}
