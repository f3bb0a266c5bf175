package org.gridline.console.boundaries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.ground.BoundaryImport;
import org.gridline.dispatch.ground.BoundaryImport.State;
import org.gridline.dispatch.ground.BoundaryImports;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.ground.Patience;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on uploads in the background, one after the other, on a thread of its own. Says all the
 * while that it is alive; what another server left unfinished is ended and cleaned up here.
 */
public final class ImportDesk implements AutoCloseable {
  /** More in the queue would hold too much of the disk. */
  private static final int MOST_WAITING = 4;

  private static final int ALIVE_SECONDS = 5;
  private static final int TIDY_BEATS = 12;
  private static final Duration SILENT = Duration.ofSeconds(60);
  private static final Logger LOG = LoggerFactory.getLogger(ImportDesk.class);

  private final BoundaryVersions versions;
  private final BoundaryImports imports;
  private final ImportWork work;
  private final InstantSource clock;
  private final Path folder;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("boundary-import").factory());
  private final ScheduledExecutorService pulse =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("boundary-import-pulse").factory());
  private final ScheduledFuture<?> beating;
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private int beats;
  private final Map<Long, At> mine = new ConcurrentHashMap<>();

  /** How far one of ours is. */
  private record At(State state, int percent) {}

  /**
   * @param folder for uploads of this server alone
   */
  public ImportDesk(
      BoundaryVersions versions,
      BoundaryImports imports,
      ImportWork work,
      InstantSource clock,
      Path folder) {
    this.versions = versions;
    this.imports = imports;
    this.work = work;
    this.clock = clock;
    this.folder = folder;
    empty(folder);
    worker.execute(this::tidy);
    beating =
        pulse.scheduleWithFixedDelay(this::beat, ALIVE_SECONDS, ALIVE_SECONDS, TimeUnit.SECONDS);
  }

  /** Where uploads are written. */
  public Path folder() {
    return folder;
  }

  /** Nobody works on what an earlier life of this server left behind. */
  private static void empty(Path folder) {
    try (Stream<Path> left = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      for (Path file : left.toList()) Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("uploads of before can't be removed: {}", e.getClass().getSimpleName());
    }
  }

  /**
   * Makes room for an upload before it comes; {@link #take} or {@link #giveBack} must follow.
   *
   * @throws Failure {@code overloaded} when too many wait
   */
  public void reserve() {
    if (!room.tryAcquire())
      throw new Failure(
          FailureCode.OVERLOADED, "已有导入在处理,请稍后再试 · imports are waiting already, try again shortly");
  }

  public void giveBack() {
    room.release();
  }

  /** Takes an upload over: the file is deleted when the work on it is done. */
  public void take(BoundaryImport fresh, LayerWish wish, Path file) {
    mine.put(fresh.id(), new At(State.RECEIVED, 0));
    try {
      imports.begin(fresh);
      worker.execute(() -> run(fresh, wish, file));
    } catch (RuntimeException e) {
      mine.remove(fresh.id());
      giveBack();
      delete(file);
      throw e;
    }
  }

  private void run(BoundaryImport fresh, LayerWish wish, Path file) {
    try {
      work.run(fresh, wish, file, (state, percent) -> tell(fresh.id(), state, percent));
    } catch (Patience.Over tooLong) {
      LOG.atWarn().addKeyValue("import", fresh.id()).log("import took too long");
      fail(fresh.id(), String.valueOf(tooLong.getMessage()));
    } catch (RuntimeException | Error e) {
      // Its message may quote the file; the class says enough to find the place in the log.
      LOG.atError()
          .addKeyValue("import", fresh.id())
          .addKeyValue("cause", e.getClass().getSimpleName())
          .addKeyValue("at", Stream.of(e.getStackTrace()).limit(5).toList())
          .log("import failed");
      fail(fresh.id(), "内部错误,请告知管理员 · internal error, tell the administrator");
    } finally {
      mine.remove(fresh.id());
      giveBack();
      delete(file);
    }
  }

  private void tell(long id, State state, int percent) {
    At before = mine.put(id, new At(state, percent));
    if (before != null && before.state() == state && before.percent() == percent) return;
    imports.tell(id, state, percent, clock.instant());
  }

  private void fail(long id, String problem) {
    try {
      if (imports.end(id, State.FAILED, problem, Optional.empty(), clock.instant())) tidy();
    } catch (RuntimeException e) {
      // Another server, or this one later, finds it silent and ends it.
      LOG.atWarn().addKeyValue("import", id).log("a failed import could not be ended");
    }
  }

  /** Says that ours live, and ends what nobody works on any more. */
  private void beat() {
    try {
      mine.forEach((id, at) -> imports.tell(id, at.state(), at.percent(), clock.instant()));
      for (BoundaryImport silent : imports.listSilent(clock.instant().minus(SILENT)))
        if (!mine.containsKey(silent.id()))
          fail(silent.id(), "服务中断,未完成;未留下任何内容 · the server was stopped; nothing was left behind");
      if (++beats % TIDY_BEATS == 0 && mine.isEmpty()) tidy();
    } catch (RuntimeException | Error e) {
      // Whatever it is, the next beat comes.
      LOG.atDebug().addKeyValue("cause", e.getClass().getSimpleName()).log("no pulse");
    }
  }

  /** Drops what somebody decided against, in the background. */
  public void tidySoon() {
    worker.execute(this::tidy);
  }

  /** What is not dropped now is found again by the next round, here or on another server. */
  private void tidy() {
    try {
      imports.markStale(clock.instant());
      imports.listLeftVersions().forEach(versions::drop);
      versions.dropOrphans();
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("cause", e.getClass().getSimpleName()).log("not tidied");
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    beating.cancel(true);
    pulse.shutdownNow();
    worker.shutdownNow();
  }
}
