package org.gridline.console.components;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.gridline.console.csv.Unreadable;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.component.Component.Origin;
import org.gridline.dispatch.component.Components;
import org.gridline.dispatch.component.ImportComponents;
import org.gridline.dispatch.component.ImportComponents.Form;
import org.gridline.dispatch.component.ImportComponents.Report;
import org.gridline.dispatch.people.User;
import org.gridline.gis.position.Crs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports that run, one after the other on a thread of their own, and the last ones that ran on
 * this node. Thread-safe.
 */
public final class ImportRuns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportRuns.class);
  private static final int WAITING = 4;
  private static final int REMEMBERED = 50;

  private final ImportComponents importing;
  private final Components components;
  private final InstantSource clock;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, Run> runs = new LinkedHashMap<>();

  /** Files on their way, waiting or being read; each takes disk. */
  private final Semaphore room = new Semaphore(WAITING + 1);

  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING + 2),
          Thread.ofPlatform().name("component-import").daemon().factory());

  public ImportRuns(ImportComponents importing, Components components, InstantSource clock) {
    this.importing = importing;
    this.components = components;
    this.clock = clock;
  }

  /** How one stands. */
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * One import.
   *
   * @param name the file's, as the sender said it
   * @param problem why it failed; empty when it did not
   */
  public record Run(
      long id, long user, String name, Instant at, State state, Report report, String problem) {
    Run with(State next, Report now, String why) {
      return new Run(id, user, name, at, next, now, why);
    }
  }

  /**
   * Makes room for an upload before it comes; {@link #begin} or {@link #giveBack} must follow.
   *
   * @throws Failure {@code overloaded} when too many wait
   */
  public void reserve() {
    if (!room.tryAcquire())
      throw new Failure(FailureCode.OVERLOADED, "已有多个导入在等待 · several imports wait already");
  }

  public void giveBack() {
    room.release();
  }

  /** Takes a file that there is room for; it is deleted afterwards. */
  public Run begin(Path file, String name, ComponentFile.Reading reading, Form form, User by) {
    Instant at = clock.instant();
    Run run =
        new Run(ids.incrementAndGet(), by.id(), name, at, State.WAITING, Report.nothing(), "");
    remember(run);
    try {
      worker.execute(() -> take(run, file, reading, form, by));
    } catch (RejectedExecutionException stopping) {
      delete(file);
      giveBack();
      remember(run.with(State.FAILED, Report.nothing(), "服务正在停止 · the server stops"));
      throw new Failure(FailureCode.UNAVAILABLE, "服务正在停止 · the server stops");
    }
    return run;
  }

  public synchronized Optional<Run> find(long id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** The latest first. */
  public synchronized List<Run> list() {
    return List.copyOf(runs.values()).reversed();
  }

  private synchronized void remember(Run run) {
    runs.put(run.id(), run);
    if (runs.size() > REMEMBERED) runs.remove(runs.keySet().iterator().next());
  }

  private void take(Run run, Path file, ComponentFile.Reading reading, Form form, User by) {
    Consumer<Report> progress = report -> remember(run.with(State.RUNNING, report, ""));
    progress.accept(Report.nothing());
    try {
      Report report =
          read(
              file,
              run.name(),
              OptionalLong.of(by.id()),
              reading,
              (rows, at) -> importing.take(rows, form.in(rows.system()), by, progress));
      remember(run.with(State.DONE, report, ""));
    } catch (Failure | Unreadable | UncheckedIOException e) {
      Report soFar = find(run.id()).map(Run::report).orElse(Report.nothing());
      remember(run.with(State.FAILED, soFar, problem(e)));
    } catch (RuntimeException | Error e) {
      // Its message may quote the file; the class says enough to find the place in the log.
      LOG.atError()
          .addKeyValue("import", run.id())
          .addKeyValue("cause", e.getClass().getSimpleName())
          .addKeyValue("at", Stream.of(e.getStackTrace()).limit(5).toList())
          .log("import failed");
      Report soFar = find(run.id()).map(Run::report).orElse(Report.nothing());
      remember(run.with(State.FAILED, soFar, "内部错误 · internal error"));
    } finally {
      delete(file);
      giveBack();
    }
  }

  private static String problem(RuntimeException e) {
    return e instanceof UncheckedIOException
        ? "文件损坏 · the file is damaged"
        : String.valueOf(e.getMessage());
  }

  /** The pack's own register, once for each of its contents; away from the path to readiness. */
  public void startPack(Path register) {
    worker.execute(
        () -> {
          try {
            if (components.knowsFile(sha256(register))) return;
            Report report =
                read(
                    register,
                    "components.csv",
                    OptionalLong.empty(),
                    ComponentFile.Reading.usual(),
                    (rows, at) ->
                        importing.takePack(
                            rows, new Form(Crs.WGS84, "city-pack", Origin.SURVEYED)));
            LOG.info(
                "components of the pack: added={} changed={} refused={}",
                report.tally().added(),
                report.tally().changed(),
                report.rejected());
            report.told().stream()
                .limit(5)
                .forEach(r -> LOG.warn("components.csv line={} {}", r.line(), r.reason()));
          } catch (Failure | Unreadable | UncheckedIOException e) {
            LOG.warn("the pack's components.csv waits for the next start: {}", problem(e));
          } catch (RuntimeException | Error e) {
            LOG.error("the pack's components.csv could not be imported", e);
          }
        });
  }

  private Report read(
      Path file,
      String name,
      OptionalLong user,
      ComponentFile.Reading reading,
      BiFunction<ComponentFile, Instant, Report> take) {
    Instant at = clock.instant();
    String sha256 = sha256(file);
    Report report;
    try (ComponentFile rows = ComponentFile.open(file, reading)) {
      report = take.apply(rows, at);
    }
    components.recordImport(
        new Components.ImportedFile(
            sha256, name, user, at, report.accepted(), report.rejected(), report.tally()));
    return report;
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("an imported file could not be deleted");
    }
  }

  /** What runs may finish its chunk; what waits is dropped. */
  @Override
  public void close() {
    worker.shutdownNow();
  }
}
