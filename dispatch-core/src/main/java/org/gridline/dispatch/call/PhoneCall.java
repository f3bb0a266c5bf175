package org.gridline.dispatch.call;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call with everybody who had a part in it.
 *
 * @param id ours; rises with time
 * @param called the number of ours that was dialled, or empty
 * @param ended when the whole call ended, as far as the exchange said so
 * @param tickets ids of what came of it, ascending
 */
public record PhoneCall(
    long id,
    CallerId caller,
    String called,
    Instant began,
    Optional<Instant> ended,
    List<CallPart> parts,
    List<Long> tickets) {
  public PhoneCall {
    tickets = List.copyOf(tickets);
    parts = settle(List.copyOf(parts), ended);
  }

  public Optional<CallPart> part(long agent) {
    return parts.stream().filter(p -> p.agent() == agent).findFirst();
  }

  /**
   * The end of the call is the end of every part, and a phone stops ringing when a colleague lifts
   * theirs.
   */
  private static List<CallPart> settle(List<CallPart> parts, Optional<Instant> ended) {
    return parts.stream()
        .map(part -> ended.map(at -> with(part, CallMark.ENDED, at)).orElse(part))
        .map(part -> elsewhere(part, parts).map(at -> with(part, CallMark.MISSED, at)).orElse(part))
        .toList();
  }

  private static Optional<Instant> elsewhere(CallPart ringing, List<CallPart> parts) {
    if (ringing.state() != CallState.RINGING) return Optional.empty();
    return parts.stream()
        .filter(p -> p.agent() != ringing.agent())
        .flatMap(p -> p.at(CallMark.ANSWERED).stream())
        .filter(at -> !at.isBefore(ringing.since()))
        .findFirst();
  }

  private static CallPart with(CallPart part, CallMark mark, Instant at) {
    Map<CallMark, Instant> marks = new EnumMap<>(CallMark.class);
    marks.putAll(part.marks());
    marks.putIfAbsent(mark, at);
    if (marks.get(mark).isBefore(at) && mark == CallMark.MISSED) marks.put(mark, at);
    return new CallPart(part.agent(), marks);
  }
}
