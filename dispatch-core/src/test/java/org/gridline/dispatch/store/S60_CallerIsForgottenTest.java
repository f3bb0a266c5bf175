package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.evidence.EvidenceRules;
import org.gridline.dispatch.evidence.Photos;
import org.gridline.dispatch.evidence.Piece;
import org.gridline.dispatch.evidence.TakeEvidence;
import org.gridline.dispatch.evidence.Told;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.intake.Receipt;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.privacy.Callers;
import org.gridline.dispatch.privacy.Erasure;
import org.gridline.dispatch.privacy.Erasures.Periods;
import org.gridline.dispatch.privacy.ForgetPeople;
import org.gridline.dispatch.privacy.ForgetPeople.Whom;
import org.gridline.dispatch.search.words.LuceneTicketWords;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller asks to be forgotten: two do it, everything follows, and the proof stays whole. */
class S60_CallerIsForgottenTest {
  private static final String PHONE = "+8613800000001";

  private final String url = TestDatabase.fresh();
  private final Desk desk = Desk.open(url);
  private final User asks = officer(901);
  private final User decides = officer(902);
  private final ForgetPeople forget = forgetting(Periods.unlimited());

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void words_answers_files_and_calls_go_and_the_chain_stays() {
    String key = "forgotten-key-1";
    Piece photo = photo();
    Ticket ticket = closed(List.of(photo.id()), key);
    Ticket others = desk.call("别人的垃圾没人清", 118.887, 32.118).ticket();
    assertThat(desk.database().tickets().particulars(ticket).words()).contains("金丝雀词");

    Erasure asked =
        forget.request(new Whom.ByTicket(ticket.number()), Erasure.Ground.REQUEST, asks);
    // Her other ticket, by the same number, is still open.
    fails(FailureCode.ERASURE_REFUSED, () -> forget.approve(asked.id(), decides));
    close(others);
    fails(FailureCode.INDEPENDENCE_REQUIRED, () -> forget.approve(asked.id(), asks));
    fails(FailureCode.ERASURE_REFUSED, () -> forget.refuse(asked.id(), asks));
    fails(
        FailureCode.ERASURE_REFUSED,
        () -> forget.request(new Whom.ByPhone(PHONE), Erasure.Ground.REQUEST, asks));
    fails(
        FailureCode.NOT_PERMITTED,
        () ->
            forget.request(
                new Whom.ByPhone(PHONE), Erasure.Ground.REQUEST, desk.person("operator1")));

    assertThat(forget.approve(asked.id(), decides).state()).isEqualTo(Erasure.State.DONE);

    assertThat(desk.database().tickets().particulars(ticket).words()).isEmpty();
    assertThat(desk.database().tickets().particulars(ticket).caller()).isEmpty();
    List<EventLog.Entry> history =
        desk.database().events().history(ticket.id(), new Scope.District());
    assertThat(history.getLast().kind()).isEqualTo("PersonErased");
    assertThat(history).allSatisfy(e -> assertThat(e.words()).isEmpty());
    assertThat(history.getFirst().data()).contains(photo.sha256());
    assertThat(desk.database().evidence().list(ticket.id(), new Scope.District())).isEmpty();
    assertThat(number("SELECT count(*) FROM words")).isZero();
    assertThat(number("SELECT count(*) FROM idempotency WHERE answer <> ''")).isZero();
    assertThat(number("SELECT count(*) FROM evidence_part")).isZero();
    assertThat(number("SELECT count(*) FROM person WHERE wrapped_key IS NOT NULL")).isZero();
    fails(FailureCode.NOT_FOUND, () -> take(List.of(photo.id()), key));
    fails(
        FailureCode.NOT_FOUND,
        () -> forget.request(new Whom.ByPhone(PHONE), Erasure.Ground.REQUEST, asks));
    wholeChain();

    // Who calls again is somebody new.
    Ticket later = desk.call("新的垃圾没人清", 118.887, 32.118).ticket();
    assertThat(later.subject().person()).isNotEqualTo(ticket.subject().person());
    assertThat(desk.database().tickets().particulars(later).words()).contains("新的垃圾");
  }

  @Test
  void the_index_follows_and_no_file_of_it_holds_the_word() throws Exception {
    Path folder = Files.createTempDirectory("gridline-search").resolve("words");
    Ticket ticket = closed(List.of(), "forgotten-key-2");
    try (LuceneTicketWords words =
        new LuceneTicketWords(
            folder,
            desk.database().events(),
            desk.database().tickets(),
            (reader, text, of, particulars) -> text)) {
      words.start();
      await(() -> holds(folder));
      Erasure asked =
          forget.request(new Whom.ByTicket(ticket.number()), Erasure.Ground.REQUEST, asks);
      forget.approve(asked.id(), decides);
      await(() -> !holds(folder));
    }
  }

  @Test
  void whoever_asked_may_take_it_back_and_who_stood_in_for_them_is_named_too() {
    Ticket ticket = closed(List.of(), "forgotten-key-4");
    Whom whom = new Whom.ByTicket(ticket.number());
    User standIn = decides.actingFor(asks);
    Erasure asked = forget.request(whom, Erasure.Ground.REQUEST, standIn);
    assertThat(asked.asked())
        .isEqualTo(new Actor.Person(decides.id(), Optional.empty(), Optional.of(asks.id())));
    // Neither of the two decides on it, in whosever name.
    fails(FailureCode.INDEPENDENCE_REQUIRED, () -> forget.approve(asked.id(), asks));
    fails(FailureCode.INDEPENDENCE_REQUIRED, () -> forget.approve(asked.id(), decides));
    fails(FailureCode.ERASURE_REFUSED, () -> forget.refuse(asked.id(), asks));
    User third = officer(903);
    fails(FailureCode.NOT_PERMITTED, () -> forget.withdraw(asked.id(), third));
    assertThat(forget.withdraw(asked.id(), asks).state()).isEqualTo(Erasure.State.WITHDRAWN);
    fails(FailureCode.ERASURE_REFUSED, () -> forget.approve(asked.id(), third));
    // It can be asked for again.
    Erasure again = forget.request(whom, Erasure.Ground.REQUEST, asks);
    assertThat(forget.refuse(again.id(), third).state()).isEqualTo(Erasure.State.REFUSED);
    fails(FailureCode.ERASURE_REFUSED, () -> forget.withdraw(again.id(), asks));
  }

  @Test
  void what_was_interrupted_goes_on() {
    Ticket ticket = closed(List.of(), "forgotten-key-3");
    Erasure asked = forget.request(new Whom.ByPhone(PHONE), Erasure.Ground.MISTAKE, asks);
    // The server dies right after the key is destroyed.
    assertThat(desk.database().erasures().approve(asked.id(), decides.actor(), Instant.now()))
        .isTrue();
    assertThat(desk.database().tickets().particulars(ticket).words()).isEmpty();
    assertThat(number("SELECT count(*) FROM words")).isPositive();
    forget.goOn();
    forget.goOn();
    assertThat(desk.database().erasures().get(asked.id()).state()).isEqualTo(Erasure.State.DONE);
    assertThat(number("SELECT count(*) FROM words")).isZero();
    assertThat(number("SELECT count(*) FROM ticket_event WHERE kind = 'PersonErased'"))
        .isEqualTo(1);
    wholeChain();
  }

  @Test
  void time_forgets_by_rule_what_is_closed_and_old_and_nothing_else() throws SQLException {
    Ticket old = closed(List.of(), "forgotten-key-4");
    run("UPDATE person SET created_at = now() - interval '4 years'");
    run("UPDATE ticket SET updated_at = now() - interval '4 years'");
    Ticket open = callFrom("+8613800000002", "另一个人的路灯不亮");
    run("UPDATE person SET created_at = now() - interval '4 years'");
    ForgetPeople keeper =
        forgetting(
            new Periods(
                Optional.of(Duration.ofDays(1_000)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    while (keeper.expire()) {}
    assertThat(desk.database().tickets().particulars(old).words()).isEmpty();
    assertThat(desk.database().tickets().particulars(open).words()).contains("路灯");
    assertThat(number("SELECT sum(gone) FROM retention_run WHERE kind = 'person'")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM erasure WHERE rule = 'retention' AND state = 'DONE'"))
        .isEqualTo(1);
    wholeChain();
  }

  @Test
  void two_records_of_one_caller_are_one_until_that_is_taken_back() {
    Ticket first = callFrom("+8613800000003", "第一次说的垃圾");
    Ticket second = callFrom("+8613800000004", "第二次说的垃圾");
    Callers callers = desk.database().callers();
    Instant now = Instant.now();
    fails(FailureCode.MERGE_REFUSED, () -> callers.merge(first, first, 1, now));
    long merge = callers.merge(first, second, 1, now);
    fails(FailureCode.MERGE_REFUSED, () -> callers.merge(second, first, 1, now));
    Erasure both = forget.request(new Whom.ByTicket(first.number()), Erasure.Ground.REQUEST, asks);
    assertThat(both.tickets()).isEqualTo(2);
    Scope elsewhere = new Scope.Limited(Set.of("320113002"), Set.of());
    assertThat(callers.undo(merge, elsewhere, 1, now)).isFalse();
    assertThat(callers.undo(merge, new Scope.District(), 1, now)).isTrue();
    assertThat(callers.undo(merge, new Scope.District(), 1, now)).isFalse();
    assertThat(desk.database().erasures().get(both.id()).tickets()).isEqualTo(1);
  }

  @Test
  void who_opened_a_case_is_told_by_unit() {
    Ticket ticket = callFrom("+8613800000005", "垃圾没人清");
    Callers callers = desk.database().callers();
    Instant now = Instant.now();
    callers.opened(ticket.id(), 1, Optional.of("CG"), now);
    callers.opened(ticket.id(), 2, Optional.of("CG"), now.plusSeconds(5));
    callers.opened(ticket.id(), 1, Optional.of("CG"), now.plusSeconds(60));
    callers.opened(ticket.id(), 3, Optional.empty(), now.plusSeconds(90));
    assertThat(callers.listOpened(ticket.id()))
        .extracting(Callers.Opening::unit, Callers.Opening::people)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Optional.of("CG"), 2),
            org.assertj.core.groups.Tuple.tuple(Optional.empty(), 1));
  }

  private ForgetPeople forgetting(Periods periods) {
    return new ForgetPeople(
        desk.database().erasures(), desk.database().tickets(), periods, desk.database().clock());
  }

  private static User officer(long id) {
    Role role =
        new Role(
            "dataOfficer",
            new Names("数据专员", "Data officer"),
            Role.Reach.NONE,
            Set.of(Right.ERASE_PEOPLE),
            Optional.empty());
    return new User(
        id, "o" + id, new Names("样例", "sample"), Optional.empty(), List.of(), List.of(role));
  }

  private Ticket closed(List<Long> attachments, String key) {
    return switch (take(attachments, key)) {
      case TakeReport.Answer.First(Receipt receipt, byte[] bytes) -> close(receipt.ticket());
      case TakeReport.Answer.Again again -> throw new AssertionError("answered before");
    };
  }

  private TakeReport.Answer take(List<Long> attachments, String key) {
    User operator = desk.person("operator1");
    return desk.takeReport()
        .take(
            Desk.report("金丝雀词 路边暴露垃圾没人清", 118.887, 32.118),
            attachments,
            operator,
            new IdempotencyKey(operator.id(), key, "00".repeat(32)),
            r -> "answer with words".getBytes(StandardCharsets.UTF_8));
  }

  private Ticket close(Ticket ticket) {
    User handler = desk.handlerOf(ticket.owner().orElseThrow().unit());
    User commander = desk.person("commander1");
    Ticket t = desk.act(ticket, handler, ActionKind.SIGN, Map.of());
    t = desk.act(t, handler, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "已清 金丝雀词"));
    t = desk.act(t, commander, ActionKind.PASS, Map.of());
    t = desk.act(t, desk.checkerOf(t), ActionKind.CHECK, Map.of("note", "看过"));
    t =
        desk.act(
            t,
            desk.person("revisitor1"),
            ActionKind.REVISIT,
            Map.of(
                "reached", true, "contacted", true, "solved", true, "satisfaction", "satisfied"));
    return desk.act(t, commander, ActionKind.CLOSE, Map.of("condition", "solved"));
  }

  private Ticket callFrom(String phone, String words) {
    var report = Desk.report(words, 118.887, 32.118);
    var from =
        new org.gridline.dispatch.intake.Report(
            report.channel(),
            report.type(),
            report.urgency(),
            words,
            Optional.of(
                new org.gridline.dispatch.intake.Caller(
                    phone, "样例", org.gridline.dispatch.intake.Caller.Confidentiality.ORDINARY)),
            "",
            report.position(),
            report.accuracyMetres(),
            Optional.empty(),
            Optional.empty(),
            report.call(),
            Optional.empty());
    return switch (desk.take(from, "call-from-" + phone)) {
      case TakeReport.Answer.First(Receipt receipt, byte[] bytes) -> receipt.ticket();
      case TakeReport.Answer.Again again -> throw new AssertionError("answered before");
    };
  }

  private Piece photo() {
    byte[] file = Photos.jpeg(40, 30);
    TakeEvidence.Computing here =
        new TakeEvidence.Computing() {
          @Override
          public <T> T run(Supplier<T> work) {
            return work.get();
          }
        };
    boolean[] given = {false};
    return new TakeEvidence(
            desk.database().evidence(),
            EvidenceRules.usual().limits(),
            here,
            desk.database().clock())
        .take(
            () -> {
              if (given[0]) return Optional.empty();
              given[0] = true;
              return Optional.of(file);
            },
            Told.nothing(),
            desk.person("operator1"));
  }

  private void wholeChain() {
    await(() -> desk.database().verifier().verify().unsealed() == 0);
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  /** Whether any file of the index holds the word, as terms are written: in UTF-8, in clear. */
  private static boolean holds(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList())
        if (new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains("金丝"))
          return true;
      return false;
    } catch (IOException e) {
      return false;
    } catch (UncheckedIOException gone) {
      return false;
    }
  }

  private static void await(Supplier<Boolean> condition) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.get()) {
      if (System.nanoTime() > deadline) throw new AssertionError("not in time");
      Thread.onSpinWait();
    }
  }

  private static void fails(FailureCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.code()).isEqualTo(code));
  }

  private void run(String statement) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      s.execute(statement);
    }
  }

  private long number(String query) {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery(query)) {
      r.next();
      return r.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
