package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TicketNumbersTest {
  private static final int MANY = 1_000;

  private final Desk desk = Desk.open();
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
    desk.close();
  }

  /** As requests come: all on one context, where whoever waits must let the others go on. */
  @Test
  void many_at_once_get_numbers_of_their_own_and_fetch_each_block_once() throws Exception {
    long before = last();
    List<String> numbers = new CopyOnWriteArrayList<>();
    Promise<Void> all = Promise.promise();
    vertx
        .deployVerticle(
            () ->
                new VerticleBase() {
                  @Override
                  public Future<?> start() {
                    for (int i = 0; i < MANY; i++)
                      context.runOnContext(
                          v -> {
                            numbers.add(desk.database().numbers().nextNumber(Instant.now()));
                            if (numbers.size() == MANY) all.complete();
                          });
                    return Future.succeededFuture();
                  }
                },
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    all.future().await();
    assertThat(numbers).hasSize(MANY).doesNotHaveDuplicates();
    assertThat(last() - before).isBetween((long) MANY - 100, (long) MANY + 100);
  }

  private long last() throws SQLException {
    try (Connection connection = TestDatabase.connectTo(desk.url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT last_value FROM ticket_number")) {
      row.next();
      return row.getLong(1);
    }
  }
}
