package org.gridline.console.matrix;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.gridline.console.Town;
import org.gridline.dispatch.store.TestDatabase;

/** Behind the scenes, as the owner of the database. */
record Sql(Town town) {
  void run(String statement) throws SQLException {
    try (Connection c = TestDatabase.connectTo(town.databaseUrl());
        Statement s = c.createStatement()) {
      s.execute(statement);
    }
  }

  /** The first column of each row. */
  List<String> list(String query) {
    List<String> all = new ArrayList<>();
    try (Connection c = TestDatabase.connectTo(town.databaseUrl());
        Statement s = c.createStatement();
        var rows = s.executeQuery(query)) {
      while (rows.next()) all.add(String.valueOf(rows.getString(1)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }
}
