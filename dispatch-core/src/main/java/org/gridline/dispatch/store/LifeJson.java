package org.gridline.dispatch.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Life;
import org.gridline.dispatch.ticket.Life.Request;
import org.gridline.dispatch.ticket.TicketState;
import org.jspecify.annotations.Nullable;

/**
 * The column {@code ticket.life}. What is zero, empty or not there has no member, so a fresh ticket
 * is {@code {}}; members that this version does not know are left out when it writes.
 */
final class LifeJson {
  private LifeJson() {}

  static JsonObject write(Life life) {
    JsonObject json = new JsonObject();
    count(json, "dispatches", life.dispatches());
    count(json, "misdispatches", life.misdispatches());
    count(json, "extensions", life.extensions());
    count(json, "urges", life.urges());
    count(json, "supervision", life.supervision());
    life.request().ifPresent(r -> json.put("request", request(r)));
    life.resumeOn().ifPresent(day -> json.put("resumeOn", day.toString()));
    life.dispatchedAt().ifPresent(at -> json.put("dispatchedAt", at.toString()));
    life.closedAt().ifPresent(at -> json.put("closedAt", at.toString()));
    life.mergedFrom().ifPresent(state -> json.put("mergedFrom", state.name()));
    life.origin().ifPresent(id -> json.put("origin", id));
    if (!life.split().isEmpty()) json.put("split", new JsonArray(life.split()));
    count(json, "askedRound", life.askedRound());
    if (life.appeal() != Life.Appeal.NONE) json.put("appeal", life.appeal().name());
    life.appealReviewer().ifPresent(user -> json.put("appealReviewer", user));
    if (!life.parts().isEmpty())
      json.put("parts", new JsonArray(life.parts().stream().map(LifeJson::part).toList()));
    life.draft().ifPresent(d -> json.put("draft", draft(d)));
    life.parent().ifPresent(p -> json.put("parent", parent(p)));
    life.check()
        .ifPresent(
            check -> {
              JsonObject drawn = new JsonObject().put("checker", check.checker());
              check.repeats().ifPresent(first -> drawn.put("repeats", first));
              json.put("check", drawn);
            });
    return json;
  }

  /**
   * @param master has a column of its own, which the database guards
   */
  static Life read(JsonObject json, @Nullable Long master) {
    return new Life(
        json.getInteger("dispatches", 0),
        json.getInteger("misdispatches", 0),
        json.getInteger("extensions", 0),
        json.getInteger("urges", 0),
        json.getInteger("supervision", 0),
        Optional.ofNullable(json.getJsonObject("request")).map(LifeJson::request),
        day(json, "resumeOn"),
        instant(json, "dispatchedAt"),
        instant(json, "closedAt"),
        Optional.ofNullable(json.getString("mergedFrom")).map(TicketState::valueOf),
        Optional.ofNullable(master),
        Optional.ofNullable(json.getLong("origin")),
        longs(json.getJsonArray("split", new JsonArray())),
        json.getInteger("askedRound", 0),
        Optional.ofNullable(json.getString("appeal"))
            .map(Life.Appeal::valueOf)
            .orElse(Life.Appeal.NONE),
        Optional.ofNullable(json.getLong("appealReviewer")),
        parts(json.getJsonArray("parts", new JsonArray())),
        Optional.ofNullable(json.getJsonObject("check"))
            .map(
                check ->
                    new Life.Check(
                        check.getLong("checker"), Optional.ofNullable(check.getLong("repeats")))),
        Optional.ofNullable(json.getJsonObject("draft")).map(LifeJson::draft),
        Optional.ofNullable(json.getJsonObject("parent")).map(LifeJson::parent));
  }

  private static JsonObject part(Life.Part part) {
    return new JsonObject()
        .put("unit", part.unit())
        .put("kind", part.kind().id())
        .put("step", part.step().name());
  }

  private static List<Life.Part> parts(JsonArray array) {
    List<Life.Part> parts = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      JsonObject p = array.getJsonObject(i);
      parts.add(
          new Life.Part(
              p.getString("unit"),
              Life.Part.Kind.get(p.getString("kind")),
              Life.Part.Step.valueOf(p.getString("step"))));
    }
    return parts;
  }

  private static JsonObject draft(Life.Draft d) {
    JsonObject json =
        new JsonObject()
            .put("action", d.action().id())
            .put("author", d.author())
            .put("signed", d.signed())
            .put("hands", new JsonArray(d.hands()))
            .put("what", d.what())
            .put("chain", new JsonArray(d.chain()));
    if (!d.more().isEmpty()) json.put("more", d.more());
    return json;
  }

  private static Life.Draft draft(JsonObject json) {
    JsonArray hands = json.getJsonArray("hands");
    JsonArray chain = json.getJsonArray("chain");
    return new Life.Draft(
        ActionKind.find(json.getString("action")).orElseThrow(),
        json.getLong("author"),
        json.getInteger("signed"),
        longs(hands),
        json.getString("what"),
        json.getString("more", ""),
        IntStream.range(0, chain.size()).mapToObj(chain::getString).toList());
  }

  private static List<Long> longs(JsonArray ids) {
    return IntStream.range(0, ids.size()).mapToObj(ids::getLong).toList();
  }

  private static JsonObject parent(Life.Parent p) {
    JsonObject json =
        new JsonObject()
            .put("number", p.number())
            .put("dueAt", p.dueAt().toString())
            .put("replyForm", p.replyForm())
            .put("linkedAt", p.linkedAt().toString());
    if (!p.revisit().isEmpty()) json.put("revisit", p.revisit());
    if (!p.satisfaction().isEmpty()) json.put("satisfaction", p.satisfaction());
    if (!p.end().isEmpty()) json.put("end", p.end());
    return json;
  }

  private static Life.Parent parent(JsonObject json) {
    return new Life.Parent(
        json.getString("number"),
        Instant.parse(json.getString("dueAt")),
        json.getString("replyForm"),
        Instant.parse(json.getString("linkedAt")),
        json.getString("revisit", ""),
        json.getString("satisfaction", ""),
        json.getString("end", ""));
  }

  private static void count(JsonObject json, String name, int value) {
    if (value != 0) json.put(name, value);
  }

  private static JsonObject request(Request r) {
    JsonObject json =
        new JsonObject()
            .put("kind", r.kind().name())
            .put("version", r.askedVersion())
            .put("asker", r.asker())
            .put("step", r.step().name())
            .put("what", r.what());
    if (!r.more().isEmpty()) json.put("more", r.more());
    r.until().ifPresent(day -> json.put("until", day.toString()));
    return json;
  }

  private static Request request(JsonObject json) {
    return new Request(
        Request.Kind.valueOf(json.getString("kind")),
        json.getInteger("version"),
        json.getLong("asker"),
        Request.Step.valueOf(json.getString("step")),
        json.getString("what"),
        json.getString("more", ""),
        day(json, "until"));
  }

  private static Optional<LocalDate> day(JsonObject json, String name) {
    return Optional.ofNullable(json.getString(name)).map(LocalDate::parse);
  }

  private static Optional<Instant> instant(JsonObject json, String name) {
    return Optional.ofNullable(json.getString(name)).map(Instant::parse);
  }
}
