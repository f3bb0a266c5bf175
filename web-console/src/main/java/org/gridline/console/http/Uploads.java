package org.gridline.console.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/** Large bodies, straight from the wire into a file: never in memory, never larger than allowed. */
final class Uploads {
  private static final int PATIENCE_SECONDS = 600;

  private Uploads() {}

  /**
   * The body of a paused request as a file of its own, for the caller to delete.
   *
   * @throws Failure {@code payload_too_large}, or {@code invalid_request} when it did not arrive
   */
  static Path save(HttpServerRequest request, long most) {
    if (declared(request) > most) throw tooLarge(most);
    Path file = temporary();
    AsyncFile out = null;
    try {
      out =
          Vertx.currentContext()
              .owner()
              .fileSystem()
              .open(file.toString(), new OpenOptions().setTruncateExisting(true))
              .await();
      flow(request, out, most).timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
      out.close().await();
      return file;
    } catch (Exception e) {
      if (out != null) out.close();
      delete(file);
      if (e instanceof Failure refused) throw refused;
      throw new Failure(FailureCode.INVALID_REQUEST, "内容未完整到达 · the body did not arrive");
    }
  }

  private static Future<Void> flow(HttpServerRequest request, AsyncFile out, long most) {
    Promise<Void> whole = Promise.promise();
    long[] taken = {0};
    request.handler(
        chunk -> {
          taken[0] += chunk.length();
          if (taken[0] > most) {
            whole.tryFail(tooLarge(most));
            return;
          }
          write(request, out, chunk, whole);
        });
    request.exceptionHandler(whole::tryFail);
    request.endHandler(end -> whole.tryComplete());
    request.resume();
    return whole.future();
  }

  private static void write(
      HttpServerRequest request, AsyncFile out, Buffer chunk, Promise<Void> whole) {
    out.write(chunk).onFailure(whole::tryFail);
    if (out.writeQueueFull()) {
      request.pause();
      out.drainHandler(drained -> request.resume());
    }
  }

  private static long declared(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
  }

  private static Failure tooLarge(long most) {
    return new Failure(
        FailureCode.PAYLOAD_TOO_LARGE, "最多 " + (most >> 20) + " MiB · at most so many");
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("gridline-upload", ".tmp");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
