package org.gridline.console.live;

import java.util.Optional;
import java.util.function.Supplier;
import org.gridline.dispatch.ticket.Ticket;

/**
 * A ticket as it stands, encoded at most once in each form however many clients get it.
 * Thread-safe: two threads may encode the same, to the same bytes.
 *
 * @see Form
 */
final class News {
  private static final byte[] NONE = {};

  private final Ticket ticket;
  private final String kind;
  private final Audience audience;
  private final Optional<Audience> before;
  private volatile byte[] json = NONE;
  private volatile byte[] whole = NONE;
  private volatile byte[] update = NONE;

  /**
   * @param kind of its last step, empty when it is told without one
   * @param before who saw it when this node told of it last
   */
  News(Ticket ticket, String kind, Optional<Audience> before) {
    this.ticket = ticket;
    this.kind = kind;
    this.audience = Audience.of(ticket);
    this.before = before;
  }

  Ticket ticket() {
    return ticket;
  }

  String kind() {
    return kind;
  }

  Audience audience() {
    return audience;
  }

  /** Whether everybody with this view, told of everything so far, knows what seldom changes. */
  boolean knownTo(View view) {
    return before.isPresent()
        && before.get().state().open()
        && audience.sameMatter(before.get())
        && view.shows(before.get()) == Shown.WHOLE;
  }

  byte[] json(Supplier<byte[]> writer) {
    if (json == NONE) json = writer.get();
    return json;
  }

  byte[] whole(Supplier<byte[]> writer) {
    if (whole == NONE) whole = writer.get();
    return whole;
  }

  byte[] update(Supplier<byte[]> writer) {
    if (update == NONE) update = writer.get();
    return update;
  }
}
