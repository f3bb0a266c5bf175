package org.gridline.dispatch.store;

import java.util.Arrays;

/** One row of {@code ticket_event} as it came, with the verdict on its own hash. */
final class LoggedEvent {
  static final int TICKET = 0;
  static final int VERSION = 1;
  static final int ID = 2;
  static final int XID = 3;
  static final int KIND = 4;
  static final int AT = 5;
  static final int USER = 6;
  static final int USER_UNIT = 7;
  static final int RULE = 8;
  static final int STATE_BEFORE = 9;
  static final int STATE_AFTER = 10;
  static final int UNIT_BEFORE = 11;
  static final int UNIT_AFTER = 12;
  static final int WORDS = 13;
  static final int WORDS_COMMIT = 14;
  static final int DATA = 15;
  static final int PREV_HASH = 16;
  static final int HASH = 17;
  static final int COLUMNS = 18;

  /** Bytes of a fact without members. */
  private static final int EMPTY = 2;

  /** In the order that the sealer takes them. */
  static final String SELECT =
      """
      SELECT ticket_id, version, id, xid, kind, at, user_id, user_unit, rule, state_before, state_after,
             unit_before, unit_after, words_id, words_commit, data, prev_hash, hash
        FROM ticket_event ORDER BY xid, id
      """;

  private final CopyRow row;
  private final boolean intact;

  private LoggedEvent(CopyRow row, boolean intact) {
    this.row = row;
    this.intact = intact;
  }

  /** Recomputes the row's hash from its fields and from the hash before that it names. */
  static LoggedEvent check(CopyRow row, EventText text) {
    byte[] hash = EventHash.hash(row, text);
    // Here many threads read; the one that replays what they read has enough to do.
    if (row.length(DATA) > EMPTY && !silent(row)) row.json(DATA);
    return new LoggedEvent(row, row.same(HASH, hash) && !hollow(row));
  }

  /** Whether replaying asks nothing of what it says; it could all the same. */
  private static boolean silent(CopyRow row) {
    for (String kind : ReplayTable.SILENT) {
      if (row.says(KIND, kind)) return true;
    }
    return false;
  }

  /** The hash can't tell an empty text from none, but whoever writes events writes none. */
  private static boolean hollow(CopyRow row) {
    for (int column = USER_UNIT; column <= WORDS_COMMIT; column++) {
      if (!row.missing(column) && row.length(column) == 0) return true;
    }
    return false;
  }

  CopyRow row() {
    return row;
  }

  /** Whether the fields and the named hash before make the row's own hash. */
  boolean intact() {
    return intact;
  }

  long ticket() {
    return row.number(TICKET);
  }

  int version() {
    return (int) row.number(VERSION);
  }

  long xid() {
    return row.number(XID);
  }

  long id() {
    return row.number(ID);
  }

  String kind() {
    return row.text(KIND);
  }

  boolean follows(byte[] before) {
    return row.same(PREV_HASH, before);
  }

  byte[] hash() {
    return Arrays.copyOfRange(row.raw(), row.from(HASH), row.from(HASH) + row.length(HASH));
  }

  @Override
  public String toString() {
    return name(ticket(), version());
  }

  static String name(long ticket, int version) {
    return "event " + version + " of ticket " + ticket;
  }
}
