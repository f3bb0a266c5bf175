package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.call.CallLog;
import org.gridline.dispatch.call.CallLog.Taken;
import org.gridline.dispatch.call.CallMark;
import org.gridline.dispatch.call.CallPart;
import org.gridline.dispatch.call.CallState;
import org.gridline.dispatch.call.CallStep;
import org.gridline.dispatch.call.CallerId;
import org.gridline.dispatch.call.PhoneCall;
import org.gridline.dispatch.city.CallRules;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Ticket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls on a real database: once each, in any order, and forgotten in time. */
class CallLogTest {
  private static final CallerId.Known CALLER = new CallerId.Known("+8613912345678");
  private static String url = "";
  private static Desk desk;
  private static CallLog calls;
  private static long first;
  private static long second;

  @BeforeAll
  static void open() {
    url = TestDatabase.fresh();
    desk = Desk.open(url);
    calls = desk.database().calls();
    first = desk.person("operator1").id();
    second = desk.person("operator2").id();
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @Test
  void the_same_event_again_has_no_effect_and_another_under_its_name_is_refused() {
    String name = name();
    CallStep rings = step(name(), name, CallMark.RANG, first, now(), (byte) 1);
    assertThat(calls.take(rings)).isInstanceOf(Taken.First.class);
    assertThat(calls.take(rings)).isInstanceOf(Taken.Again.class);
    CallStep forged = step(rings.event(), name, CallMark.ENDED, first, now(), (byte) 2);
    assertThatThrownBy(() -> calls.take(forged))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.EVENT_ID_REUSED));
    assertThat(state(name, first)).isEqualTo(CallState.RINGING);
  }

  @Test
  void no_order_of_arrival_changes_what_a_call_is() {
    Instant at = now().minusSeconds(60);
    List<CallMark> story =
        List.of(CallMark.RANG, CallMark.ANSWERED, CallMark.HELD, CallMark.RESUMED, CallMark.ENDED);
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      String name = name();
      List<CallStep> steps = new ArrayList<>();
      for (int i = 0; i < story.size(); i++) {
        steps.add(step(name(), name, story.get(i), first, at.plusSeconds(i), (byte) i));
      }
      steps.addAll(List.copyOf(steps));
      Collections.shuffle(steps, random);
      PhoneCall last = steps.stream().map(calls::take).map(Taken::call).toList().getLast();
      CallPart part = last.part(first).orElseThrow();
      assertThat(part.state()).isEqualTo(CallState.ENDED);
      assertThat(part.at(CallMark.ANSWERED)).hasValue(at.plusSeconds(1));
      assertThat(last.began()).isEqualTo(at);
      assertThat(last.caller()).isEqualTo(CALLER);
    }
  }

  @Test
  void an_end_that_comes_first_keeps_the_phone_silent() {
    String name = name();
    Instant at = now();
    calls.take(
        new CallStep(
            name(),
            new byte[32],
            name,
            CallMark.ENDED,
            OptionalLong.empty(),
            at,
            CALLER,
            "12345",
            at));
    assertThat(calls.take(step(name(), name, CallMark.RANG, first, at.minusSeconds(9), (byte) 1)))
        .isInstanceOf(Taken.First.class);
    assertThat(state(name, first)).isEqualTo(CallState.ENDED);
    calls.take(step(name(), name, CallMark.ANSWERED, first, at.plusSeconds(9), (byte) 1));
    assertThat(state(name, first)).isEqualTo(CallState.ENDED);
  }

  @Test
  void steps_from_many_sides_at_once_are_all_kept() throws Exception {
    String name = name();
    Instant at = now().minusSeconds(60);
    CallStep rings = step(name(), name, CallMark.RANG, first, at, (byte) 0);
    List<Callable<Taken>> work = new ArrayList<>();
    for (int i = 0; i < 8; i++) work.add(() -> calls.take(rings));
    work.add(() -> calls.take(step(name(), name, CallMark.RANG, second, at, (byte) 1)));
    work.add(
        () ->
            calls.take(step(name(), name, CallMark.ANSWERED, second, at.plusSeconds(2), (byte) 2)));
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      long firsts = 0;
      for (Future<Taken> taken : crowd.invokeAll(work)) {
        if (taken.get() instanceof Taken.First) firsts++;
      }
      assertThat(firsts).isEqualTo(3);
    }
    assertThat(state(name, first)).isEqualTo(CallState.MISSED);
    assertThat(state(name, second)).isEqualTo(CallState.TALKING);
  }

  @Test
  void a_call_is_found_only_by_whoever_has_a_part_in_it() {
    PhoneCall call = calls.take(step(name(), name(), CallMark.RANG, first, now(), (byte) 1)).call();
    assertThat(calls.find(call.id(), first)).isPresent();
    assertThat(calls.find(call.id(), second)).isEmpty();
    assertThat(calls.listOpen(first, now())).extracting(PhoneCall::id).contains(call.id());
    assertThat(calls.listOpen(second, now())).extracting(PhoneCall::id).doesNotContain(call.id());
  }

  @Test
  void a_callers_tickets_come_open_ones_first_and_only_in_scope() {
    Ticket old = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    Ticket young = desk.call("路灯不亮", 118.89, 32.12).ticket();
    CallerId.Known same = new CallerId.Known("+8613800000001");
    assertThat(calls.listTickets(same, new Scope.District(), 10))
        .extracting(Ticket::id)
        .containsSubsequence(young.id(), old.id());
    assertThat(calls.listTickets(same, new Scope.District(), 1)).hasSize(1);
    assertThat(calls.listTickets(same, new Scope.Nothing(), 10)).isEmpty();
    assertThat(calls.listTickets(CALLER, new Scope.District(), 10)).isEmpty();
  }

  @Test
  void the_number_stands_in_the_database_only_sealed() throws SQLException {
    PhoneCall call = calls.take(step(name(), name(), CallMark.RANG, first, now(), (byte) 1)).call();
    assertThat(row("SELECT c::text FROM phone_call c WHERE id = " + call.id()))
        .doesNotContain("13912345678")
        .doesNotContain("3133393132333435363738");
  }

  @Test
  void numbers_without_a_ticket_are_forgotten_and_those_with_one_are_kept() throws SQLException {
    Instant at = now();
    long bare = calls.take(step(name(), name(), CallMark.RANG, first, at, (byte) 1)).call().id();
    long tied = calls.take(step(name(), name(), CallMark.RANG, first, at, (byte) 1)).call().id();
    run("INSERT INTO call_ticket VALUES (" + tied + ", 42)");
    CallRules rules = CallRules.usual();
    desk.database().forgetCalls(rules, at.plus(Duration.ofDays(29)));
    assertThat(calls.find(bare, first).orElseThrow().caller()).isEqualTo(CALLER);
    desk.database().forgetCalls(rules, at.plus(Duration.ofDays(31)));
    assertThat(calls.find(bare, first).orElseThrow().caller()).isEqualTo(new CallerId.Withheld());
    assertThat(calls.find(tied, first).orElseThrow().caller()).isEqualTo(CALLER);
    assertThat(row("SELECT count(*) FROM call_event")).isEqualTo("0");
  }

  @Test
  void a_number_that_was_forgotten_does_not_come_back_with_a_late_event() {
    Instant at = now();
    String name = name();
    calls.take(step(name(), name, CallMark.RANG, first, at, (byte) 1));
    desk.database().forgetCalls(CallRules.usual(), at.plus(Duration.ofDays(31)));
    PhoneCall late = calls.take(step(name(), name, CallMark.ENDED, first, at, (byte) 2)).call();
    assertThat(late.caller()).isEqualTo(new CallerId.Withheld());
  }

  private static CallState state(String exchangeCall, long agent) {
    return calls.take(probe(exchangeCall)).call().part(agent).orElseThrow().state();
  }

  /** Something that changes nothing: an old ring at the phone of a third person. */
  private static CallStep probe(String exchangeCall) {
    long third = desk.person("chief1").id();
    return step(name(), exchangeCall, CallMark.MISSED, third, now(), (byte) 9);
  }

  private static CallStep step(
      String event, String call, CallMark mark, long agent, Instant at, byte digest) {
    byte[] bytes = new byte[32];
    bytes[0] = digest;
    return new CallStep(
        event, bytes, call, mark, OptionalLong.of(agent), at, CALLER, "12345", now());
  }

  private static String name() {
    return UUID.randomUUID().toString();
  }

  private static Instant now() {
    return desk.database().clock().instant();
  }

  private static String row(String query) throws SQLException {
    try (Connection connection = TestDatabase.connectTo(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void run(String command) throws SQLException {
    try (Connection connection = TestDatabase.connectTo(url);
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
