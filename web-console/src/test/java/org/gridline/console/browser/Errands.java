package org.gridline.console.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Steps that a story needs done but does not tell: by programs, over the HTTP API. */
final class Errands implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServedCity city;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, String> tokens = new HashMap<>();

  Errands(ServedCity city) {
    this.city = city;
  }

  /** A ticket that waits for its unit's signature. */
  TakenCall takeACall() {
    return takeACallFrom(CitizenCall.aboutRubbish().phone());
  }

  /** The same from somebody with that number. */
  TakenCall takeACallFrom(String phone) {
    CitizenCall call = CitizenCall.aboutRubbish();
    ObjectNode report =
        JSON.createObjectNode()
            .put("channel", "phone")
            .put("type", "complaint")
            .put("words", call.words());
    report.putObject("caller").put("phone", phone).put("name", call.name());
    report.putObject("position").put("lon", 118.89).put("lat", 32.12).put("crs", "WGS84");
    JsonNode ticket =
        send(
            request("operator1", "/api/v1/reports")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(report.toString())));
    return new TakenCall(
        ticket.path("id").asText(),
        ticket.path("number").asText(),
        ticket.path("state").asText(),
        ticket.path("owner").path("unit").asText());
  }

  /** A ticket whose handling waits for a checker. */
  TakenCall bringToTheCheck() {
    TakenCall call = takeACall();
    String handler = city.handlerOf(call.unit());
    act(handler, call, "sign", Map.of());
    act(handler, call, "feedback", Map.of("result", "solved", "words", "已清理完毕"));
    act("commander1", call, "pass", Map.of());
    return call;
  }

  /** A ticket whose caller waits to be asked. */
  TakenCall bringToTheRevisit() {
    TakenCall call = bringToTheCheck();
    act(checkerOf(call), call, "check", Map.of());
    return call;
  }

  /** A ticket that nobody works on any more. */
  TakenCall bringToTheEnd() {
    TakenCall call = bringToTheRevisit();
    act(
        "revisitor2",
        call,
        "revisit",
        Map.of("reached", true, "contacted", true, "solved", true, "satisfaction", "satisfied"));
    act("chief1", call, "close", Map.of("condition", "solved"));
    return call;
  }

  /** Whom the lot fell on; the duty chief knows. */
  String checkerOf(TakenCall call) {
    return send(request("chief1", "/api/v1/tickets/" + call.id()).GET())
        .path("checker")
        .path("user")
        .asText();
  }

  void sign(TakenCall call) {
    act(city.handlerOf(call.unit()), call, "sign", Map.of());
  }

  private void act(String user, TakenCall call, String action, Map<String, ?> answers) {
    String ticket = "/api/v1/tickets/" + call.id();
    int version = send(request(user, ticket).GET()).path("version").asInt();
    ObjectNode body = JSON.createObjectNode().put("action", action).put("version", version);
    answers.forEach((field, answer) -> body.set(field, JSON.valueToTree(answer)));
    send(request(user, ticket + "/actions").POST(BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String user, String path) {
    return at(path).header("Authorization", "Bearer " + token(user));
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(city.url() + path))
        .header("Content-Type", "application/json");
  }

  private String token(String user) {
    return tokens.computeIfAbsent(
        user,
        u -> {
          String body =
              JSON.createObjectNode().put("user", u).put("password", city.passwordOf(u)).toString();
          return send(at("/api/v1/sessions").POST(BodyPublishers.ofString(body)))
              .path("token")
              .asText();
        });
  }

  @Override
  public void close() {
    client.close();
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) throw new AssertionError(answer.body());
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
