package org.gridline.console.http;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.evidence.Cover;
import org.gridline.dispatch.evidence.EvidenceStore;
import org.gridline.dispatch.evidence.Piece;

/**
 * Sends a file part by part, or a stretch of it for whoever winds through a recording. A file comes
 * from outside: it is never shown as a page of ours, and no cache keeps it.
 */
final class AttachmentDownload {
  private static final int AT_ONCE = 32;
  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

  private final EvidenceStore store;
  private final Semaphore places = new Semaphore(AT_ONCE);

  AttachmentDownload(EvidenceStore store) {
    this.store = store;
  }

  /** Bytes from the first to the last, both included. */
  private record Stretch(long from, long to) {}

  Answer send(Call call, Piece piece, boolean original) {
    String tag = "\"" + piece.sha256() + (original ? "-o" : "-c") + "\"";
    Optional<Matcher> asked = asked(call, tag);
    Optional<Stretch> stretch = asked.flatMap(m -> stretch(m, piece.bytes()));
    if (asked.isPresent() && stretch.isEmpty())
      return new Answer.Full(
          416, "", new byte[0], Map.of("Content-Range", "bytes */" + piece.bytes()));
    if (!places.tryAcquire())
      throw new Failure(FailureCode.OVERLOADED, "下载较多，请稍后 · many downloads just now");
    try {
      write(call, piece, original, tag, stretch);
      return new Answer.Stream();
    } finally {
      places.release();
    }
  }

  /** A range of a file that is still the one that the asker knows; several ranges get the whole. */
  private static Optional<Matcher> asked(Call call, String tag) {
    boolean same = call.header("If-Range").filter(t -> !t.equals(tag)).isEmpty();
    return call.header("Range").filter(r -> same).map(RANGE::matcher).filter(Matcher::matches);
  }

  private static Optional<Stretch> stretch(Matcher range, long bytes) {
    String first = range.group(1);
    String last = range.group(2);
    if (first.isEmpty() && last.isEmpty()) return Optional.empty();
    long from = first.isEmpty() ? Math.max(0, bytes - Long.parseLong(last)) : Long.parseLong(first);
    long to =
        first.isEmpty() || last.isEmpty() ? bytes - 1 : Math.min(bytes - 1, Long.parseLong(last));
    return from <= to && from < bytes ? Optional.of(new Stretch(from, to)) : Optional.empty();
  }

  private void write(
      Call call, Piece piece, boolean original, String tag, Optional<Stretch> stretch) {
    HttpServerResponse response = call.request().response();
    Stretch sent = stretch.orElse(new Stretch(0, piece.bytes() - 1));
    // Read before the head goes out, so that trouble is still told as such.
    int n = (int) (sent.from() / Piece.PART);
    Buffer buffer = part(piece, n, sent, original);
    response.setStatusCode(stretch.isPresent() ? 206 : 200);
    stretch.ifPresent(
        s ->
            response.putHeader(
                "Content-Range", "bytes " + s.from() + "-" + s.to() + "/" + piece.bytes()));
    response
        .putHeader("Content-Type", piece.type().mime())
        .putHeader("Content-Length", Long.toString(sent.to() - sent.from() + 1))
        .putHeader("Accept-Ranges", "bytes")
        .putHeader("ETag", tag)
        .putHeader(
            "Content-Disposition",
            "attachment; filename=\"" + piece.id() + "." + piece.type().ending() + "\"")
        .putHeader("Content-Security-Policy", "sandbox; default-src 'none'")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cache-Control", "private, no-store");
    try {
      int last = (int) (sent.to() / Piece.PART);
      while (n < last) {
        if (!pour(response, buffer)) return;
        buffer = part(piece, ++n, sent, original);
      }
      response.end(buffer);
    } catch (RuntimeException e) {
      // The head is out: a broken connection is the only way left to say so.
      call.request().connection().close();
    }
  }

  private Buffer part(Piece piece, int n, Stretch sent, boolean original) {
    byte[] bytes = store.part(piece.id(), n);
    long at = (long) n * Piece.PART;
    if (!original) for (Cover cover : piece.finding().covers()) cover.over(bytes, at);
    int from = (int) Math.max(0, sent.from() - at);
    int to = (int) Math.min(bytes.length, sent.to() - at + 1);
    return Buffer.buffer(Arrays.copyOfRange(bytes, from, to));
  }

  /** Whether there is still somebody who reads. */
  private static boolean pour(HttpServerResponse response, Buffer buffer) {
    if (response.closed()) return false;
    response.write(buffer);
    if (!response.writeQueueFull()) return true;
    Promise<Void> drained = Promise.promise();
    response.drainHandler(v -> drained.tryComplete());
    response.exceptionHandler(drained::tryFail);
    response.closeHandler(v -> drained.tryFail("closed"));
    if (!response.writeQueueFull()) return true;
    drained.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
    return true;
  }
}
