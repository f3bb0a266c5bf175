package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.console.Office;
import org.gridline.console.view.Json;
import org.gridline.console.view.TrackWriter;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.track.Purpose;
import org.gridline.dispatch.track.RecordPositions;
import org.gridline.dispatch.track.RecordPositions.Said;
import org.gridline.dispatch.track.RecordPositions.Taken;
import org.gridline.dispatch.track.TrackRules;
import org.gridline.dispatch.track.Tracks;
import org.gridline.dispatch.track.Tracks.Last;
import org.gridline.dispatch.track.Tracks.Look;
import org.gridline.dispatch.track.WhoIsOut;
import org.gridline.gis.position.RawPosition;

/** Where workers are: told by themselves, seen by themselves, and by whoever commands them. */
public final class PositionRoutes {
  private static final int MOST_FIXES = 500;
  private static final int MOST_POINTS = 20_000;
  private static final int USUAL_PAGE = 100;
  private static final int MOST_PAGE = 500;
  private static final Duration USUAL_SPAN = Duration.ofDays(1);

  private final Office office;
  private final Tracks tracks;
  private final WhoIsOut out;
  private final RecordPositions record;
  private final Optional<TrackRules> rules;
  private final TrackWriter writer;

  public PositionRoutes(
      Office office,
      Tracks tracks,
      WhoIsOut out,
      RecordPositions record,
      Optional<TrackRules> rules) {
    this.office = office;
    this.tracks = tracks;
    this.out = out;
    this.record = record;
    this.rules = rules;
    this.writer = new TrackWriter(office.pack());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v1/positions", this::take),
        Endpoint.get("/api/v1/positions", this::everybody),
        Endpoint.get("/api/v1/positions/mine", this::mine),
        Endpoint.post("/api/v1/tracks", this::track),
        Endpoint.get("/api/v1/track-looks", this::looks));
  }

  private Answer take(Call call) {
    List<Fields> fixes = Fields.of(call.bytes()).only("fixes").objects("fixes");
    if (fixes.isEmpty() || fixes.size() > MOST_FIXES)
      throw Failure.atField(FailureCode.INVALID_REQUEST, "fixes", "1–" + MOST_FIXES);
    Taken taken =
        record.take(
            call.user(),
            fixes.stream().map(PositionRoutes::said).toList(),
            office.clock().instant());
    ObjectNode node = Json.object().put("accepted", taken.accepted());
    node.set("refused", Json.list(taken.refused(), writer::refused));
    return Answer.json(node.put("intervalSeconds", intervalSeconds()));
  }

  private long intervalSeconds() {
    return rules.map(r -> r.interval().toSeconds()).orElse(0L);
  }

  private static Said said(Fields fix) {
    fix.only("at", "lon", "lat", "crs", "accuracy");
    Optional<Double> accuracy = fix.findNumber("accuracy");
    return new Said(
        Reports.instant("at", fix.text("at")),
        new RawPosition(
            fix.number("lon"),
            fix.number("lat"),
            PositionFields.crs(fix.findText("crs").orElse(""), "crs")),
        accuracy.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
  }

  private Answer everybody(Call call) {
    watches(call.user());
    Scope scope = scope(call.user());
    List<Last> seen =
        out.list().stream()
            .filter(l -> scope.covers(l.areas(), l.unit().orElse("")))
            .sorted(Comparator.comparingLong(Last::worker))
            .toList();
    Map<Long, User> users = users(seen.stream().map(Last::worker));
    ObjectNode node = Json.object();
    node.set("workers", Json.list(seen, l -> writer.last(l, users)));
    return Answer.json(node);
  }

  private Answer mine(Call call) {
    Instant now = office.clock().instant();
    ObjectNode node = Json.object();
    node.set("tracking", writer.standing(record.standing(call.user(), now)));
    node.put("intervalSeconds", intervalSeconds());
    node.put("keepDays", rules.map(r -> r.kept().toDays()).orElse(0L));
    Span span = span(call.query("from"), call.query("to"), now);
    node.set(
        "points",
        Json.list(tracks.list(call.user().id(), span.from, span.to, MOST_POINTS), writer::point));
    return Answer.json(node);
  }

  private record Span(Instant from, Instant to) {}

  private static Span span(Optional<String> from, Optional<String> to, Instant now) {
    Instant until = to.map(text -> Reports.instant("to", text)).orElse(now.plus(USUAL_SPAN));
    Instant since = from.map(text -> Reports.instant("from", text)).orElse(now.minus(USUAL_SPAN));
    if (since.isAfter(until))
      throw Failure.atField(FailureCode.INVALID_REQUEST, "from", "须早于 to · before to");
    return new Span(since, until);
  }

  /** Written down before it is shown. */
  private Answer track(Call call) {
    watches(call.user());
    Fields fields = Fields.of(call.bytes()).only("worker", "from", "to", "purpose");
    Purpose purpose =
        Purpose.find(fields.text("purpose"))
            .orElseThrow(
                () ->
                    fields.wrong(
                        "purpose",
                        Stream.of(Purpose.values())
                            .map(Purpose::id)
                            .collect(Collectors.joining(", "))));
    Instant now = office.clock().instant();
    Span span = span(fields.findText("from"), fields.findText("to"), now);
    User worker = worker(fields.text("worker"), call.user());
    tracks.looked(call.user().id(), worker.id(), purpose, span.from, span.to, now);
    ObjectNode node = Json.object();
    node.set(
        "points",
        Json.list(tracks.list(worker.id(), span.from, span.to, MOST_POINTS), writer::point));
    return Answer.json(node);
  }

  /** Outside one's scope nobody is there. */
  private User worker(String login, User asker) {
    return office
        .accounts()
        .findByLogin(login)
        .map(Accounts.Account::user)
        .filter(w -> scope(asker).covers(w.areas(), w.unit().orElse("")))
        .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此人员 · no such person"));
  }

  private Answer looks(Call call) {
    if (!call.user().may(Right.READ_AUDIT))
      throw new Failure(FailureCode.NOT_PERMITTED, "仅审计管理员可查看 · for the audit administrator only");
    double limit = call.number("limit").orElse(USUAL_PAGE);
    if (!(limit >= 1 && limit <= MOST_PAGE))
      throw Failure.atField(FailureCode.INVALID_REQUEST, "limit", "1–" + MOST_PAGE);
    List<Look> found =
        tracks.listLooks(
            call.query("user"), call.query("cursor").map(PositionRoutes::cursor), (int) limit + 1);
    List<Look> page = found.subList(0, Math.min((int) limit, found.size()));
    Map<Long, User> users = users(page.stream().flatMap(l -> Stream.of(l.by(), l.worker())));
    ObjectNode node = Json.object();
    node.set("looks", Json.list(page, l -> writer.looked(l, users)));
    return Answer.json(
        found.size() > limit
            ? node.put("next", String.valueOf(page.getLast().id()))
            : node.putNull("next"));
  }

  private static long cursor(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Failure.atField(FailureCode.INVALID_REQUEST, "cursor", "不是本接口给出的 · not one of ours");
    }
  }

  private Map<Long, User> users(Stream<Long> ids) {
    List<Long> distinct = ids.distinct().toList();
    if (distinct.isEmpty()) return Map.of();
    return office.accounts().listByIds(distinct).stream()
        .collect(Collectors.toMap(User::id, Function.identity()));
  }

  private static void watches(User user) {
    if (!user.may(Right.WATCH_WORKERS))
      throw new Failure(
          FailureCode.NOT_PERMITTED, "您的岗位不能查看人员位置 · your role does not see where workers are");
  }

  private Scope scope(User user) {
    return user.scope(office.pack().policy().units());
  }
}
