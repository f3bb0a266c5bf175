package org.gridline.dispatch.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
            "gridline-event-1",
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
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(canonical);
      return digest.digest(previous);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
