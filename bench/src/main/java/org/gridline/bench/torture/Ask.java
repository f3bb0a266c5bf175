package org.gridline.bench.torture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Questions to the database, of one connection. */
final class Ask {
  private final Connection connection;

  /** Is shown one row after another. */
  interface Row {
    void take(ResultSet row) throws SQLException;
  }

  Ask(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param values numbers, or arrays of texts or numbers
   */
  void each(String select, Row each, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      for (int i = 0; i < values.length; i++) {
        switch (values[i]) {
          case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
          case Long[] ids -> statement.setArray(i + 1, connection.createArrayOf("bigint", ids));
          case Integer[] counts ->
              statement.setArray(i + 1, connection.createArrayOf("int", counts));
          default -> statement.setObject(i + 1, values[i]);
        }
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) each.take(rows);
      }
    }
  }

  /** The first column of the first row. */
  long number(String select) throws SQLException {
    long[] number = new long[1];
    each(select, row -> number[0] = row.getLong(1));
    return number[0];
  }
}
