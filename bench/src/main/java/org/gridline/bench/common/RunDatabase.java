package org.gridline.bench.common;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database of one run; gone when it is closed. */
public final class RunDatabase implements AutoCloseable {
  private final String server;
  private final String name;
  private final Connection connection;

  private RunDatabase(String server, String name) throws SQLException {
    this.server = server;
    this.name = name;
    this.connection = connect(url());
  }

  /**
   * An empty database beside the one of that address.
   *
   * @param server {@code postgresql://user:password@host:port/database}
   */
  public static RunDatabase create(String server, String what) throws SQLException {
    String name = what + "_bench_" + Long.toString(System.nanoTime(), 36);
    try (Connection c = connect(server);
        Statement s = c.createStatement()) {
      s.execute("CREATE DATABASE " + name);
    }
    return new RunDatabase(server, name);
  }

  public String url() {
    return server.substring(0, server.lastIndexOf('/') + 1) + name;
  }

  public String name() {
    return name;
  }

  public Connection connection() {
    return connection;
  }

  public static Connection connect(String url) throws SQLException {
    URI uri = URI.create(url);
    String[] who = uri.getUserInfo().split(":", 2);
    return DriverManager.getConnection(jdbc(url), who[0], who[1]);
  }

  /** The same address as JDBC spells it, without user and password. */
  public static String jdbc(String url) {
    URI uri = URI.create(url);
    return "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
  }

  /**
   * @param from a table, and what follows FROM
   */
  public long count(String from) throws SQLException {
    return number("SELECT count(*) FROM " + from);
  }

  /** The first column of the first row. */
  public long number(String select) throws SQLException {
    try (Statement s = connection.createStatement();
        ResultSet rows = s.executeQuery(select)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  public void execute(String... statements) throws SQLException {
    try (Statement s = connection.createStatement()) {
      for (String sql : statements) s.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    try (Connection c = connect(server);
        Statement s = c.createStatement()) {
      s.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
  }
}
