package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gridline.dispatch.evidence.Photos;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A caller who complains in confidence leaves name, number, door and plate everywhere where people
 * type; nobody who does not speak with callers finds any of them, whatever they ask for.
 */
class CanaryTest {
  private static final String NAME = "卡纳雀样例";
  private static final String PHONE = "13877665544";
  private static final List<String> SECRETS =
      List.of(
          NAME,
          PHONE,
          "8613877665544",
          "7702室",
          "77幢",
          "苏A·7K7K7",
          "320113199001017788",
          Photos.MAKER);

  /** What a caller who complains is in every text. */
  private static final String WORDS =
      "我是" + NAME + "，住尧化新村77幢7702室，电话" + PHONE + "，身份证320113199001017788，投诉楼下苏A·7K7K7占道，路边暴露垃圾没人清";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Town town = Town.shared();
  private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
  private final List<String> leaks = new ArrayList<>();
  private int cases;

  @Test
  void no_answer_feed_or_log_tells_a_canary_to_who_may_not_know() throws Exception {
    AppenderBase<ILoggingEvent> keeper =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage() + event.getKeyValuePairs());
          }
        };
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    keeper.start();
    root.addAppender(keeper);
    try {
      crawl();
    } finally {
      root.detachAppender(keeper);
    }
    for (String line : logged) look("log", "log", line);
    assertThat(leaks).isEmpty();
    assertThat(cases).isGreaterThan(500);
  }

  private void crawl() throws Exception {
    long photo = upload();
    JsonNode ticket =
        Town.json(
            town.report(
                "operator1",
                "{\"channel\":\"phone\",\"type\":\"complaint\",\"words\":\""
                    + WORDS
                    + "\",\"caller\":{\"phone\":\""
                    + PHONE
                    + "\",\"name\":\""
                    + NAME
                    + "\",\"confidential\":true},\"address\":\"尧化新村77幢7702室\","
                    + "\"position\":{\"lon\":118.887,\"lat\":32.118,\"crs\":\"WGS84\"},\"attachments\":["
                    + photo
                    + "]}"));
    String id = ticket.path("id").asText();
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    act(handler, id, "sign", "");
    // Handlers write down what they should not.
    act(handler, id, "feedback", ",\"result\":\"solved\",\"words\":\"已告知" + NAME + PHONE + "\"");
    town.post(
        "operator1",
        "/api/v1/tickets/" + id + "/caller",
        "{\"purpose\":\"call_back\",\"reason\":\"联系" + NAME + "\"}");

    Map<String, String> people = people();
    people.put("handler of it", handler);
    for (Map.Entry<String, String> person : people.entrySet()) {
      String user = person.getValue();
      boolean speaks = town.get(user, "/api/v1/sessions/current").body().contains("\"seeCaller\"");
      for (String path : paths(id, photo)) {
        HttpResponse<String> answer = town.get(user, path);
        cases++;
        // Who speaks with callers reads what was said; the masked caller is masked for them too.
        if (!speaks) look(user, path, answer.headers().map() + answer.body());
      }
      if (!speaks) look(user, "feed", feed(user, id));
      for (String secret : List.of(NAME, PHONE, "7702室")) {
        HttpResponse<String> found =
            town.get(
                user, "/api/v1/tickets?q=" + URLEncoder.encode(secret, StandardCharsets.UTF_8));
        cases++;
        if (!speaks && found.body().contains("\"id\":" + id)) leaks.add(user + " finds " + secret);
      }
    }
  }

  private void look(String user, String where, String text) {
    for (String secret : SECRETS)
      if (text.contains(secret)) leaks.add(user + " " + where + " " + secret);
  }

  /** One of each role. */
  private Map<String, String> people() {
    Map<String, String> people = new TreeMap<>();
    for (JsonNode person : Town.json(town.send(town.request("/api/v1/city"))).path("signIns"))
      people.putIfAbsent(
          person.path("roles").path(0).path("en").asText(), person.path("user").asText());
    return people;
  }

  /** Every address that is described, filled in with what there is; the feed is read apart. */
  private static List<String> paths(String ticket, long photo) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("{layer}", "street");
    values.put("{version}", "1");
    values.put("{z}/{x}/{y}", "12/3401/1660");
    values.put("{collectionId}", "tickets");
    values.put("{featureId}", ticket);
    values.put("{code}", "32011301001000001");
    List<String> paths = new ArrayList<>();
    JsonNode api = new YAMLMapper().readTree(CanaryTest.class.getResourceAsStream("/openapi.yaml"));
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      if (!path.getValue().has("get") || path.getKey().equals("/api/v1/events")) continue;
      String filled = path.getKey();
      for (Map.Entry<String, String> value : values.entrySet())
        filled = filled.replace(value.getKey(), value.getValue());
      boolean file = filled.contains("/attachments/{id}");
      filled = filled.replace("{id}", file ? Long.toString(photo) : ticket);
      filled = filled.replaceAll("\\{[A-Za-z]+}", "1");
      paths.add(filled);
      if (file && !filled.endsWith("preview")) paths.add(filled + "?original=true");
      if (filled.equals("/api/v1/tickets")) paths.add(filled + "?limit=200");
      if (filled.endsWith("/items")) paths.add(filled + "?limit=200&f=json");
      if (filled.equals("/api/v1/locate")) paths.add(filled + "?lon=118.887&lat=32.118&crs=WGS84");
      if (filled.equals("/api/v1/addresses"))
        paths.add(filled + "?q=" + URLEncoder.encode("尧化新村77幢", StandardCharsets.UTF_8));
    }
    return paths;
  }

  /** The feed until it has told of the ticket, or refused. */
  private String feed(String user, String ticket) throws Exception {
    HttpResponse<InputStream> answer =
        CLIENT.send(
            town.as(user, "/api/v1/events").header("Accept", "text/event-stream").build(),
            BodyHandlers.ofInputStream());
    StringBuilder said = new StringBuilder();
    byte[] some = new byte[1 << 16];
    long until = System.nanoTime() + 10_000_000_000L;
    try (InputStream in = answer.body()) {
      while (System.nanoTime() < until && !said.toString().contains("heartbeat")) {
        int n = in.read(some);
        if (n < 0) break;
        said.append(new String(some, 0, n, StandardCharsets.UTF_8));
        if (said.indexOf(ticket) >= 0) break;
      }
    }
    return said.toString();
  }

  private void act(String user, String id, String action, String fields) {
    JsonNode now = Town.json(town.get(user, "/api/v1/tickets/" + id));
    HttpResponse<String> answer =
        town.post(
            user,
            "/api/v1/tickets/" + id + "/actions",
            "{\"action\":\"" + action + "\",\"version\":" + now.path("version") + fields + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private long upload() throws Exception {
    byte[] file =
        Photos.withNotes(Photos.jpeg(200, 100), 118.887, 32.118, "2026:03:01 08:15:30", 1);
    return Town.json(
            CLIENT.send(
                town.as("operator1", "/api/v1/attachments")
                    .POST(BodyPublishers.ofByteArray(file))
                    .build(),
                BodyHandlers.ofString()))
        .path("id")
        .asLong();
  }
}
