package org.gridline.console.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.gridline.console.Exchange;
import org.gridline.console.Town;
import org.gridline.console.matrix.Case.Telling;
import org.gridline.dispatch.evidence.Photos;

/** Taking reports and working on them, and keeping note of what was told in which. */
final class Casework {
  final List<Case> cases = new ArrayList<>();
  final List<Fixture.File> files = new ArrayList<>();
  long call;

  private final Town town;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Casework(Town town) {
    this.town = town;
  }

  /** A call, with a photo and now and then a recording. */
  long taken(String label, String type, boolean confidential, double[] at, String category) {
    int n = cases.size();
    Telling telling = Telling.of(n);
    ObjectNode report = report("phone", type, telling, at, category);
    report
        .putObject("caller")
        .put("phone", telling.phone())
        .put("name", telling.name())
        .put("confidential", confidential && !label.endsWith("later"));
    List<Long> sent = new ArrayList<>();
    sent.add(upload("operator1", photo()));
    if (n % 2 == 1) sent.add(upload("operator1", Photos.wav(2_000)));
    if (label.endsWith("a call")) {
      call = rings(telling.phone());
      report.put("call", call);
    }
    boolean hidden = confidential || Set.of("complaint", "report").contains(type);
    long id = registered("operator1", label, hidden, telling, report, sent);
    // Whoever sends version 1 later is late for every one of them.
    act("operator1", id, "urge", "");
    return id;
  }

  /** What a grid worker came across themselves. */
  long found(String label, String worker, double[] at, String category) {
    Telling telling = new Telling(cases.size(), OptionalInt.empty());
    ObjectNode report = report("worker", "help", telling, at, category);
    return registered(worker, label, false, telling, report, List.of(upload(worker, photo())));
  }

  /** A part of another's matter, with the same caller; what came with that one is seen in it. */
  long split(String label, long whole, String category) {
    Case of = cases.stream().filter(c -> c.id() == whole).findFirst().orElseThrow();
    Telling telling = new Telling(cases.size(), of.telling().caller());
    String kind = "{\"kind\":\"event\",\"code\":\"" + category + "\"}";
    JsonNode after =
        act(
            "operator1",
            whole,
            "split",
            ",\"words\":\"" + telling.words() + "\",\"category\":" + kind);
    JsonNode parts = after.path("life").path("split");
    long id = parts.path(parts.size() - 1).asLong();
    String number =
        Town.json(town.get("operator1", "/api/v1/tickets/" + id)).path("number").asText();
    cases.add(made(label, id, number, of.hidden(), telling));
    files.replaceAll(
        f -> {
          if (!f.seenIn().contains(whole)) return f;
          List<Long> more = new ArrayList<>(f.seenIn());
          more.add(id);
          return new Fixture.File(f.id(), more, f.photo());
        });
    return id;
  }

  /** The part is none any more. */
  void backAgain(long part) {
    files.replaceAll(
        f ->
            new Fixture.File(
                f.id(), f.seenIn().stream().filter(id -> id != part).toList(), f.photo()));
  }

  void dispatched(long id, String category, String unit) {
    act(
        "operator1",
        id,
        "accept",
        ",\"category\":{\"kind\":\"event\",\"code\":\"" + category + "\"}");
    act("chief1", id, "file", ",\"condition\":\"属实\"");
    act("dispatcher1", id, "dispatch", ",\"unit\":\"" + unit + "\",\"reason\":\"属其职责\"");
  }

  JsonNode act(String user, long id, String action, String fields) {
    JsonNode now = Town.json(town.get(user, "/api/v1/tickets/" + id));
    HttpResponse<String> answer =
        town.post(
            user,
            "/api/v1/tickets/" + id + "/actions",
            "{\"action\":\"" + action + "\",\"version\":" + now.path("version") + fields + "}");
    assertThat(answer.statusCode()).as(user + " " + action + " " + answer.body()).isEqualTo(200);
    return Town.json(answer);
  }

  long upload(String user, byte[] file) {
    try {
      HttpResponse<String> sent =
          client.send(
              town.as(user, "/api/v1/attachments").POST(BodyPublishers.ofByteArray(file)).build(),
              BodyHandlers.ofString());
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
      return Town.json(sent).path("id").asLong();
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] photo() {
    return Photos.withNotes(Photos.jpeg(120, 80), 118.887, 32.118, "2026:03:01 08:15:30", 1);
  }

  private static ObjectNode report(
      String channel, String type, Telling telling, double[] at, String category) {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("channel", channel).put("type", type).put("words", telling.words());
    report.put("address", telling.address());
    if (at.length > 0)
      report.putObject("position").put("lon", at[0]).put("lat", at[1]).put("crs", "WGS84");
    if (!category.isEmpty())
      report.putObject("category").put("kind", "event").put("code", category);
    return report;
  }

  private long registered(
      String by,
      String label,
      boolean hidden,
      Telling telling,
      ObjectNode report,
      List<Long> sent) {
    sent.forEach(report.putArray("attachments")::add);
    HttpResponse<String> answer = town.report(by, report.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode ticket = Town.json(answer);
    long id = ticket.path("id").asLong();
    cases.add(made(label, id, ticket.path("number").asText(), hidden, telling));
    for (int i = 0; i < sent.size(); i++)
      files.add(new Fixture.File(sent.get(i), List.of(id), i == 0));
    return id;
  }

  /** Where it lies and whose it is, is asked once all has come about. */
  private static Case made(String label, long id, String number, boolean hidden, Telling telling) {
    return new Case(label, id, number, hidden, Set.of(), "", "", Set.of(), telling, Set.of());
  }

  private long rings(String phone) {
    HttpResponse<String> told =
        Exchange.of(town).tells("ringing", UUID.randomUUID().toString(), phone, "operator1");
    assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
    return Town.json(told).path("id").asLong();
  }
}
