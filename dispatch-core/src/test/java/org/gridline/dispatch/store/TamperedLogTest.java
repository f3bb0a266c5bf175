package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whoever changes anything at random in a history, as superuser with the guards off, is found. Each
 * round takes one crime, one place and one bit by chance; then the history is put back.
 */
class TamperedLogTest {
  private static final int ROUNDS = 150;
  private static final long SEED = 20_261_122;
  private static final List<String> TABLES =
      List.of("ticket", "ticket_event", "event_block", "seal_head");

  /** What an event's hash covers, with how a value is written. */
  private static final List<String> COVERED =
      List.of(
          "ticket_id",
          "version",
          "id",
          "kind",
          "at",
          "user_id",
          "user_unit",
          "rule",
          "state_before",
          "state_after",
          "unit_before",
          "unit_after",
          "words_id",
          "words_commit",
          "data",
          "prev_hash",
          "hash");

  private static final String URL = TestDatabase.fresh();
  private static Desk desk;
  private static Connection connection;
  private static LogVerifier verifier;

  @BeforeAll
  static void some_histories() throws SQLException {
    desk = Desk.open(URL);
    for (int i = 0; i < 12; i++) {
      Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
      var handler = desk.handlerOf(ticket.owner().orElseThrow().unit());
      if (i % 3 > 0) ticket = desk.act(ticket, handler, ActionKind.SIGN, Map.of());
      if (i % 3 > 1)
        desk.act(ticket, handler, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "已清理"));
    }
    long until = System.nanoTime() + 20_000_000_000L;
    while (desk.database().verifier().verify().unsealed() > 0 && System.nanoTime() < until)
      Thread.onSpinWait();
    desk.database().anchor();
    verifier = desk.database().verifier();
    assertThat(verifier.verify().broken()).isEmpty();
    assertThat(verifier.verify().blocks()).isGreaterThan(3);
    connection = TestDatabase.connectTo(URL);
    run("SET session_replication_role = replica");
    for (String table : TABLES) run("CREATE TABLE true_" + table + " AS SELECT * FROM " + table);
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    desk.close();
  }

  @Test
  void every_random_crime_is_found() throws SQLException {
    Random random = new Random(SEED);
    int done = 0;
    for (int round = 0; done < ROUNDS && round < 4 * ROUNDS; round++) {
      String crime = crime(random);
      if (!commit(crime)) continue;
      assertThat(verifier.verify().broken()).as("round %d: %s", round, crime).isPresent();
      done++;
      putBack();
    }
    assertThat(done).isEqualTo(ROUNDS);
    assertThat(verifier.verify().broken()).isEmpty();
  }

  private static String crime(Random random) throws SQLException {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> flippedBit(random);
      case 4 -> "DELETE FROM ticket_event e WHERE " + event(random).is("e");
      case 5 -> swapped(random);
      case 6 -> swappedBlocks(block(random), block(random));
      case 7 ->
          "UPDATE event_block SET tickets = array_append(tickets[2:], tickets[1]),"
              + " versions = array_append(versions[2:], versions[1]) WHERE number = "
              + block(random);
      case 8 -> "DELETE FROM event_block WHERE number >= " + block(random);
      default ->
          "INSERT INTO ticket_event SELECT ticket_id, version + 50, id + 1, xid, kind, at, user_id,"
              + " user_unit, rule, state_before, state_after, unit_before, unit_after, words_id,"
              + " words_commit, data, prev_hash, hash FROM true_ticket_event e WHERE "
              + event(random).is("e");
    };
  }

  private record Key(long ticket, int version) {
    String is(String alias) {
      return "%1$s.ticket_id = %2$d AND %1$s.version = %3$d".formatted(alias, ticket, version);
    }
  }

  /** One bit of one value of one event. */
  private static String flippedBit(Random random) throws SQLException {
    String column = COVERED.get(random.nextInt(COVERED.size()));
    Key key = event(random);
    try (Statement s = connection.createStatement();
        ResultSet row =
            s.executeQuery("SELECT " + column + " FROM true_ticket_event e WHERE " + key.is("e"))) {
      row.next();
      if (row.getObject(1) == null) return "SELECT 1";
      String changed =
          switch (row.getMetaData().getColumnTypeName(1)) {
            case "int8" -> Long.toString(row.getLong(1) ^ 1L << random.nextInt(62));
            case "int4" -> Integer.toString(row.getInt(1) ^ 1 << random.nextInt(6));
            case "timestamptz" ->
                column + " + interval '1 microsecond' * " + (1 << random.nextInt(20));
            case "bytea" ->
                "'\\x" + HexFormat.of().formatHex(flipped(row.getBytes(1), random)) + "'";
            default ->
                "'"
                    + new String(
                            flipped(row.getString(1).getBytes(StandardCharsets.US_ASCII), random),
                            StandardCharsets.US_ASCII)
                        .replace("'", "''")
                    + "'";
          };
      return "UPDATE ticket_event e SET " + column + " = " + changed + " WHERE " + key.is("e");
    }
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    int at = random.nextInt(Math.max(bytes.length, 1));
    if (at < bytes.length) bytes[at] ^= (byte) (1 << random.nextInt(7));
    return bytes;
  }

  /** Two events change places, but for their tickets and versions. */
  private static String swapped(Random random) throws SQLException {
    Key one = event(random);
    Key other = event(random);
    return overwritten(one, other) + "; " + overwritten(other, one);
  }

  private static String overwritten(Key one, Key with) {
    return "UPDATE ticket_event e SET (id, xid, kind, at, data, prev_hash, hash) = (SELECT b.id,"
        + " b.xid, b.kind, b.at, b.data, b.prev_hash, b.hash FROM true_ticket_event b WHERE "
        + with.is("b")
        + ") WHERE "
        + one.is("e");
  }

  private static String swappedBlocks(long one, long other) {
    return "UPDATE event_block SET number = CASE number WHEN %1$d THEN -%2$d ELSE -%1$d END WHERE number IN (%1$d, %2$d); UPDATE event_block SET number = -number WHERE number < 0"
        .formatted(one, other);
  }

  private static Key event(Random random) throws SQLException {
    List<Key> keys = new ArrayList<>();
    try (Statement s = connection.createStatement();
        ResultSet rows =
            s.executeQuery("SELECT ticket_id, version FROM true_ticket_event ORDER BY 1, 2")) {
      while (rows.next()) keys.add(new Key(rows.getLong(1), rows.getInt(2)));
    }
    return keys.get(random.nextInt(keys.size()));
  }

  private static long block(Random random) throws SQLException {
    try (Statement s = connection.createStatement();
        ResultSet rows = s.executeQuery("SELECT count(*) FROM true_event_block")) {
      rows.next();
      return 1L + random.nextInt(rows.getInt(1));
    }
  }

  /** False when the crime changed nothing, or the table itself can't hold it. */
  private static boolean commit(String crime) throws SQLException {
    try {
      run(crime);
    } catch (SQLException impossible) {
      putBack();
      return false;
    }
    for (String table : TABLES) {
      try (Statement s = connection.createStatement();
          ResultSet rows =
              s.executeQuery(
                  "SELECT EXISTS (TABLE %1$s EXCEPT TABLE true_%1$s) OR EXISTS (TABLE true_%1$s EXCEPT TABLE %1$s)"
                      .formatted(table))) {
        rows.next();
        if (rows.getBoolean(1)) return true;
      }
    }
    return false;
  }

  private static void putBack() throws SQLException {
    for (String table : TABLES) {
      run(
          """
          DO $$ DECLARE columns text; BEGIN
            TRUNCATE %1$s CASCADE;
            SELECT string_agg(quote_ident(column_name), ', ') INTO columns FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name = '%1$s' AND is_generated = 'NEVER';
            EXECUTE 'INSERT INTO %1$s (' || columns || ') SELECT ' || columns || ' FROM true_%1$s';
          END $$
          """
              .formatted(table));
    }
  }

  private static void run(String sql) throws SQLException {
    try (Statement s = connection.createStatement()) {
      s.execute(sql);
    }
  }
}
