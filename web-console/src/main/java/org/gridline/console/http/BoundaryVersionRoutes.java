package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.console.Office;
import org.gridline.console.view.BoundaryWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.ground.BoundaryVersions.Deed;
import org.gridline.dispatch.ground.BoundaryVersions.Logged;
import org.gridline.dispatch.ground.FollowGround;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.User;

/** The versions of the boundaries: which there are, and taking the newest one back. */
public final class BoundaryVersionRoutes {
  private static final int MOST_LOG = 500;
  private static final int SWITCH_SECONDS = 30;
  private static final int MOST_NOTE = 500;

  private final Office office;
  private final BoundaryVersions versions;
  private final FollowGround follow;
  private final BoundaryWriter writer;

  public BoundaryVersionRoutes(Office office, BoundaryVersions versions, FollowGround follow) {
    this.office = office;
    this.versions = versions;
    this.follow = follow;
    this.writer = new BoundaryWriter(office.pack().city().timeZone());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/boundary-versions", this::list),
        Endpoint.get("/api/v1/boundary-versions/:version/lineage", this::lineage),
        Endpoint.post("/api/v1/boundary-versions/:version/actions", this::act),
        Endpoint.get("/api/v1/boundary-log", this::log));
  }

  private Answer list(Call call) {
    return Answer.json(listed(call.user()));
  }

  private ObjectNode listed(User asker) {
    boolean manages = asker.may(Right.MANAGE_BOUNDARIES);
    List<BoundaryVersion> shown =
        versions.list().stream().filter(v -> manages || v.activatedAt().isPresent()).toList();
    String current = office.ground().get().version();
    Instant now = office.clock().instant();
    Map<Long, User> users = users(shown.stream().flatMap(v -> v.activatedBy().stream()));
    ObjectNode node = Json.object();
    node.put("current", current);
    node.set("versions", Json.list(shown, v -> writer.version(v, state(v, current, now), users)));
    return node;
  }

  private static String state(BoundaryVersion v, String current, Instant now) {
    if (v.version().equals(current)) return "current";
    return switch (v.state()) {
      case STAGING -> "staging";
      case STAGED -> "staged";
      case WITHDRAWN -> "withdrawn";
      case ACTIVE -> v.validFrom().orElse(now).isAfter(now) ? "planned" : "past";
    };
  }

  private Answer lineage(Call call) {
    boolean manages = call.user().may(Right.MANAGE_BOUNDARIES);
    BoundaryVersion version =
        versions
            .find(call.path("version"))
            .filter(v -> manages || v.activatedAt().isPresent())
            .orElseThrow(BoundaryVersionRoutes::unknown);
    ObjectNode node = Json.object().put("version", version.version());
    version.base().ifPresentOrElse(b -> node.put("base", b), () -> node.putNull("base"));
    node.set(
        "lineage", Json.list(versions.listHeritage(version.version()), BoundaryWriter::heritage));
    return Answer.json(node);
  }

  private Answer act(Call call) {
    needed(call.user(), Right.MANAGE_BOUNDARIES);
    Fields fields = Fields.of(call.bytes()).only("action", "note");
    if (!fields.text("action").equals("withdraw")) throw fields.wrong("action", "withdraw");
    String note = note(fields);
    String version = call.path("version");
    if (versions.find(version).isEmpty()) throw unknown();
    Deed deed = new Deed(Optional.of(call.user().id()), office.clock().instant(), note);
    if (!versions.withdraw(version, deed))
      throw new Failure(
          FailureCode.BOUNDARIES_CHANGED,
          "只能撤回最新的版本,且之前须有版本 · only the newest version can be taken back, and one must stand before it");
    await(follow);
    return Answer.json(listed(call.user()));
  }

  /** The next request finds this node on what was decided; other nodes follow within seconds. */
  static void await(FollowGround follow) {
    try {
      Future.fromCompletionStage(follow.soon()).timeout(SWITCH_SECONDS, TimeUnit.SECONDS).await();
    } catch (Exception e) {
      // It is decided; this node follows as soon as it can.
      return;
    }
  }

  static String note(Fields fields) {
    String note = fields.findText("note").orElse("").strip();
    if (note.length() > MOST_NOTE)
      throw fields.wrong("note", "最多 500 字 · at most " + MOST_NOTE + " characters");
    return note;
  }

  private Answer log(Call call) {
    if (!call.user().may(Right.READ_AUDIT)) needed(call.user(), Right.MANAGE_BOUNDARIES);
    List<Logged> lines = versions.listLog(MOST_LOG);
    Map<Long, User> users = users(lines.stream().flatMap(l -> l.user().stream()));
    ObjectNode node = Json.object();
    node.set("log", Json.list(lines, l -> writer.logged(l, users)));
    return Answer.json(node);
  }

  private Map<Long, User> users(Stream<Long> ids) {
    return office.accounts().listByIds(ids.distinct().toList()).stream()
        .collect(Collectors.toMap(User::id, Function.identity()));
  }

  static void needed(User user, Permission right) {
    if (!user.may(right))
      throw new Failure(
          FailureCode.NOT_PERMITTED, "您的岗位不能管理边界 · your role does not manage boundaries");
  }

  private static Failure unknown() {
    return new Failure(FailureCode.NOT_FOUND, "没有此边界版本 · no such boundary version");
  }
}
