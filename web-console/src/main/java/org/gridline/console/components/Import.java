package org.gridline.console.components;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code ./gridline components import}: sends files of components to the running server, shows how
 * far they are, and prints which rows were refused.
 */
public final class Import {
  private static final Duration ASK = Duration.ofSeconds(30);
  private static final Duration SEND = Duration.ofMinutes(11);
  private static final long PAUSE_MILLIS = 300;
  private static final int SHOWN = 50;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ASK).build();
  private final ImportOptions options;

  private Import(ImportOptions options) {
    this.options = options;
  }

  /** The import can't go on; the message says why, for people. */
  private static final class Stopped extends RuntimeException {
    Stopped(String message) {
      super(message);
    }
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.getenv()));
  }

  static int run(String[] arguments, Map<String, String> environment) {
    try {
      ImportOptions options = ImportOptions.read(arguments, environment);
      return new Import(options).send();
    } catch (ImportOptions.Wrong e) {
      System.err.println("components: " + e.getMessage());
      System.err.println(ImportOptions.USAGE);
      return 2;
    } catch (Stopped | IOException e) {
      System.err.println("components: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private int send() throws IOException, InterruptedException {
    String token = options.token().isPresent() ? options.token().get() : sampleToken();
    boolean whole = true;
    for (Path file : options.files()) {
      if (!Files.isRegularFile(file)) throw new Stopped("没有此文件 · no file " + file);
      JsonNode run = finished(file, begin(file, token), token);
      print(file, run);
      whole &= run.path("state").asText().equals("done") && run.path("rejected").asLong() == 0;
    }
    return whole ? 0 : 1;
  }

  private String begin(Path file, String token) throws IOException, InterruptedException {
    List<String> query = new ArrayList<>();
    if (!options.query().containsKey("format"))
      query.add("format=" + format(file.toString().toLowerCase(Locale.ROOT)));
    query.add("name=" + encoded(String.valueOf(file.getFileName())));
    options.query().forEach((name, value) -> query.add(name + "=" + encoded(value)));
    HttpResponse<String> taken =
        client.send(
            request("/api/v1/components/imports?" + String.join("&", query), token)
                .timeout(SEND)
                .POST(BodyPublishers.ofFile(file))
                .build(),
            BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (taken.statusCode() != 202) throw refused(taken);
    return taken.headers().firstValue("Location").orElseThrow();
  }

  private static String format(String name) {
    if (name.endsWith(".zip")) return "shapefile";
    return name.matches(".*json(\\.gz)?") ? "geojson" : "csv";
  }

  private JsonNode finished(Path file, String path, String token)
      throws IOException, InterruptedException {
    while (true) {
      HttpResponse<String> answer = get(path, token);
      if (answer.statusCode() != 200) throw refused(answer);
      JsonNode run = JSON.readTree(answer.body());
      System.err.printf(
          "%s: %d%n",
          file.getFileName(), run.path("accepted").asLong() + run.path("rejected").asLong());
      if (Set.of("done", "failed").contains(run.path("state").asText())) return run;
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static void print(Path file, JsonNode run) {
    if (!run.path("problem").isNull())
      System.out.println(file.getFileName() + ": " + run.path("problem").asText());
    int shown = 0;
    for (JsonNode row : run.path("rejections")) {
      if (shown++ >= SHOWN) break;
      System.out.printf(
          "%s:%d: %s %s%n",
          file.getFileName(),
          row.path("line").asLong(),
          row.path("code").asText(),
          row.path("reason").asText());
    }
    long more = run.path("rejected").asLong() - Math.min(SHOWN, run.path("rejections").size());
    if (more > 0) System.out.println("… " + more);
    ((com.fasterxml.jackson.databind.node.ObjectNode) run).remove("rejections");
    System.out.println(run);
  }

  /** A sample city says in its data folder who may sign in; the first who may import does. */
  private String sampleToken() throws IOException, InterruptedException {
    Path people = options.data().resolve("first-sign-in.txt");
    if (!Files.isReadable(people)) throw new Stopped("请用 --token · name a token with --token");
    Set<String> tried = new HashSet<>();
    for (String line : Files.readAllLines(people)) {
      String[] cells = line.split("\t", -1);
      if (cells.length < 4 || line.startsWith("#") || !tried.add(cells[1])) continue;
      Optional<String> token = signedIn(cells[0], cells[3]);
      if (token.isPresent()) return token.get();
    }
    throw new Stopped("没有示例人员可以导入 · nobody of the sample may import; name a token with --token");
  }

  private Optional<String> signedIn(String user, String password)
      throws IOException, InterruptedException {
    String body = JSON.writeValueAsString(Map.of("user", user, "password", password));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(options.url() + "/api/v1/sessions"))
                .timeout(ASK)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (answer.statusCode() != 201) return Optional.empty();
    JsonNode session = JSON.readTree(answer.body());
    for (JsonNode right : session.path("user").path("permissions"))
      if (right.asText().equals("importComponents"))
        return Optional.of(session.path("token").asText());
    return Optional.empty();
  }

  private HttpResponse<String> get(String path, String token)
      throws IOException, InterruptedException {
    return client.send(
        request(path, token).timeout(ASK).GET().build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(options.url() + path))
        .header("Authorization", "Bearer " + token);
  }

  private static Stopped refused(HttpResponse<String> answer) {
    try {
      JsonNode problem = JSON.readTree(answer.body());
      return new Stopped(
          problem.path("code").asText("http_" + answer.statusCode())
              + ": "
              + problem.path("detail").asText());
    } catch (IOException notOurs) {
      return new Stopped("http_" + answer.statusCode());
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
