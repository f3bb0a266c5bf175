package org.gridline.console.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.gridline.console.Await;
import org.gridline.console.matrix.Case.Canary;
import org.junit.jupiter.api.Test;

/** Nothing that callers leave can be read in logs, in files beside the database, or in its rows. */
class AtRestMatrixTest {
  private final Setting setting = Setting.shared();

  @Test
  void no_log_line_tells_of_a_caller() {
    List<String> told = new ArrayList<>();
    for (String line : setting.logged)
      for (String secret : secrets()) if (line.contains(secret)) told.add(line);
    assertThat(setting.logged).isNotEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void no_file_of_the_server_holds_a_caller() throws IOException {
    List<String> told = new ArrayList<>();
    try (Stream<Path> files = Files.walk(setting.town.data())) {
      // The index is made of words, some for those who speak with callers; it has its own test.
      for (Path file :
          files.filter(Files::isRegularFile).filter(f -> !f.startsWith(index())).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (String secret : secrets())
          if (text.contains(secret)) told.add(setting.town.data().relativize(file) + " " + secret);
      }
    }
    assertThat(told).isEmpty();
  }

  @Test
  void the_index_of_those_who_do_not_speak_with_callers_holds_none_that_is_hidden()
      throws IOException {
    List<String> hidden =
        setting.fixture.cases.stream()
            .filter(Case::hidden)
            .flatMap(c -> c.canaries().stream())
            .filter(c -> c.kind() == Canary.Kind.TOLD || c.kind() == Canary.Kind.PHONE)
            .map(Canary::text)
            .toList();
    Await.until(() -> words("centre").stream().anyMatch(hidden::contains));
    // A name stands there in pairs of signs, and a door as number and sign.
    Set<String> others = words("others");
    assertThat(others).isNotEmpty().doesNotContainAnyElementsOf(hidden);
    for (Case ticket : setting.fixture.cases)
      if (ticket.hidden())
        assertThat(others)
            .doesNotContain(
                ticket.telling().door().substring(0, 4), ticket.telling().name().substring(0, 2));
  }

  private Path index() {
    return setting.town.data().resolve("search");
  }

  /** What a copy of the folder says of one kind of readers. */
  private Set<String> words(String field) {
    Set<String> words = new HashSet<>();
    try (Stream<Path> folders = Files.walk(index())) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        try (Directory directory = FSDirectory.open(folder)) {
          if (!DirectoryReader.indexExists(directory)) continue;
          try (DirectoryReader reader = DirectoryReader.open(directory)) {
            for (LeafReaderContext leaf : reader.leaves())
              words.addAll(living(leaf.reader(), field));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }

  /** What was replaced is found no more, though it stays in its file for a while. */
  private static Set<String> living(LeafReader leaf, String field) throws IOException {
    Set<String> words = new HashSet<>();
    Terms terms = leaf.terms(field);
    if (terms == null) return words;
    Bits live = leaf.getLiveDocs();
    TermsEnum each = terms.iterator();
    for (BytesRef word = each.next(); word != null; word = each.next()) {
      PostingsEnum in = each.postings(null, PostingsEnum.NONE);
      for (int d = in.nextDoc(); d != DocIdSetIterator.NO_MORE_DOCS; d = in.nextDoc())
        if (live == null || live.get(d)) words.add(word.utf8ToString());
    }
    return words;
  }

  @Test
  void no_row_of_the_database_holds_a_caller_in_clear() {
    Sql sql = new Sql(setting.town);
    List<String> told = new ArrayList<>();
    List<String> tables =
        sql.list(
            "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name)"
                + " FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
                + " AND table_schema NOT IN ('pg_catalog', 'information_schema')");
    for (String table : tables)
      for (String row : sql.list("SELECT t::text FROM " + table + " t")) {
        String text = row + unescaped(row);
        for (String secret : secrets()) if (text.contains(secret)) told.add(table + " " + secret);
      }
    assertThat(tables).hasSizeGreaterThan(20);
    assertThat(told).isEmpty();
  }

  /** Bytes are told in hexadecimal; one that is plain text would hide there. */
  private static String unescaped(String row) {
    StringBuilder all = new StringBuilder();
    var bytes = java.util.regex.Pattern.compile("\\\\\\\\?x((?:[0-9a-f]{2})+)").matcher(row);
    while (bytes.find())
      all.append(
          new String(java.util.HexFormat.of().parseHex(bytes.group(1)), StandardCharsets.UTF_8));
    return all.toString();
  }

  private List<String> secrets() {
    return setting.fixture.cases.stream()
        .flatMap(c -> c.canaries().stream())
        .filter(c -> c.kind() == Canary.Kind.TOLD || c.kind() == Canary.Kind.PHONE)
        .map(Canary::text)
        .toList();
  }
}
