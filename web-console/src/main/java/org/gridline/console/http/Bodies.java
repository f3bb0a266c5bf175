package org.gridline.console.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/** Takes bodies from the wire without letting them grow. */
final class Bodies {
  static final int MOST_BYTES = 64 * 1024;

  /** A refused body is read on for a while, since a client that still sends hears no answer. */
  private static final int MOST_DISCARDED = 16 * 1024 * 1024;

  private static final int PATIENCE_SECONDS = 30;

  private Bodies() {}

  /**
   * The whole body; fails with {@code payload_too_large} as soon as it is too large. Must be called
   * before anything awaits, since the request flows from then on.
   */
  static Future<Buffer> read(HttpServerRequest request) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    int[] discarded = {0};
    request.handler(
        chunk -> {
          if (!whole.future().isComplete() && body.length() + chunk.length() <= MOST_BYTES) {
            body.appendBuffer(chunk);
            return;
          }
          whole.tryFail(
              new Failure(
                  FailureCode.PAYLOAD_TOO_LARGE,
                  "最多 64 KiB · at most " + MOST_BYTES + " bytes; longer texts are attachments"));
          discarded[0] += chunk.length();
          if (discarded[0] > MOST_DISCARDED) hangUp(request);
        });
    // A reset, a half-closed connection, an idle one: whoever sent it is gone or has given up.
    request.exceptionHandler(e -> whole.tryFail(late()));
    request.endHandler(end -> whole.tryComplete(body));
    request.resume();
    return whole
        .future()
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .recover(e -> Future.failedFuture(e instanceof Failure ? e : late()));
  }

  /**
   * Reads what still comes of a refused upload for a while, so that its sender hears the answer;
   * then hangs up.
   */
  static void discard(HttpServerRequest request) {
    if (request.isEnded()) return;
    int[] discarded = {0};
    request.exceptionHandler(gone -> discarded[0] = MOST_DISCARDED);
    request.handler(
        chunk -> {
          discarded[0] += chunk.length();
          if (discarded[0] > MOST_DISCARDED) hangUp(request);
        });
    request.resume();
  }

  /** Other requests of the same HTTP/2 connection go on. */
  private static void hangUp(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) request.response().reset();
    else request.connection().close();
  }

  private static Failure late() {
    return new Failure(FailureCode.INVALID_REQUEST, "内容未完整到达 · the body did not arrive");
  }
}
