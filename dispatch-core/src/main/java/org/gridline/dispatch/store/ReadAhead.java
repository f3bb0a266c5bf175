package org.gridline.dispatch.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Rows in their order, each made ready for whoever takes them one by one. One thread reads ahead
 * and the processors work on what it read, some thousand rows at most, so memory does not grow with
 * the log. Used by one thread.
 *
 * @param <T> what a row is made into
 */
final class ReadAhead<T> implements AutoCloseable {
  /** What is done with a row, on any of several threads at once. */
  interface Work<T> {
    /**
     * @param text a buffer of this thread
     */
    T on(CopyRow row, EventText text);
  }

  private static final int BATCH = 256;
  private static final int BATCHES = 16;
  private static final long MOST_SECONDS = 90;

  private final BlockingQueue<CompletableFuture<List<T>>> read = new ArrayBlockingQueue<>(BATCHES);
  private final ExecutorService working =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("ready-", 0).factory());
  private final ThreadLocal<EventText> texts = ThreadLocal.withInitial(EventText::new);
  private final Work<T> work;
  private final Thread reader;
  private List<T> batch = List.of();
  private int next;
  private boolean ended;

  ReadAhead(String what, CopyRows rows, Work<T> work) {
    this.work = work;
    reader = Thread.ofPlatform().daemon().name("read-" + what).start(() -> readAhead(rows));
  }

  private void readAhead(CopyRows rows) {
    try {
      try {
        while (true) {
          List<CopyRow> some = new ArrayList<>(BATCH);
          while (some.size() < BATCH && rows.advance()) some.add(rows.row());
          read.put(CompletableFuture.supplyAsync(() -> ready(some), working));
          if (some.isEmpty()) return;
        }
      } catch (RuntimeException e) {
        read.put(CompletableFuture.failedFuture(e));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private List<T> ready(List<CopyRow> rows) {
    EventText text = texts.get();
    List<T> ready = new ArrayList<>(rows.size());
    for (CopyRow row : rows) ready.add(work.on(row, text));
    return ready;
  }

  /** The next one; empty at the end. */
  Optional<T> next() {
    if (next == batch.size() && !ended) {
      batch = take();
      next = 0;
      ended = batch.isEmpty();
    }
    return ended ? Optional.empty() : Optional.of(batch.get(next++));
  }

  private List<T> take() {
    try {
      CompletableFuture<List<T>> some = read.poll(MOST_SECONDS, TimeUnit.SECONDS);
      if (some == null) throw new IllegalStateException("the database sends no rows");
      return some.orTimeout(MOST_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) throw e;
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    reader.interrupt();
    working.shutdownNow();
  }
}
