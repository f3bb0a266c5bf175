package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.gridline.dispatch.evidence.EvidenceRules.Wanted;
import org.gridline.dispatch.evidence.Filed;
import org.gridline.dispatch.evidence.Finding.Size;
import org.gridline.dispatch.evidence.Piece;
import org.gridline.dispatch.evidence.Stated;

/** Photos, letters and recordings as JSON. */
public final class AttachmentWriter {
  private AttachmentWriter() {}

  /** What an upload is answered with. */
  public static ObjectNode sent(Piece piece, ZoneId zone) {
    return notes(plain(piece, zone), piece, zone);
  }

  /** What everybody may know of a piece who may know of it. */
  public static ObjectNode filed(Filed filed, ZoneId zone) {
    ObjectNode node = plain(filed.piece(), zone);
    filed
        .step()
        .ifPresentOrElse(s -> node.put("version", s.version()), () -> node.putNull("version"));
    return node;
  }

  private static ObjectNode plain(Piece piece, ZoneId zone) {
    ObjectNode node = Json.object();
    node.put("id", piece.id());
    node.put("sha256", piece.sha256());
    node.put("bytes", piece.bytes());
    node.put("type", piece.type().mime());
    node.put("family", piece.type().family().id());
    Optional<Size> size = piece.finding().size();
    size.ifPresentOrElse(s -> node.put("width", s.width()), () -> node.putNull("width"));
    size.ifPresentOrElse(s -> node.put("height", s.height()), () -> node.putNull("height"));
    node.put("uploadedAt", Json.time(piece.at(), zone));
    return node;
  }

  /**
   * What the file and its sender's device say, which nobody has proved: when and where it was made.
   */
  public static ObjectNode notes(ObjectNode node, Piece piece, ZoneId zone) {
    Stated stated = piece.finding().stated();
    Json.put(
        node,
        "takenAt",
        stated
            .takenAt()
            .map(at -> stated.offset().map(o -> at.atOffset(o).toString()).orElse(local(at)))
            .or(() -> piece.told().takenAt().map(at -> Json.time(at, zone))));
    Json.set(node, "position", piece.position().map(Json::position));
    Json.put(
        node,
        "positionBy",
        piece.position().map(p -> stated.position().isPresent() ? "file" : "device"));
    piece
        .told()
        .accuracyMetres()
        .ifPresentOrElse(m -> node.put("accuracy", m), () -> node.putNull("accuracy"));
    return node;
  }

  /** A camera that does not know its zone tells the time on the wall. */
  private static String local(LocalDateTime at) {
    return at.toString();
  }

  /** What a rule asks for. */
  public static ObjectNode wanted(Wanted wanted) {
    ObjectNode node = Json.object().put("photos", wanted.photos());
    wanted
        .nearMetres()
        .ifPresentOrElse(m -> node.put("nearMetres", m), () -> node.putNull("nearMetres"));
    return node.set("reason", Json.names(wanted.reason()));
  }
}
