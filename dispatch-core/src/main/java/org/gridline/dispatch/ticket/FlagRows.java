package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.Lifecycle.step;

import java.util.List;
import java.util.stream.Stream;
import org.gridline.dispatch.ticket.Lifecycle.Row;

/**
 * What may be said of a ticket in any open state; the state never changes, and a clock only when
 * the matter is another one.
 */
final class FlagRows {
  private static final List<ActionKind> ANYWHERE =
      List.of(
          ActionKind.URGE,
          ActionKind.SUPERVISE,
          ActionKind.MARK_REPEAT,
          ActionKind.MARK_MALICIOUS,
          ActionKind.KEEP_CONFIDENTIAL);

  private FlagRows() {}

  static List<Row> rows() {
    Stream<Row> open =
        TicketState.openStates().stream()
            .flatMap(state -> ANYWHERE.stream().map(action -> flag(state, action)));
    // A caller may ask to stay unknown after the end as well.
    Stream<Row> closed = Stream.of(flag(TicketState.CLOSED, ActionKind.KEEP_CONFIDENTIAL));
    // Who checks or asks whether it is done has the matter before them that was handled.
    Stream<Row> matter =
        TicketState.openStates().stream()
            .filter(state -> state.compareTo(TicketState.CHECKING) < 0)
            .map(s -> step(s, ActionKind.RECLASSIFY, s).with(new ClockEffect.Recount()));
    return Stream.of(open, closed, matter).flatMap(all -> all).toList();
  }

  private static Row flag(TicketState state, ActionKind action) {
    Row row = step(state, action, state);
    return action == ActionKind.KEEP_CONFIDENTIAL ? row.when(Guard.NOT_CONFIDENTIAL) : row;
  }
}
