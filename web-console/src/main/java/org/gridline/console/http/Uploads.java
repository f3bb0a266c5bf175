package org.gridline.console.http;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/** Writes bodies of any size to private files as they come; never holds one in memory. */
final class Uploads {
  private static final int MOST_MINUTES = 60;
  private static final int MOST_NAME = 100;

  /** A name decides nothing but which reader looks first; what it may end with is known. */
  private static final List<String> ENDINGS =
      List.of(".geojson.gz", ".json.gz", ".geojson", ".json", ".gpkg", ".zip", ".shp");

  private Uploads() {}

  /** A body that is whole. */
  record Received(Path file, long bytes) {}

  /**
   * The body of a request that was left on the wire.
   *
   * @param name as its sender calls it; never a path here
   * @param most bytes that it may have
   * @throws Failure {@code payload_too_large}, or {@code invalid_request} when it is empty or did
   *     not arrive; then no file is left
   */
  static Received receive(HttpServerRequest request, Path folder, String name, long most) {
    checkLength(request, most);
    Path file = privately(folder).resolve("import-" + UUID.randomUUID() + ending(name));
    AsyncFile out =
        Vertx.currentContext()
            .owner()
            .fileSystem()
            .open(
                file.toString(),
                new OpenOptions()
                    .setCreateNew(true)
                    .setRead(false)
                    .setWrite(true)
                    .setPerms("rw-------"))
            .await();
    long bytes;
    try {
      bytes = copy(request, out, most);
    } catch (Exception e) {
      out.close().otherwiseEmpty();
      delete(file);
      throw e;
    }
    out.close().onFailure(notWritten -> delete(file)).await();
    if (bytes > 0) return new Received(file, bytes);
    delete(file);
    throw new Failure(FailureCode.INVALID_REQUEST, "文件为空 · the file is empty");
  }

  /** A name that can be shown and stored: no path, no strange characters. */
  static String harmless(String name) {
    String last = name.replaceAll(".*[/\\\\]", "");
    String plain = last.replaceAll("[^\\p{L}\\p{N}._ ()-]", "_").strip();
    return plain.substring(0, Math.min(plain.length(), MOST_NAME));
  }

  private static void checkLength(HttpServerRequest request, long most) {
    String declared = Optional.ofNullable(request.getHeader("Content-Length")).orElse("0");
    if (declared.length() > 18 || Long.parseLong(declared) > most) throw tooLarge(most);
  }

  private static Failure tooLarge(long most) {
    long mebibytes = most >> 20;
    return new Failure(
        FailureCode.PAYLOAD_TOO_LARGE, "最多 " + mebibytes + " MiB · at most " + mebibytes + " MiB");
  }

  private static long copy(HttpServerRequest request, AsyncFile out, long most) {
    Promise<Long> whole = Promise.promise();
    long[] bytes = {0};
    out.exceptionHandler(whole::tryFail);
    out.drainHandler(
        v -> {
          // HTTP/2 refuses to go on with what has come to its end.
          if (!request.isEnded()) request.resume();
        });
    request.exceptionHandler(gone -> whole.tryFail(late()));
    request.endHandler(end -> whole.tryComplete(bytes[0]));
    request.handler(
        chunk -> {
          bytes[0] += chunk.length();
          if (bytes[0] > most) whole.tryFail(tooLarge(most));
          if (whole.future().isComplete()) return;
          out.write(chunk).onFailure(whole::tryFail);
          if (out.writeQueueFull()) request.pause();
        });
    // Who hung up before anybody listened is not told of any more.
    if (request.response().closed()) whole.tryFail(late());
    request.resume();
    return whole.future().timeout(MOST_MINUTES, TimeUnit.MINUTES).await();
  }

  private static Failure late() {
    return new Failure(FailureCode.INVALID_REQUEST, "文件未完整到达 · the file did not arrive");
  }

  private static String ending(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().filter(small::endsWith).findFirst().orElse(".geojson");
  }

  private static Path privately(Path folder) {
    try {
      return Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
