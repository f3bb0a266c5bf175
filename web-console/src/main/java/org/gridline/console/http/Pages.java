package org.gridline.console.http;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * The pages that a browser loads. They are read once at the start and looked up by their exact
 * path, so no address can lead out of their folder.
 */
public final class Pages {
  private static final String INDEX = "/index.html";
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String ASK = "no-cache";
  private static final long MOST_BYTES = 128L << 20;

  private final Map<String, Gzip> files;

  private Pages(Map<String, Gzip> files) {
    this.files = files;
  }

  /**
   * Reads a folder; one that does not exist has no pages, only the API.
   *
   * @throws UncheckedIOException when it can't be read or is too large
   */
  public static Pages read(Path folder) {
    Map<String, Gzip> files = new LinkedHashMap<>();
    if (!Files.isDirectory(folder)) return new Pages(files);
    try (Stream<Path> found = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
        String name = "/" + folder.relativize(file).toString().replace('\\', '/');
        bytes += Files.size(file);
        if (bytes > MOST_BYTES) throw new IOException("the pages are larger than 128 MiB");
        files.put(name, Gzip.of(type(name), Files.readAllBytes(file), packable(name)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Pages(files);
  }

  /** A file, or for a browser's address that is none the page that draws it. */
  Answer.Full answer(String path, HttpServerRequest request) {
    String name = path.equals("/") ? INDEX : path;
    Gzip file = files.get(name);
    if (file != null) {
      // Only files in /assets/ carry a hash of their content in their name.
      return file.answer(request, name.startsWith("/assets/") ? FOREVER : ASK);
    }
    boolean page =
        Optional.ofNullable(request.getHeader("Accept")).orElse("").contains("text/html")
            && !name.substring(name.lastIndexOf('/') + 1).contains(".");
    Gzip index = files.get(INDEX);
    if (page && index != null) return index.answer(request, ASK);
    throw new Failure(FailureCode.NOT_FOUND, "没有此页面 · no such page");
  }

  private static boolean packable(String name) {
    return switch (ending(name)) {
      case "png", "jpg", "jpeg", "webp", "woff", "woff2", "gz", "br" -> false;
      default -> true;
    };
  }

  private static String type(String name) {
    return switch (ending(name)) {
      case "html" -> "text/html; charset=utf-8";
      case "js", "mjs" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "json", "map" -> "application/json; charset=utf-8";
      case "webmanifest" -> "application/manifest+json; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      case "jpg", "jpeg" -> "image/jpeg";
      case "webp" -> "image/webp";
      case "ico" -> "image/x-icon";
      case "woff2" -> "font/woff2";
      case "woff" -> "font/woff";
      case "txt" -> "text/plain; charset=utf-8";
      default -> "application/octet-stream";
    };
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
