package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks one event's row against its own hash and the event before it. */
final class EventRows {
  private EventRows() {}

  /** An event by its ticket and version. */
  record Key(long ticket, int version) {
    @Override
    public String toString() {
      return "event " + version + " of ticket " + ticket;
    }
  }

  /** What is wrong with a row, in words. */
  static Optional<String> check(Row r) {
    Long ticket = r.getLong("listed_ticket");
    Integer version = r.getInteger("listed_version");
    if (ticket == null || version == null) return Optional.of("the block names no event");
    Key name = new Key(ticket, version);
    if (r.getBuffer("hash") == null) return Optional.of(name + " is missing");
    byte[] previous = bytes(r, "prev_hash");
    byte[] expected = version == 1 ? new byte[0] : bytes(r, "before_hash");
    if (!Arrays.equals(previous, expected))
      return Optional.of(name + " does not follow the event before it");
    byte[] canonical =
        EventHash.canonical(
            r.getLong("id"),
            ticket,
            version,
            r.getString("kind"),
            r.getOffsetDateTime("at").toInstant(),
            text(r.getLong("user_id")),
            text(r.getString("user_unit")),
            text(r.getString("rule")),
            text(r.getString("state_before")),
            r.getString("state_after"),
            text(r.getString("unit_before")),
            text(r.getString("unit_after")),
            text(r.getLong("words_id")),
            HexFormat.of().formatHex(bytes(r, "words_commit")),
            r.getString("data"));
    if (!Arrays.equals(EventHash.hash(canonical, previous), bytes(r, "hash"))) {
      return Optional.of(name + " was changed");
    }
    return Optional.empty();
  }

  static byte[] bytes(Row row, String column) {
    Buffer value = row.getBuffer(column);
    return value == null ? new byte[0] : value.getBytes();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
