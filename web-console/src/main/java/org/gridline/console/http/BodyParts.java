package org.gridline.console.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.evidence.Piece;
import org.gridline.dispatch.evidence.TakeEvidence;

/**
 * A body part by part: at most one part is in memory, and the sender waits while it is put away.
 * Used by one request's context.
 */
final class BodyParts implements TakeEvidence.Source {
  /** So a sender below some 9 KiB a second gives its place to others. */
  private static final int MOST_SECONDS_A_PART = 120;

  private final HttpServerRequest request;
  private Buffer pending = Buffer.buffer();
  private Promise<Void> changed = Promise.promise();
  private boolean ended;
  private boolean broken;

  BodyParts(HttpServerRequest request) {
    this.request = request;
    request.handler(this::arrived);
    request.endHandler(
        end -> {
          ended = true;
          changed.tryComplete();
        });
    request.exceptionHandler(
        gone -> {
          broken = true;
          changed.tryComplete();
        });
    // Who hung up before anybody listened is not told of any more.
    if (request.response().closed()) broken = true;
  }

  private void arrived(Buffer bytes) {
    pending.appendBuffer(bytes);
    if (pending.length() < Piece.PART) return;
    request.pause();
    changed.tryComplete();
  }

  @Override
  public Optional<byte[]> next() {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS_A_PART);
    while (pending.length() < Piece.PART && !ended) {
      if (broken || System.nanoTime() > until) throw late();
      changed = Promise.promise();
      request.resume();
      waitFor(changed.future(), until);
    }
    if (pending.length() == 0) return Optional.empty();
    int length = Math.min(Piece.PART, pending.length());
    byte[] part = pending.getBytes(0, length);
    pending = pending.getBuffer(length, pending.length());
    return Optional.of(part);
  }

  private static void waitFor(Future<Void> change, long until) {
    try {
      change.timeout(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS).await();
    } catch (Exception slow) {
      throw late();
    }
  }

  private static Failure late() {
    return new Failure(FailureCode.INVALID_REQUEST, "文件未完整到达 · the file did not arrive");
  }
}
