package org.gridline.dispatch.search.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StandardDirectoryReader;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.gridline.dispatch.event.Cursor;

/**
 * The folder of one node's index. One thread writes; any thread searches. A commit names the
 * position that it has read the log up to, in the same atomic step as the documents.
 */
final class TicketIndex implements AutoCloseable {
  /** Another number, and every index is made anew: for changes to fields, analysis or redaction. */
  private static final String SCHEMA = "4";

  private static final double BUFFER_MEGABYTES = 32;
  private static final double MOST_MERGED_MEGABYTES = 4;
  private static final double MOST_CACHED_MEGABYTES = 24;

  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;

  private TicketIndex(Directory directory, IndexWriter writer, SearcherManager searchers) {
    this.directory = directory;
    this.writer = writer;
    this.searchers = searchers;
  }

  /** Opens what is there, or begins an empty one. The folder can be entered by its owner only. */
  static TicketIndex open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    // What each look makes is small and soon merged: it lies in memory until a commit.
    Directory directory =
        new NRTCachingDirectory(
            FSDirectory.open(folder), MOST_MERGED_MEGABYTES, MOST_CACHED_MEGABYTES);
    try {
      IndexWriter writer =
          new IndexWriter(
              directory,
              new IndexWriterConfig(WordAnalysis.analyzer())
                  .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                  .setMergePolicy(policy())
                  .setCommitOnClose(false));
      return new TicketIndex(directory, writer, new SearcherManager(writer, new SearcherFactory()));
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** Forgetting leaves no removed document behind, however few there are. */
  private static TieredMergePolicy policy() {
    return new TieredMergePolicy().setForceMergeDeletesPctAllowed(0);
  }

  /** Removes whatever is in the folder. */
  static void wipe(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) Files.deleteIfExists(file);
    }
  }

  /** Up to where the commit that was opened has read; empty for a new or an older index. */
  Optional<Cursor> position() {
    Map<String, String> said = said();
    if (!SCHEMA.equals(said.get("schema"))) return Optional.empty();
    String epoch = said.getOrDefault("epoch", "");
    return Cursor.parse(said.getOrDefault("seq", "") + "@" + epoch, epoch);
  }

  /** Up to which number the commit that was opened knows of tickets that boundaries have moved. */
  long shifts() {
    return Long.parseLong(said().getOrDefault("shifts", "0"));
  }

  private Map<String, String> said() {
    Map<String, String> said = new HashMap<>();
    Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
    if (data != null) data.forEach(e -> said.put(e.getKey(), e.getValue()));
    return said;
  }

  void put(long id, Document document) throws IOException {
    writer.updateDocument(TicketDocument.key(id), document);
  }

  void remove(Collection<Long> ids) throws IOException {
    for (long id : ids) writer.deleteDocuments(TicketDocument.key(id));
  }

  /** Writes anew whatever holds removed documents, so that their words are in no file any more. */
  void expunge() throws IOException {
    writer.forceMergeDeletes(true);
  }

  /** What was put is found from now on. */
  void refresh() throws IOException {
    searchers.maybeRefreshBlocking();
  }

  /** What was put is there after a crash. */
  void commit(Cursor upTo, long shifts) throws IOException {
    writer.setLiveCommitData(
        Map.of(
                "schema",
                SCHEMA,
                "epoch",
                upTo.epoch(),
                "seq",
                Long.toString(upTo.seq()),
                "shifts",
                Long.toString(shifts))
            .entrySet());
    writer.commit();
  }

  /** Whether every file that is searched is still in its folder. */
  boolean intact() throws IOException {
    if (!writer.isOpen()) return false;
    Collection<String> there = java.util.Set.of(directory.listAll());
    return search(
            searcher ->
                there.containsAll(
                    ((StandardDirectoryReader) searcher.getIndexReader())
                        .getIndexCommit().getFileNames().stream()
                            // A commit in memory names a file that is written with the next commit.
                            .filter(f -> !f.startsWith("segments"))
                            .toList()))
        && there.stream().anyMatch(f -> f.startsWith("segments"));
  }

  /** Something to do with a searcher, which is not to be kept. */
  interface Use<T> {
    T with(IndexSearcher searcher) throws IOException;
  }

  <T> T search(Use<T> use) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return use.with(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets go without writing anything more. */
  @Override
  public void close() throws IOException {
    // Searchers first: what they hold would survive the rollback, and the folder's cache writes out
    // at its end whatever is left in it.
    try (directory) {
      try {
        searchers.close();
      } finally {
        writer.rollback();
      }
    }
  }
}
