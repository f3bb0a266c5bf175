package org.gridline.console.boundaries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.gridline.console.view.Json;

/**
 * {@code ./gridline boundaries import}: a client of the running server. Uploads, waits, prints what
 * was found and what would change, and activates; with {@code --dry-run} it discards instead. Exit
 * codes: 0 done, 1 refused or failed, 2 wrong arguments.
 */
public final class Import {
  private static final Duration UPLOAD = Duration.ofMinutes(60);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final long LOOK_NANOS = 300_000_000L;

  /** A server comes back within some seconds, and ends what it left unfinished within a minute. */
  private static final long AWAY_NANOS = 120_000_000_000L;

  private static final int MOST_LINES = 40;

  /** Who manages boundaries in a sample city unless another is named. */
  private static final String SAMPLE_USER = "sysadmin1";

  private final ImportOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private String token = "";

  private Import(ImportOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), System.getenv(), out, err));
  }

  /** The command with its exit code. */
  public static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      return new Import(ImportOptions.read(arguments, environment), out, err).run();
    } catch (ImportOptions.Wrong e) {
      err.println(e.getMessage() + "\n" + ImportOptions.USAGE);
      return 2;
    } catch (Refused e) {
      err.println(e.getMessage());
      return 1;
    } catch (IOException e) {
      err.println(
          "服务没有回答,导入到哪一步请看“边界”页,可重新运行 · no answer from the server ("
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + "); the page of boundaries says how far it came, and it can be run again");
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** The server says no; the message says why. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private int run() throws IOException, InterruptedException {
    token = options.token().isPresent() ? options.token().get() : signIn();
    JsonNode begun =
        send(
            "/api/v1/boundary-imports?" + options.encoded(),
            BodyPublishers.ofFile(options.file()),
            UPLOAD,
            "application/octet-stream");
    String path = "/api/v1/boundary-imports/" + begun.path("id").asLong();
    JsonNode ended = await(path);
    findings(ended.path("findings"));
    if (!ended.path("state").asText().equals("ready")) {
      err.println(ended.path("state").asText() + ": " + ended.path("problem").asText());
      return 1;
    }
    changes(ended.path("changes"));
    ObjectNode decision = Json.object();
    switch (options.then()) {
      case DISCARD -> decision.put("action", "discard");
      case ACTIVATE -> {
        decision.put("action", "activate");
        options.validFrom().ifPresent(day -> decision.put("validFrom", day));
      }
    }
    JsonNode decided =
        send(
            path + "/actions", BodyPublishers.ofByteArray(Json.bytes(decision)), ANSWER, JSON_TYPE);
    out.println(
        switch (options.then()) {
          case DISCARD -> "仅检查,未启用 · looked at only, nothing was activated";
          case ACTIVATE ->
              "已启用版本 · activated version "
                  + decided.path("version").asText()
                  + ",生效 · valid from "
                  + decided.path("validFrom").asText();
        });
    return 0;
  }

  private static final String JSON_TYPE = "application/json";

  private JsonNode await(String path) throws IOException, InterruptedException {
    String told = "";
    while (true) {
      JsonNode now = patiently(path);
      String line = now.path("state").asText() + " " + now.path("percent").asInt() + " %";
      if (!line.equals(told)) err.println(line);
      told = line;
      if (!now.path("running").asBoolean()) return now;
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** A server that restarts answers again in a while, and then says what became of the import. */
  private JsonNode patiently(String path) throws IOException, InterruptedException {
    long end = System.nanoTime() + AWAY_NANOS;
    while (true) {
      try {
        return get(path);
      } catch (IOException away) {
        if (System.nanoTime() - end > 0) throw away;
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  private void findings(JsonNode findings) {
    for (JsonNode f : limited(findings))
      out.printf(
          "%s %s: %s%s%n",
          f.path("severity").asText(),
          f.path("feature").asText(),
          f.path("reason").asText(),
          f.path("position").isObject()
              ? " @ " + f.path("position").path("lon") + "," + f.path("position").path("lat")
              : "");
    more(findings);
  }

  private void changes(JsonNode changes) {
    JsonNode counts = changes.path("counts");
    out.printf(
        "区域 areas: +%d 新增 added, -%d 删除 removed, ~%d 移动 moved, %d 改名 renamed%n",
        counts.path("added").asInt(),
        counts.path("removed").asInt(),
        counts.path("moved").asInt(),
        counts.path("renamed").asInt());
    for (JsonNode a : limited(changes.path("areas")))
      out.printf(
          "  %s %s %s: %d m² → %d m², %d m² moved%n",
          a.path("kind").asText(),
          a.path("code").asText(),
          a.path("name").asText(),
          a.path("squareMetresBefore").asLong(),
          a.path("squareMetres").asLong(),
          a.path("movedSquareMetres").asLong());
    more(changes.path("areas"));
    JsonNode tickets = changes.path("tickets");
    out.printf(
        "未结工单 open tickets: %d 件换区域 in another area, %d 件换单位 with another unit, of %d%n",
        tickets.path("otherArea").asLong(),
        tickets.path("otherUnit").asLong(),
        tickets.path("looked").asLong());
    for (JsonNode w : changes.path("warnings"))
      out.printf(
          "注意 warning: %s · %s (%d): %s%n",
          w.path("text").path("zh").asText(),
          w.path("text").path("en").asText(),
          w.path("count").asInt(),
          w.path("items"));
  }

  private static List<JsonNode> limited(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).limit(MOST_LINES).toList();
  }

  private void more(JsonNode list) {
    if (list.size() > MOST_LINES) out.printf("  … +%d%n", list.size() - MOST_LINES);
  }

  /** A sample city tells its passwords; elsewhere it is in the environment. */
  private String signIn() throws IOException, InterruptedException {
    String user = options.user().orElse(SAMPLE_USER);
    Optional<String> sample =
        StreamSupport.stream(get("/api/v1/city").path("signIns").spliterator(), false)
            .filter(person -> person.path("user").asText().equals(user))
            .map(person -> person.path("password").asText())
            .findFirst();
    String password =
        options
            .password()
            .or(() -> sample)
            .orElseThrow(
                () ->
                    new ImportOptions.Wrong(
                        "name somebody who manages boundaries by --user with the password in"
                            + " GRIDLINE_PASSWORD, or give a --token"));
    byte[] body = Json.bytes(Json.object().put("user", user).put("password", password));
    return send("/api/v1/sessions", BodyPublishers.ofByteArray(body), ANSWER, JSON_TYPE)
        .path("token")
        .asText();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return answer(request(path, ANSWER).GET());
  }

  private JsonNode send(String path, BodyPublisher body, Duration patience, String type)
      throws IOException, InterruptedException {
    return answer(request(path, patience).header("Content-Type", type).POST(body));
  }

  private HttpRequest.Builder request(String path, Duration patience) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(java.net.URI.create(options.url() + path)).timeout(patience);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    JsonNode body = json(answer);
    if (answer.statusCode() < 300) return body;
    throw new Refused(
        body.path("title").asText()
            + ": "
            + body.path("detail").asText()
            + " ("
            + body.path("code").asText()
            + ")");
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    try {
      return Json.tree(new String(answer.body(), StandardCharsets.UTF_8));
    } catch (IllegalStateException e) {
      throw new Refused("something else than Gridline answers there: " + answer.statusCode());
    }
  }
}
