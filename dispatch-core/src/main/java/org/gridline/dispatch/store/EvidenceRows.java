package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gridline.dispatch.evidence.Cover;
import org.gridline.dispatch.evidence.Filed;
import org.gridline.dispatch.evidence.Finding;
import org.gridline.dispatch.evidence.Finding.Shown;
import org.gridline.dispatch.evidence.Finding.Size;
import org.gridline.dispatch.evidence.MediaType;
import org.gridline.dispatch.evidence.Piece;
import org.gridline.dispatch.evidence.Stated;
import org.gridline.dispatch.evidence.Told;
import org.gridline.dispatch.people.PersonalCipher;
import org.gridline.gis.position.Position;

/** Rows of evidence as pieces. Where and when something was made is sealed with the file's key. */
final class EvidenceRows {
  /** What every query selects, from {@code evidence e} and {@code evidence_link l}. */
  static final String COLUMNS =
      """
      e.id, e.uploaded_by, e.bytes, e.wrapped_key, e.sha256, e.type, e.width, e.height, e.orientation, e.shown,
      e.details,
      e.cover_at, e.cover_length, e.cover_with, e.finished_at, l.ticket_id, l.version
      """;

  private final PersonalCipher cipher;

  EvidenceRows(PersonalCipher cipher) {
    this.cipher = cipher;
  }

  Filed filed(Row r) {
    Optional<Filed.Step> step =
        Optional.ofNullable(r.getLong("ticket_id"))
            .map(ticket -> new Filed.Step(ticket, r.getInteger("version")));
    return new Filed(piece(r), step);
  }

  Piece piece(Row r) {
    long id = r.getLong("id");
    JsonObject details = open(r.getBuffer("wrapped_key"), id, r.getBuffer("details"));
    Optional<Size> size =
        Optional.ofNullable(r.getInteger("width")).map(w -> new Size(w, r.getInteger("height")));
    Finding finding =
        new Finding(
            MediaType.valueOf(r.getString("type")),
            size,
            r.getInteger("orientation"),
            stated(details),
            Shown.valueOf(r.getString("shown")),
            covers(r));
    return new Piece(
        id,
        HexFormat.of().formatHex(r.getBuffer("sha256").getBytes()),
        r.getLong("bytes"),
        finding,
        told(details),
        r.getLong("uploaded_by"),
        r.getOffsetDateTime("finished_at").toInstant());
  }

  private static List<Cover> covers(Row r) {
    Long[] at = r.getArrayOfLongs("cover_at");
    Long[] length = r.getArrayOfLongs("cover_length");
    Buffer[] with = r.getArrayOfBuffers("cover_with");
    List<Cover> covers = new ArrayList<>();
    for (int i = 0; i < at.length; i++) covers.add(new Cover(at[i], length[i], with[i].getBytes()));
    return covers;
  }

  private JsonObject open(Buffer key, long id, Buffer sealed) {
    byte[] clear = cipher.open(key.getBytes(), id, sealed.getBytes());
    return new JsonObject(new String(clear, StandardCharsets.UTF_8));
  }

  byte[] seal(byte[] key, Piece piece) {
    Stated stated = piece.finding().stated();
    Told told = piece.told();
    JsonObject details = new JsonObject();
    stated.takenAt().ifPresent(at -> details.put("takenAt", at.toString()));
    stated.offset().ifPresent(offset -> details.put("offset", offset.getId()));
    stated.position().ifPresent(p -> details.put("position", position(p)));
    told.takenAt().ifPresent(at -> details.put("toldAt", at.toString()));
    told.position().ifPresent(p -> details.put("toldPosition", position(p)));
    told.accuracyMetres().ifPresent(metres -> details.put("toldAccuracy", metres));
    return cipher.seal(key, piece.id(), details.encode().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject position(Position p) {
    return new JsonObject().put("lon", p.lon()).put("lat", p.lat());
  }

  private static Optional<Position> position(JsonObject details, String member) {
    return Optional.ofNullable(details.getJsonObject(member))
        .map(p -> new Position(p.getDouble("lon"), p.getDouble("lat")));
  }

  private static Stated stated(JsonObject details) {
    return new Stated(
        Optional.ofNullable(details.getString("takenAt")).map(LocalDateTime::parse),
        Optional.ofNullable(details.getString("offset")).map(ZoneOffset::of),
        position(details, "position"));
  }

  private static Told told(JsonObject details) {
    Double accuracy = details.getDouble("toldAccuracy");
    return new Told(
        position(details, "toldPosition"),
        accuracy == null ? OptionalDouble.empty() : OptionalDouble.of(accuracy),
        Optional.ofNullable(details.getString("toldAt")).map(Instant::parse));
  }
}
