package org.gridline.dispatch.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything as it stood at one moment, read over several connections at once. The transactions
 * only read: they hold back neither writers nor the sealer, whose horizon is that of writers. Used
 * by one thread, except that each {@link CopyRows} may be read by a thread of its own.
 */
final class LogSnapshot implements AutoCloseable {
  /** A server that sends nothing for so long is taken for gone. */
  private static final int MOST_SILENT_SECONDS = 60;

  // The rows come in the order of an index, never by sorting all of them on disk first.
  private static final String PLAN =
      """
      SET LOCAL statement_timeout = 0; SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off;
      SET LOCAL enable_bitmapscan = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off
      """;

  private static final String HEAD =
      """
      SELECT epoch, last_block, last_seq, last_hash, last_xid::text::bigint, last_id,
             COALESCE((SELECT max(number) FROM event_block), 0),
             (SELECT count(*) FROM event_block), pg_export_snapshot()
        FROM seal_head
      """;

  private static final String THERE =
      "SELECT EXISTS (SELECT FROM ticket_event WHERE ticket_id = ? AND version = ?)";

  private static final String VERSION =
      "SELECT COALESCE((SELECT version FROM ticket WHERE id = ?), 0)";

  private static final Logger LOG = LoggerFactory.getLogger(LogSnapshot.class);

  private final PGSimpleDataSource source;
  private final List<Connection> connections = new ArrayList<>();
  private final Connection main;
  private final Head head;
  private final String name;

  /** What the sealer noted of itself. */
  record Head(
      String epoch,
      long lastBlock,
      long lastSeq,
      byte[] lastHash,
      long lastXid,
      long lastId,
      long newestBlock,
      long blocks) {}

  private LogSnapshot(String url) throws SQLException {
    source = PlainSource.of(url, "gridline-audit");
    source.setSocketTimeout(MOST_SILENT_SECONDS);
    source.setReadOnly(true);
    main = begin();
    try (Statement s = main.createStatement();
        ResultSet r = s.executeQuery(HEAD)) {
      if (!r.next()) throw new IllegalStateException("the sealer's own record is missing");
      head =
          new Head(
              r.getString(1),
              r.getLong(2),
              r.getLong(3),
              r.getBytes(4),
              r.getLong(5),
              r.getLong(6),
              r.getLong(7),
              r.getLong(8));
      name = r.getString(9);
    }
  }

  /**
   * Connects and takes the snapshot.
   *
   * @throws Failure {@code unavailable} when the database does not answer
   */
  static LogSnapshot open(String url) {
    try {
      return new LogSnapshot(url);
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  private Connection begin() throws SQLException {
    Connection connection = source.getConnection();
    connections.add(connection);
    try (Statement s = connection.createStatement()) {
      s.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }
    return connection;
  }

  Head head() {
    return head;
  }

  /** The rows of a query in this snapshot, over a connection of their own. */
  CopyRows rows(String select, int columns) {
    try {
      Connection connection = begin();
      try (Statement s = connection.createStatement()) {
        s.execute("SET TRANSACTION SNAPSHOT '" + name + "'");
        s.execute(PLAN);
      }
      return new CopyRows(
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)"),
          columns);
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  boolean there(long ticket, int version) {
    try (PreparedStatement s = main.prepareStatement(THERE)) {
      s.setLong(1, ticket);
      s.setInt(2, version);
      try (ResultSet r = s.executeQuery()) {
        return r.next() && r.getBoolean(1);
      }
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  /** The version that a ticket's row stands at; 0 without a row. */
  int version(long ticket) {
    try (PreparedStatement s = main.prepareStatement(VERSION)) {
      s.setLong(1, ticket);
      try (ResultSet r = s.executeQuery()) {
        return r.next() ? r.getInt(1) : 0;
      }
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  /** What can't be read now, without the message, which may quote a row. */
  static RuntimeException trouble(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    RuntimeException told =
        Stream.of("08", "28", "3D", "53", "57").anyMatch(state::startsWith)
            ? new Failure(FailureCode.UNAVAILABLE, "请几秒后重试 · try again in a few seconds")
            : new IllegalStateException("the log can't be read, SQLSTATE " + state);
    told.initCause(e);
    return told;
  }

  @Override
  public void close() {
    for (Connection connection : connections) {
      try {
        // A COPY that was not read to its end would be drained by an orderly close.
        connection.abort(Runnable::run);
      } catch (SQLException alreadyGone) {
        LOG.debug("a connection was gone before it was closed");
      }
    }
  }
}
