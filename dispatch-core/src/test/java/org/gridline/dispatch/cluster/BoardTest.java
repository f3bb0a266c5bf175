package org.gridline.dispatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.people.Presence;
import org.gridline.dispatch.people.Presence.Look;
import org.gridline.dispatch.people.Presence.Mode;
import org.gridline.dispatch.people.Presence.Onlooker;
import org.gridline.dispatch.people.Presence.Tab;
import org.junit.jupiter.api.Test;

/** Who is here: remembered shortly, never more than so much. */
class BoardTest {
  private static final Instant BEGIN = Instant.parse("2026-11-22T01:00:00Z");
  private static final long TICKET = 77;

  private Duration passed = Duration.ZERO;
  private final Board board = new Board(() -> BEGIN.plus(passed), () -> passed.toNanos());
  private final List<Long> changes = new ArrayList<>();

  BoardTest() {
    board.onChange(changes::add);
  }

  @Test
  void somebody_views_then_edits_then_leaves_and_each_step_is_told() {
    looks(1, "tab-aaaa", Mode.VIEWING);
    seconds(5);
    looks(1, "tab-aaaa", Mode.VIEWING);
    assertThat(board.listAt(TICKET)).containsExactly(at(1, Mode.VIEWING, 0));
    looks(1, "tab-aaaa", Mode.EDITING);
    assertThat(board.listAt(TICKET)).containsExactly(at(1, Mode.EDITING, 5));
    board.leave(new Tab(1, "tab-aaaa"));
    assertThat(board.listAt(TICKET)).isEmpty();
    assertThat(board.listOnline()).isEmpty();
    assertThat(changes).containsExactly(TICKET, TICKET, TICKET);
  }

  @Test
  void two_tabs_are_one_person_and_the_busier_one_counts() {
    looks(1, "tab-aaaa", Mode.EDITING);
    looks(1, "tab-bbbb", Mode.VIEWING);
    looks(2, "tab-cccc", Mode.VIEWING);
    assertThat(board.listAt(TICKET))
        .containsExactly(at(1, Mode.EDITING, 0), at(2, Mode.VIEWING, 0));
    assertThat(board.listOnline()).extracting(Presence.Online::tabs).containsExactly(2, 1);
  }

  @Test
  void a_silent_tab_is_forgotten_and_that_is_told_too() {
    looks(1, "tab-aaaa", Mode.EDITING);
    seconds(Presence.LASTS_SECONDS - 1);
    board.sweep();
    assertThat(board.listAt(TICKET)).hasSize(1);
    seconds(2);
    assertThat(board.listAt(TICKET)).as("before anybody swept").isEmpty();
    board.sweep();
    assertThat(board.size()).isZero();
    assertThat(changes).containsExactly(TICKET, TICKET);
  }

  @Test
  void a_tab_that_turns_to_another_ticket_leaves_the_first() {
    looks(1, "tab-aaaa", Mode.EDITING);
    board.beat(new Tab(1, "tab-aaaa"), Optional.of("U"), Optional.of(new Look(78, Mode.VIEWING)));
    assertThat(board.listAt(TICKET)).isEmpty();
    assertThat(board.listAt(78)).hasSize(1);
    assertThat(changes).containsExactlyInAnyOrder(TICKET, TICKET, 78L);
  }

  @Test
  void one_person_keeps_the_latest_tabs_and_cannot_grow_it() {
    for (int i = 0; i < 1_000; i++) {
      passed = passed.plusMillis(1);
      looks(1, String.format("tab-%04d", i), Mode.VIEWING);
    }
    assertThat(board.size()).isEqualTo(Board.MOST_TABS_A_PERSON);
    assertThat(board.listAt(TICKET)).hasSize(1);
    assertThat(board.own()).extracting(s -> s.tab().id()).contains("tab-0999", "tab-0984");
  }

  @Test
  void a_crowd_at_one_ticket_is_online_but_only_so_many_are_named() {
    for (int user = 1; user <= 200; user++) looks(user, "tab-aaaa", Mode.VIEWING);
    assertThat(board.listAt(TICKET)).hasSize(Board.MOST_TABS_A_TICKET);
    assertThat(board.listOnline()).hasSize(200);
  }

  @Test
  void the_whole_is_bounded_and_those_who_are_in_stay_in() {
    for (int user = 1; user <= Board.MOST_TABS + 500; user++) {
      board.beat(new Tab(user, "tab-aaaa"), Optional.empty(), Optional.empty());
    }
    board.told("other", stay(999_999, "tab-aaaa"));
    assertThat(board.size()).isEqualTo(Board.MOST_TABS);
    looks(1, "tab-aaaa", Mode.VIEWING);
    assertThat(board.listAt(TICKET)).hasSize(1);
  }

  @Test
  void what_other_servers_tell_goes_with_them() {
    looks(1, "tab-aaaa", Mode.VIEWING);
    board.told("other", stay(2, "tab-bbbb"));
    assertThat(board.listAt(TICKET)).extracting(Onlooker::user).containsExactly(2L, 1L);
    assertThat(board.own()).hasSize(1);
    board.keepOnly(Set.of("third"));
    assertThat(board.listAt(TICKET)).extracting(Onlooker::user).containsExactly(1L);
    assertThat(board.toldGone(new Tab(1, "tab-aaaa"))).as("it beats here").isPresent();
  }

  @Test
  void unchanged_beats_are_told_to_others_now_and_then_only() {
    long told = 0;
    for (int i = 0; i < 60; i++) {
      seconds(1);
      told += looks(1, "tab-aaaa", Mode.VIEWING).tell().stream().count();
    }
    assertThat(told).isBetween(4L, 6L);
  }

  @Test
  void texts_of_other_releases_or_of_nobody_are_not_read() {
    Stay stay = stay(2, "tab-bbbb");
    String key = Stay.key(stay.tab());
    assertThat(Stay.read(key, stay.text("node"))).contains(new Stay.Told("node", stay));
    for (String text :
        List.of("", "\t", "a\tb\tc\td\te\tf", stay.text("node") + "\tmore", "x".repeat(9_000)))
      assertThat(Stay.read(key, text)).isEmpty();
    for (String bad : List.of("", ":", "2", "x:tab-bbbb", "2:short", "2:" + "a".repeat(41)))
      assertThat(Stay.read(bad, stay.text("node"))).as(bad).isEmpty();
    assertThatThrownBy(() -> new Tab(1, "<script>")).isInstanceOf(IllegalArgumentException.class);
  }

  private Board.Beaten looks(long user, String tab, Mode mode) {
    return board.beat(new Tab(user, tab), Optional.of("U"), Optional.of(new Look(TICKET, mode)));
  }

  private static Stay stay(long user, String tab) {
    return new Stay(
        new Tab(user, tab),
        Optional.of("V"),
        Optional.of(new Look(TICKET, Mode.EDITING)),
        BEGIN,
        BEGIN);
  }

  private static Onlooker at(long user, Mode mode, long afterSeconds) {
    return new Onlooker(user, Optional.of("U"), mode, BEGIN.plusSeconds(afterSeconds));
  }

  private void seconds(long some) {
    passed = passed.plusSeconds(some);
  }
}
