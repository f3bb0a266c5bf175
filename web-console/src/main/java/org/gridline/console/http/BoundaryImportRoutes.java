package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.gridline.console.Office;
import org.gridline.console.boundaries.ImportDesk;
import org.gridline.console.boundaries.LayerWish;
import org.gridline.console.view.BoundaryWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.ground.BoundaryImport;
import org.gridline.dispatch.ground.BoundaryImport.State;
import org.gridline.dispatch.ground.BoundaryImports;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.ground.BoundaryVersions.Activation;
import org.gridline.dispatch.ground.BoundaryVersions.Deed;
import org.gridline.dispatch.ground.FollowGround;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.User;
import org.gridline.gis.boundary.Limits;
import org.gridline.gis.position.CoordinateSystem;

/** Uploading a layer, looking at what it would change, and deciding. */
public final class BoundaryImportRoutes {
  private static final int MOST_LISTED = 50;
  private static final int MOST_NOTE = 500;
  private static final long MOST_BYTES = Limits.MAX_FILE_BYTES;

  private final Office office;
  private final BoundaryVersions versions;
  private final BoundaryImports imports;
  private final ImportDesk desk;
  private final FollowGround follow;
  private final LongSupplier ids;
  private final BoundaryWriter writer;

  public BoundaryImportRoutes(
      Office office,
      BoundaryVersions versions,
      BoundaryImports imports,
      ImportDesk desk,
      FollowGround follow,
      LongSupplier ids) {
    this.office = office;
    this.versions = versions;
    this.imports = imports;
    this.desk = desk;
    this.follow = follow;
    this.ids = ids;
    this.writer = new BoundaryWriter(office.pack().city().timeZone());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.upload("/api/v1/boundary-imports", this::upload),
        Endpoint.get("/api/v1/boundary-imports", this::list),
        Endpoint.get("/api/v1/boundary-imports/:id", this::show),
        Endpoint.post("/api/v1/boundary-imports/:id/actions", this::act));
  }

  private Answer upload(Call call) {
    BoundaryVersionRoutes.needed(call.user(), Right.MANAGE_BOUNDARIES);
    LayerWish wish = wish(call);
    String name = call.query("file").map(Uploads::harmless).orElse("upload");
    desk.reserve();
    Uploads.Received received;
    try {
      received = Uploads.receive(call.request(), desk.folder(), name, MOST_BYTES);
    } catch (Exception e) {
      desk.giveBack();
      throw e;
    }
    BoundaryImport fresh;
    try {
      fresh = fresh(call.user(), wish, name, received.bytes());
    } catch (Exception e) {
      // No number for it: the database is away.
      desk.giveBack();
      Uploads.delete(received.file());
      throw e;
    }
    desk.take(fresh, wish, received.file());
    return Answer.json(202, written(fresh))
        .with("Location", "/api/v1/boundary-imports/" + fresh.id());
  }

  private BoundaryImport fresh(User user, LayerWish wish, String name, long bytes) {
    return new BoundaryImport(
        ids.getAsLong(),
        State.RECEIVED,
        0,
        wish.layer(),
        wish.json(),
        name,
        bytes,
        "",
        user.id(),
        office.clock().instant(),
        Optional.empty(),
        Optional.empty(),
        "[]",
        Optional.empty(),
        Optional.empty());
  }

  private LayerWish wish(Call call) {
    String layer = call.neededQuery("layer");
    boolean there =
        office.ground().get().layers().stream().map(LayerNote::id).anyMatch(layer::equals);
    Optional<String> zh = call.query("layerName");
    Optional<String> en = call.query("layerNameEn");
    if (!there && zh.isEmpty() && en.isEmpty())
      throw Failure.atField(
          FailureCode.INVALID_REQUEST,
          "layer",
          "没有此图层;新增图层请给出 layerName · no such layer; a new one needs a layerName");
    Optional<Names> names =
        zh.or(() -> en).map(first -> new Names(zh.orElse(first), en.orElse(first)));
    String note = call.query("note").orElse("");
    if (note.length() > MOST_NOTE)
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "note", "最多 500 字 · at most 500 characters");
    return new LayerWish(
        layer,
        names,
        call.neededQuery("code"),
        call.query("name").orElse(""),
        call.query("parent").orElse(""),
        call.query("priority").orElse(""),
        call.query("crs").map(BoundaryImportRoutes::crs),
        call.query("validFrom").map(this::validFrom),
        note);
  }

  /** Whether the register has the number shows while the file is checked: it takes seconds. */
  private static CoordinateSystem crs(String text) {
    return CoordinateSystem.find(text)
        .orElseThrow(
            () ->
                Failure.atField(
                    FailureCode.CRS_UNKNOWN,
                    "crs",
                    "EPSG:n、GCJ-02、BD-09、WGS84、CGCS2000 · one of these"));
  }

  /** Today or later: what held on past days is not changed. */
  private LocalDate validFrom(String text) {
    LocalDate day = AskedGround.day("validFrom", text);
    if (day.isBefore(today()))
      throw Failure.atField(FailureCode.INVALID_REQUEST, "validFrom", "不能早于今天 · not before today");
    return day;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(office.clock().instant(), zone());
  }

  private ZoneId zone() {
    return office.pack().city().timeZone();
  }

  private Answer list(Call call) {
    BoundaryVersionRoutes.needed(call.user(), Right.MANAGE_BOUNDARIES);
    List<BoundaryImport> all = imports.list(MOST_LISTED);
    Map<Long, User> users = users(all);
    ObjectNode node = Json.object();
    node.set("imports", Json.list(all, i -> writer.brief(i, users)));
    return Answer.json(node);
  }

  private Answer show(Call call) {
    BoundaryVersionRoutes.needed(call.user(), Right.MANAGE_BOUNDARIES);
    return Answer.json(written(get(call.id())));
  }

  private BoundaryImport get(long id) {
    return imports
        .find(id)
        .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此导入 · no such import"));
  }

  private ObjectNode written(BoundaryImport one) {
    return writer.whole(one, users(List.of(one)));
  }

  private Map<Long, User> users(List<BoundaryImport> of) {
    return office
        .accounts()
        .listByIds(of.stream().map(BoundaryImport::user).distinct().toList())
        .stream()
        .collect(Collectors.toMap(User::id, Function.identity()));
  }

  private Answer act(Call call) {
    BoundaryVersionRoutes.needed(call.user(), Right.MANAGE_BOUNDARIES);
    Fields fields = Fields.of(call.bytes()).only("action", "validFrom", "note");
    String note = BoundaryVersionRoutes.note(fields);
    Optional<LocalDate> from = fields.findText("validFrom").map(this::validFrom);
    BoundaryImport one = get(call.id());
    if (one.state() == State.STALE)
      throw new Failure(FailureCode.BOUNDARIES_CHANGED, one.problem().orElse(""));
    if (one.state() != State.READY)
      throw new Failure(
          FailureCode.ILLEGAL_ACTION, "此导入不在待决定状态 · this import does not wait for a decision");
    Deed deed = new Deed(Optional.of(call.user().id()), office.clock().instant(), note);
    switch (fields.text("action")) {
      case "activate" -> activate(one, from, deed);
      case "discard" -> discard(one, deed);
      default -> throw fields.wrong("action", "activate, discard");
    }
    return Answer.json(written(get(one.id())));
  }

  private void activate(BoundaryImport one, Optional<LocalDate> from, Deed deed) {
    Instant validFrom =
        from.filter(day -> day.isAfter(today()))
            .map(day -> day.atStartOfDay(zone()).toInstant())
            .orElse(deed.at());
    String version = one.version().orElseThrow();
    if (!versions.activate(new Activation(version, validFrom, Optional.of(one.id()), deed))) {
      imports.markStale(deed.at());
      State now = get(one.id()).state();
      if (now != State.READY && now != State.STALE) throw decided();
      throw new Failure(
          FailureCode.BOUNDARIES_CHANGED,
          "此后另有版本启用,或已排定更晚生效的版本;请重新导入,或先撤回后者"
              + " · another version was activated since, or one is planned for later: import again, or take that one back");
    }
    imports.markStale(deed.at());
    desk.tidySoon();
    BoundaryVersionRoutes.await(follow);
  }

  private void discard(BoundaryImport one, Deed deed) {
    if (!imports.end(one.id(), State.DISCARDED, deed.note(), deed.user(), deed.at()))
      throw decided();
    desk.tidySoon();
  }

  private static Failure decided() {
    return new Failure(FailureCode.ILLEGAL_ACTION, "此导入已有决定 · somebody decided already");
  }
}
