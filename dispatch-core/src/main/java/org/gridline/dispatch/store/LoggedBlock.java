package org.gridline.dispatch.store;

/** One row of {@code event_block}: the keys of its events, in their order. */
record LoggedBlock(
    long number,
    long firstSeq,
    long lastSeq,
    long[] tickets,
    long[] versions,
    long lastXid,
    long lastId,
    byte[] hash) {
  static final int COLUMNS = 8;

  static final String SELECT =
      """
      SELECT number, first_seq, last_seq, tickets, versions, last_xid, last_id, hash
        FROM event_block ORDER BY number
      """;

  static LoggedBlock read(CopyRow row) {
    return new LoggedBlock(
        row.number(0),
        row.number(1),
        row.number(2),
        row.numbers(3),
        row.numbers(4),
        row.number(5),
        row.number(6),
        row.bytes(7));
  }

  int size() {
    return tickets.length;
  }

  boolean lists(int index, LoggedEvent e) {
    return tickets[index] == e.ticket() && versions[index] == e.version();
  }

  /** Whether it lists that event at or after an index. */
  boolean listsLater(int index, LoggedEvent e) {
    for (int i = index; i < size(); i++) if (lists(i, e)) return true;
    return false;
  }
}
