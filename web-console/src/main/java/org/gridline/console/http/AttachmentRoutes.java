package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.gridline.console.Office;
import org.gridline.console.http.AttachmentAccess.Grade;
import org.gridline.console.view.AttachmentWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.evidence.EvidenceStore.Found;
import org.gridline.dispatch.evidence.Filed;
import org.gridline.dispatch.evidence.Finding.Shown;
import org.gridline.dispatch.evidence.Piece;
import org.gridline.dispatch.evidence.Told;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.privacy.Purpose;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;

/** Files that go with reports and actions: sending them, and looking at them again. */
public final class AttachmentRoutes {
  /** Each holds some three mebibytes while it runs. */
  private static final int UPLOADS_AT_ONCE = 16;

  private static final double MOST_ACCURACY = 100_000;

  private final Office office;
  private final AttachmentAccess access;
  private final AttachmentDownload download;
  private final AttachmentPreviews previews;
  private final Semaphore uploads = new Semaphore(UPLOADS_AT_ONCE);

  public AttachmentRoutes(Office office) {
    this.office = office;
    this.access = new AttachmentAccess(office);
    this.download = new AttachmentDownload(office.evidence().store());
    this.previews = new AttachmentPreviews(office.evidence().store());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.upload("/api/v1/attachments", this::take),
        Endpoint.get("/api/v1/attachments/:id", this::show),
        Endpoint.get("/api/v1/attachments/:id/preview", this::preview),
        Endpoint.get("/api/v1/tickets/:id/attachments", this::list));
  }

  private Answer take(Call call) {
    checkLength(call);
    Told told = told(call);
    if (!uploads.tryAcquire())
      throw new Failure(FailureCode.OVERLOADED, "上传较多，请稍后 · many uploads just now");
    try {
      Piece piece = office.evidence().take().take(new BodyParts(call.request()), told, call.user());
      return Answer.json(201, AttachmentWriter.sent(piece, office.pack().city().timeZone()))
          .with("Location", "/api/v1/attachments/" + piece.id());
    } finally {
      uploads.release();
    }
  }

  private void checkLength(Call call) {
    long most = office.evidence().rules().limits().mostBytes();
    String declared = call.header("Content-Length").orElse("0");
    if (declared.length() > 18 || Long.parseLong(declared) > most)
      throw new Failure(
          FailureCode.PAYLOAD_TOO_LARGE,
          "最多 " + (most >> 20) + " MiB · at most " + (most >> 20) + " MiB");
  }

  private static Told told(Call call) {
    OptionalDouble accuracy = call.number("accuracy");
    if (accuracy.isPresent()
        && !(accuracy.getAsDouble() >= 0 && accuracy.getAsDouble() <= MOST_ACCURACY))
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "accuracy", "0 – " + (long) MOST_ACCURACY + " 米 · metres");
    return new Told(
        position(call),
        accuracy,
        call.query("takenAt").map(text -> Reports.instant("takenAt", text)));
  }

  private static Optional<Position> position(Call call) {
    if (call.query("lon").isEmpty() && call.query("lat").isEmpty()) return Optional.empty();
    Crs crs = PositionFields.crs(call.query("crs").orElse(""), "crs");
    RawPosition raw = new RawPosition(call.neededNumber("lon"), call.neededNumber("lat"), crs);
    try {
      return Optional.of(raw.toWgs84());
    } catch (IllegalArgumentException offEarth) {
      throw Failure.atField(
          FailureCode.POSITION_INVALID, "lon", "经度在前，单位为度 · longitude first, in degrees");
    }
  }

  private Answer list(Call call) {
    Scope scope = scope(call.user());
    Ticket ticket = office.tickets().get(call.id(), scope);
    List<Filed> pieces = office.evidence().store().list(ticket.id(), scope);
    Function<Filed, Grade> grades = access.in(ticket, pieces, call.user());
    ObjectNode node = Json.object();
    node.set("attachments", Json.list(pieces, f -> written(ticket, f, grades.apply(f))));
    return Answer.json(node);
  }

  private ObjectNode written(Ticket ticket, Filed filed, Grade grade) {
    var zone = office.pack().city().timeZone();
    ObjectNode node = AttachmentWriter.filed(filed, zone);
    boolean told = grade == Grade.ORIGINAL || grade == Grade.COVERED;
    if (told) AttachmentWriter.notes(node, filed.piece(), zone);
    boolean drawn = filed.piece().finding().shown() == Shown.BY_PREVIEW;
    node.put("ofOrigin", filed.step().filter(s -> s.ticket() != ticket.id()).isPresent());
    return node.put("preview", grade != Grade.NOTHING && drawn)
        .put("download", told)
        .put("original", grade == Grade.ORIGINAL);
  }

  private Answer show(Call call) {
    Found found = get(call);
    Filed filed = found.filed();
    Grade grade = access.of(found, call.user());
    boolean original = call.query("original").filter("true"::equals).isPresent();
    boolean given =
        switch (grade) {
          case ORIGINAL -> true;
          case COVERED -> !original;
          case PICTURE, NOTHING -> false;
        };
    if (!given)
      throw new Failure(
          FailureCode.NOT_PERMITTED,
          "为保护来电人，请联系中心 · kept back to protect the caller; ask the centre");
    // An original tells as much as a name; who takes it is written down like a look at one.
    if (original && !found.tickets().isEmpty())
      office
          .tickets()
          .recordLook(
              office.tickets().get(found.tickets().getFirst(), scope(call.user())),
              call.user().id(),
              Purpose.HANDLING,
              "original of attachment " + filed.piece().id(),
              office.clock().instant());
    return download.send(call, filed.piece(), original);
  }

  private Answer preview(Call call) {
    Found found = get(call);
    AttachmentPreviews.Width width = AttachmentPreviews.width(call.query("size").orElse("small"));
    if (access.of(found, call.user()) == Grade.NOTHING)
      throw new Failure(
          FailureCode.NOT_PERMITTED,
          "为保护来电人，请联系中心 · kept back to protect the caller; ask the centre");
    byte[] jpeg = previews.get(found.filed().piece(), width);
    // Whose photo it is, is nobody's else: no cache keeps it.
    return new Answer.Full(200, "image/jpeg", jpeg, Map.of("Cache-Control", "private, no-store"));
  }

  private Found get(Call call) {
    return office
        .evidence()
        .store()
        .find(call.id(), scope(call.user()), call.user().id())
        .orElseThrow(
            () -> new Failure(FailureCode.NOT_FOUND, "没有此附件 · no such attachment in your scope"));
  }

  private Scope scope(User user) {
    return user.scopeWithChecks(office.pack().policy().units());
  }
}
