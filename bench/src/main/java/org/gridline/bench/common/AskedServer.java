package org.gridline.bench.common;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A server of a run, with what the benchmarks ask of it over HTTP and of its heap. */
public final class AskedServer implements AutoCloseable {
  private static final String PASSWORD = "Gridline-sample-1";
  private static final int HEAP_MEGABYTES = 2_048;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RunServer server;

  private AskedServer(RunServer server) {
    this.server = server;
  }

  /** The real server on a database, with an installation of its own. */
  public static AskedServer gridline(
      RunDatabase database, Path city, Map<String, String> environment) throws IOException {
    return new AskedServer(RunServer.gridline(database, city, HEAP_MEGABYTES, environment));
  }

  /** A bare one with as much heap. */
  public static AskedServer bare(Class<?> main) throws IOException {
    return new AskedServer(RunServer.bare(main, HEAP_MEGABYTES));
  }

  public int port() {
    return server.port();
  }

  public long pid() {
    return server.pid();
  }

  /** Signs one of the sample's people in. */
  public String token(String user) {
    try {
      return server.signIn(user, PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.address(path));
  }

  /** Any thread. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static String expect(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status)
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    return answer.body();
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What lives on the heap after a full collection. */
  public long liveHeapBytes() throws IOException {
    Process told =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String total = text.lines().filter(l -> l.startsWith("Total")).findFirst().orElseThrow();
    return Long.parseLong(total.strip().split("\\s+")[2]);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
