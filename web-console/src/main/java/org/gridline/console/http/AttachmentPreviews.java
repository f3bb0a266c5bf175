package org.gridline.console.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gridline.console.picture.SmallPicture;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.evidence.EvidenceStore;
import org.gridline.dispatch.evidence.Finding.Shown;
import org.gridline.dispatch.evidence.Piece;

/**
 * Small pictures of photos, drawn anew by two threads of their own and kept in memory for a while.
 */
final class AttachmentPreviews {
  private static final int AT_ONCE = 2;
  private static final int WAITING = 60;
  private static final int PATIENCE_SECONDS = 30;
  private static final long MOST_BYTES = 32L << 20;

  private final EvidenceStore store;
  private final Map<Key, byte[]> kept = new LinkedHashMap<>(64, 0.75f, true);
  private long keptBytes;
  private final ThreadPoolExecutor drawing =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("previews-", 0).factory());

  AttachmentPreviews(EvidenceStore store) {
    this.store = store;
    drawing.allowCoreThreadTimeOut(true);
  }

  /** The longer side of a preview, in pixels. */
  enum Width {
    SMALL(320),
    LARGE(1_280);

    private final int pixels;

    Width(int pixels) {
      this.pixels = pixels;
    }
  }

  private record Key(long id, Width width) {}

  static Width width(String text) {
    return switch (text) {
      case "small" -> Width.SMALL;
      case "large" -> Width.LARGE;
      default -> throw Failure.atField(FailureCode.INVALID_REQUEST, "size", "small, large");
    };
  }

  /**
   * A JPEG without a word about where it was taken.
   *
   * @throws Failure {@code not_found} when no picture can be made of it, {@code overloaded}
   */
  byte[] get(Piece piece, Width width) {
    if (piece.finding().shown() != Shown.BY_PREVIEW) throw none();
    Key key = new Key(piece.id(), width);
    synchronized (kept) {
      byte[] known = kept.get(key);
      if (known != null) return known;
    }
    byte[] drawn = draw(piece, width);
    synchronized (kept) {
      byte[] before = kept.put(key, drawn);
      keptBytes += drawn.length - (before == null ? 0 : before.length);
      var oldest = kept.entrySet().iterator();
      while (keptBytes > MOST_BYTES && oldest.hasNext()) {
        keptBytes -= oldest.next().getValue().length;
        oldest.remove();
      }
    }
    return drawn;
  }

  private byte[] draw(Piece piece, Width width) {
    CompletableFuture<byte[]> work;
    try {
      work =
          CompletableFuture.supplyAsync(
              () -> SmallPicture.draw(piece, n -> store.part(piece.id(), n), width.pixels),
              drawing);
    } catch (RejectedExecutionException full) {
      throw new Failure(FailureCode.OVERLOADED, "图片较多，请稍后 · many pictures just now");
    }
    try {
      return awaited(work);
    } catch (Exception e) {
      // Awaiting throws what the work failed with, checked or not.
      if (e instanceof TimeoutException)
        throw new Failure(FailureCode.UNAVAILABLE, "请几秒后重试 · try again in a few seconds");
      if (e instanceof SmallPicture.NoPicture) throw none();
      throw e;
    }
  }

  private static byte[] awaited(CompletableFuture<byte[]> work) {
    Context context = Vertx.currentContext();
    return Future.fromCompletionStage(work, context)
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .await();
  }

  private static Failure none() {
    return new Failure(FailureCode.NOT_FOUND, "此附件没有缩略图 · there is no preview of it");
  }
}
