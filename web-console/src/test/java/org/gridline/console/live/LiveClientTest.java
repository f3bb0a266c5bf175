package org.gridline.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.people.Scope;
import org.junit.jupiter.api.Test;

class LiveClientTest {
  private final Wire wire = new Wire();
  private final LiveClient client = client(new Scope.District(), Set.of());

  @Test
  void collectsUntilTheSnapshotIsToldAndThenGoesOnAfterIt() {
    client.gather(10);
    client.offer(frame(11, 1, "A", ""));
    client.offer(frame(12, 2, "A", ""));
    assertThat(wire.written).isEmpty();
    client.goLive(11);
    assertThat(wire.text()).isEqualTo("change 12/2;");
  }

  @Test
  void aSlowReaderGetsTheLatestOfEachTicketInOrder() {
    client.goLive(0);
    wire.full = true;
    for (int seq = 1; seq <= 9_999; seq++) client.offer(frame(seq, seq % 3, "A", "A"));
    client.flush();
    assertThat(wire.written).isEmpty();
    wire.full = false;
    client.flush();
    assertThat(wire.text()).isEqualTo("change 9997/1;change 9998/2;change 9999/0;");
  }

  @Test
  void tooMuchWaitingBecomesANewSnapshot() {
    client.goLive(0);
    wire.full = true;
    for (int seq = 1; seq <= LiveClient.MOST_WAITING + 1; seq++)
      client.offer(frame(seq, seq, "A", ""));
    assertThat(wire.restarts).isEqualTo(1);
    wire.full = false;
    client.flush();
    assertThat(wire.written).as("nothing until the snapshot is told").isEmpty();
  }

  @Test
  void whatLeavesTheScopeIsGoneAndOthersAreNeverMentioned() {
    LiveClient unit = client(new Scope.Limited(Set.of(), Set.of("A")), Set.of());
    unit.goLive(0);
    unit.offer(frame(1, 1, "A", ""));
    unit.offer(frame(2, 1, "B", "A"));
    unit.offer(frame(3, 1, "C", "B"));
    unit.offer(frame(4, 2, "B", ""));
    unit.flush();
    assertThat(wire.text()).isEqualTo("gone 2/1;");
  }

  @Test
  void askingForOneUnitNarrowsTheView() {
    LiveClient one = client(new Scope.District(), Set.of("A"));
    one.goLive(0);
    one.offer(frame(1, 1, "A", ""));
    one.offer(frame(2, 2, "B", ""));
    one.flush();
    assertThat(wire.text()).isEqualTo("change 1/1;");
  }

  @Test
  void positionsNeverGoBack() {
    client.goLive(20);
    client.offer(frame(19, 1, "A", ""));
    client.flush();
    client.heartbeat(18, Buffer.buffer("beat;"));
    assertThat(wire.written).isEmpty();
    client.heartbeat(20, Buffer.buffer("beat;"));
    assertThat(wire.text()).isEqualTo("beat;");
  }

  @Test
  void noticesWaitForTheSnapshotButNotForNews() {
    client.notice(Buffer.buffer("ring;"));
    assertThat(wire.written).isEmpty();
    client.offer(frame(3, 1, "A", ""));
    client.goLive(0);
    assertThat(wire.text()).isEqualTo("ring;change 3/1;");
    wire.full = true;
    for (int i = 0; i < 1000; i++) client.notice(Buffer.buffer("."));
    wire.full = false;
    client.flush();
    assertThat(wire.text()).isEqualTo("ring;change 3/1;" + ".".repeat(50));
  }

  @Test
  void aClosedClientSaysNothing() {
    client.goLive(0);
    client.close();
    client.offer(frame(1, 1, "A", ""));
    client.flush();
    client.restart();
    assertThat(wire.written).isEmpty();
    assertThat(wire.restarts).isZero();
    assertThat(wire.closed).isTrue();
  }

  private LiveClient client(Scope scope, Set<String> units) {
    return new LiveClient(new byte[32], new View(1, scope, Optional.empty(), units), wire);
  }

  private static Frame frame(long seq, long ticket, String unit, String before) {
    return new Frame(
        seq,
        ticket,
        List.of("area"),
        Optional.empty(),
        unit,
        Set.of(before),
        Buffer.buffer("change " + seq + "/" + ticket + ";"),
        Buffer.buffer("gone " + seq + "/" + ticket + ";"));
  }

  private static final class Wire implements LiveClient.Line {
    private final List<Buffer> written = new ArrayList<>();
    private boolean full;
    private boolean closed;
    private int restarts;

    String text() {
      StringBuilder text = new StringBuilder();
      written.forEach(b -> text.append(b));
      return text.toString();
    }

    @Override
    public boolean full() {
      return full;
    }

    @Override
    public void write(Buffer bytes) {
      written.add(bytes);
    }

    @Override
    public void restart() {
      restarts++;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
