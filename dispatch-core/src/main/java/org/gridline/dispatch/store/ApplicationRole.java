package org.gridline.dispatch.store;

import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role that the server works as, apart from the one that owns the tables. What it may do
 * follows from the tables' own guards and stands in one function of the database, {@code
 * grant_application} (V010), so that a table can't be forgotten.
 */
final class ApplicationRole {
  private static final int MOST_SECONDS = 30;
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationRole.class);

  // Whoever owns a table can do anything with it, whatever was revoked.
  private static final String FREE =
      """
      SELECT EXISTS (
        SELECT FROM pg_class c
         WHERE c.oid IN ('ticket_event'::regclass, 'event_block'::regclass, 'seal_head'::regclass, 'access_look'::regclass)
           AND (pg_has_role(current_user, c.relowner, 'USAGE')
                OR has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE')
                OR has_table_privilege(c.oid, 'TRUNCATE') OR has_table_privilege(c.oid, 'TRIGGER')))
      """;

  private ApplicationRole() {}

  /** Lets that role work with the schema as it is now, and no more than that. */
  static void grant(String ownerUrl, String role) {
    PGSimpleDataSource source = PlainSource.of(ownerUrl, "gridline-owner");
    source.setSocketTimeout(MOST_SECONDS);
    try (Connection c = source.getConnection();
        PreparedStatement s = c.prepareStatement("SELECT grant_application(?)")) {
      s.setString(1, role);
      s.execute();
    } catch (SQLException e) {
      throw LogSnapshot.trouble(e);
    }
  }

  /** What keeps the role of these connections from changing history. */
  static HistoryGuard guard(Sql sql) {
    if (!sql.read(FREE, Tuple.tuple()).iterator().next().getBoolean(0)) return HistoryGuard.BY_ROLE;
    LOG.warn(
        "the server's database role owns the event log: set GRIDLINE_DATABASE_URL to a role of its"
            + " own and GRIDLINE_DATABASE_OWNER_URL to the owner, see docs/operations.md");
    return HistoryGuard.BY_TRIGGER_ONLY;
  }
}
