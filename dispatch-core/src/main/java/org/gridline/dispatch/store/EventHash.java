package org.gridline.dispatch.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.TicketEvent;

/**
 * The chain of one ticket: {@code hash = SHA-256(canonical fields ‖ previous hash)}. The first
 * event's previous hash is empty. Every column of an event but its transaction id is covered.
 */
final class EventHash {
  private static final String FORMAT = "gridline-event-1";
  private static final byte[] FORMAT_BYTES = FORMAT.getBytes(StandardCharsets.UTF_8);

  private EventHash() {}

  /** The text that is hashed; a field never holds a line break, since facts are JSON. */
  static byte[] canonical(
      long id,
      long ticket,
      int version,
      String kind,
      Instant at,
      String user,
      String userUnit,
      String rule,
      String stateBefore,
      String stateAfter,
      String unitBefore,
      String unitAfter,
      String words,
      String wordsCommit,
      String data) {
    long micros = at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    return String.join(
            "\n",
            FORMAT,
            Long.toString(id),
            Long.toString(ticket),
            Integer.toString(version),
            kind,
            Long.toString(micros),
            user,
            userUnit,
            rule,
            stateBefore,
            stateAfter,
            unitBefore,
            unitAfter,
            words,
            wordsCommit,
            data,
            "")
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] canonical(long id, TicketEvent e, Optional<SealedWords> words, String data) {
    return canonical(
        id,
        e.ticket(),
        e.version(),
        e.fact().kind(),
        e.at(),
        e.actor() instanceof Actor.Person p ? Long.toString(p.user()) : "",
        e.actor() instanceof Actor.Person p ? p.unit().orElse("") : "",
        e.actor() instanceof Actor.Rule r ? r.name() : "",
        e.stateBefore().map(Enum::name).orElse(""),
        e.stateAfter().name(),
        e.unitBefore().orElse(""),
        e.unitAfter().orElse(""),
        words.map(w -> Long.toString(w.id())).orElse(""),
        words.map(w -> HexFormat.of().formatHex(w.commit())).orElse(""),
        data);
  }

  static byte[] hash(byte[] canonical, byte[] previous) {
    MessageDigest digest = EventText.sha256();
    digest.update(canonical);
    return digest.digest(previous);
  }

  /**
   * The same from a stored row, without making strings: this is where verifying spends its time. A
   * test holds the two together.
   */
  static byte[] hash(CopyRow row, EventText text) {
    text.begin(FORMAT_BYTES);
    text.add(row.number(LoggedEvent.ID)).end();
    text.add(row.number(LoggedEvent.TICKET)).end();
    text.add(row.number(LoggedEvent.VERSION)).end();
    copy(row, LoggedEvent.KIND, text);
    text.add(row.micros(LoggedEvent.AT)).end();
    if (!row.missing(LoggedEvent.USER)) text.add(row.number(LoggedEvent.USER));
    text.end();
    copy(row, LoggedEvent.USER_UNIT, text);
    copy(row, LoggedEvent.RULE, text);
    copy(row, LoggedEvent.STATE_BEFORE, text);
    copy(row, LoggedEvent.STATE_AFTER, text);
    copy(row, LoggedEvent.UNIT_BEFORE, text);
    copy(row, LoggedEvent.UNIT_AFTER, text);
    if (!row.missing(LoggedEvent.WORDS)) text.add(row.number(LoggedEvent.WORDS));
    text.end();
    text.hex(row.raw(), row.from(LoggedEvent.WORDS_COMMIT), row.length(LoggedEvent.WORDS_COMMIT));
    text.end();
    copy(row, LoggedEvent.DATA, text);
    int previous = LoggedEvent.PREV_HASH;
    return text.add(row.raw(), row.from(previous), row.length(previous)).sum();
  }

  private static void copy(CopyRow row, int column, EventText text) {
    text.add(row.raw(), row.from(column), row.length(column)).end();
  }
}
