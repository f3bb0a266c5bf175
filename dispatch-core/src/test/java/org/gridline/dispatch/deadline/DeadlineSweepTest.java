package org.gridline.dispatch.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.deadline.DeadlineSweep.Round;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.notice.QuietHours;
import org.gridline.dispatch.store.Desk;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.dispatch.ticket.TicketStore;
import org.junit.jupiter.api.Test;

/** A round over more clocks than one statement takes, of which one or another can't be written. */
class DeadlineSweepTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

  private final Ledger ledger = new Ledger();
  private final DeadlineSweep sweep = new DeadlineSweep(ledger, silent(), nobodyActs(), Map.of());

  /** What a database would do, told by whom it was asked. */
  private static final class Ledger implements DueClocks {
    final List<DueClock> due = new ArrayList<>();
    final Set<Long> fired = new HashSet<>();
    final Set<Long> broken = new HashSet<>();
    final List<String> calls = new ArrayList<>();
    final List<Integer> skips = new ArrayList<>();
    final Set<Long> byOthers = new HashSet<>();
    boolean down;

    @Override
    public Supplier<List<DueClock>> ask(Instant upTo, int most, int skip, Collection<Long> except) {
      skips.add(skip);
      List<DueClock> found =
          due.stream()
              .filter(d -> !fired.contains(d.ticket()) && !except.contains(d.ticket()))
              .skip(skip)
              .limit(most)
              .toList();
      return () -> found;
    }

    @Override
    public Supplier<Set<Long>> fire(Collection<Firing> firings, Instant now) {
      calls.add("sent");
      List<Long> tickets = firings.stream().map(f -> f.due().ticket()).toList();
      return () -> {
        calls.add("asked");
        if (down) throw new Failure(FailureCode.UNAVAILABLE, "请几秒后重试 · try again in a few seconds");
        if (tickets.stream().anyMatch(broken::contains)) throw new IllegalStateException("broken");
        fired.addAll(tickets);
        Set<Long> mine = new HashSet<>(tickets);
        mine.removeAll(byOthers);
        return mine;
      };
    }

    @Override
    public long countPending() {
      return due.size();
    }
  }

  private static NoticeRules silent() {
    CityPack pack = CityPackReader.read(Desk.repository().resolve("config/cities/qixia-sample"));
    return new NoticeRules(
        List.of(),
        List.of(),
        QuietHours.none(pack.city().timeZone()),
        Set.of(),
        pack.policy().units(),
        pack.roles());
  }

  private static TicketStore nobodyActs() {
    return (TicketStore)
        Proxy.newProxyInstance(
            TicketStore.class.getClassLoader(),
            new Class<?>[] {TicketStore.class},
            (proxy, method, arguments) -> {
              throw new AssertionError(method);
            });
  }

  private void due(int many) {
    LongStream.rangeClosed(1, many).forEach(ticket -> ledger.due.add(clock(ticket)));
  }

  private static DueClock clock(long ticket) {
    return later(ticket, NOW.minusSeconds(1));
  }

  private static DueClock later(long ticket, Instant moment) {
    return new DueClock(
        ticket,
        5,
        TicketState.HANDLING,
        Optional.of("U1"),
        "normal",
        Clock.HANDLE,
        NOW.plusSeconds(3_600),
        0,
        ClockStep.WARN,
        moment,
        NOW.minus(Duration.ofDays(1)),
        List.of(),
        List.of(),
        Optional.empty());
  }

  @Test
  void the_next_ones_are_sent_before_the_last_ones_are_asked_for() {
    due(1_200);
    Round round = sweep.round(NOW, Duration.ZERO);
    assertThat(round.fired()).hasSize(1_200);
    assertThat(round.left()).isFalse();
    assertThat(ledger.calls).containsExactly("sent", "sent", "asked", "sent", "asked", "asked");
  }

  @Test
  void a_broken_one_stops_nobody_else_and_is_left_alone_for_a_while() {
    due(600);
    ledger.broken.add(300L);
    Round round = sweep.round(NOW, Duration.ZERO);
    assertThat(round.fired()).hasSize(599).noneMatch(d -> d.ticket() == 300);
    assertThat(sweep.countAside()).isEqualTo(1);
    ledger.calls.clear();
    assertThat(sweep.round(NOW.plusSeconds(1), Duration.ZERO).fired()).isEmpty();
    assertThat(ledger.calls).isEmpty();
    ledger.broken.clear();
    assertThat(sweep.round(NOW.plus(Duration.ofMinutes(11)), Duration.ZERO).fired()).hasSize(1);
  }

  @Test
  void while_the_database_is_away_nothing_is_set_aside_and_all_fires_later() {
    due(600);
    ledger.down = true;
    assertThatThrownBy(() -> sweep.round(NOW, Duration.ZERO)).isInstanceOf(Failure.class);
    assertThat(sweep.countAside()).isZero();
    ledger.down = false;
    assertThat(sweep.round(NOW, Duration.ZERO).fired()).hasSize(600);
  }

  @Test
  void who_meets_another_sweep_leaves_it_the_first_ones_and_comes_back_for_them() {
    due(5_000);
    LongStream.rangeClosed(1, 400).forEach(ledger.byOthers::add);
    int fired = 0;
    Round round;
    do {
      round = sweep.round(NOW, Duration.ZERO);
      fired += round.fired().size();
    } while (round.left());
    assertThat(fired).isEqualTo(4_600);
    assertThat(ledger.fired).hasSize(5_000);
    assertThat(ledger.skips).startsWith(0, 0).anyMatch(skip -> skip >= 512);
    assertThat(ledger.skips.getLast()).isZero();
  }

  @Test
  void each_batch_is_told_of_once_and_is_no_older_than_its_reading() {
    due(1_200);
    ledger.due.add(later(1_201, NOW.plusSeconds(2)));
    List<Instant> asked = new ArrayList<>();
    List<DueClock> told = new ArrayList<>();
    Round round =
        sweep.round(
            () -> {
              asked.add(NOW.plusMillis(asked.size()));
              return asked.getLast();
            },
            Duration.ofSeconds(5),
            told::addAll);
    assertThat(told).hasSize(1_200).doesNotHaveDuplicates().isEqualTo(round.fired());
    assertThat(asked).hasSizeGreaterThan(3);
    assertThat(round.next()).contains(NOW.plusSeconds(2));
    assertThat(round.left()).isFalse();
  }
}
