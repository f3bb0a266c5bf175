package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.evidence.Enclose;
import org.gridline.dispatch.evidence.Enclosure;
import org.gridline.dispatch.evidence.EvidenceRules;
import org.gridline.dispatch.evidence.EvidenceRules.Limits;
import org.gridline.dispatch.evidence.EvidenceRules.Wanted;
import org.gridline.dispatch.evidence.EvidenceStore;
import org.gridline.dispatch.evidence.Filed;
import org.gridline.dispatch.evidence.Photos;
import org.gridline.dispatch.evidence.Piece;
import org.gridline.dispatch.evidence.TakeEvidence;
import org.gridline.dispatch.evidence.Told;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActOnTicket;
import org.gridline.dispatch.ticket.ActionForm;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Decide;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files come in, belong to steps, are proved by the chain, and leave when nobody wanted them. */
class EvidenceTest {
  private static final TakeEvidence.Computing HERE =
      new TakeEvidence.Computing() {
        @Override
        public <T> T run(Supplier<T> work) {
          return work.get();
        }
      };

  private final String url = TestDatabase.fresh();
  private final Desk desk = Desk.open(url);
  private final EvidenceStore store = desk.database().evidence();
  private final User operator = desk.person("operator1");

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void a_photo_goes_with_its_report_and_the_chain_names_it() {
    byte[] photo = Photos.withNotes(Photos.jpeg(80, 60), 118.95, 32.1, "2026:03:01 08:00:00", 1);
    Piece piece = take(photo, operator);
    assertThat(piece.bytes()).isEqualTo(photo.length);

    Ticket ticket = reported(List.of(piece.id()), UUID.randomUUID().toString());

    assertThat(store.list(ticket.id(), new Scope.District()))
        .containsExactly(new Filed(piece, Optional.of(new Filed.Step(ticket.id(), 1))));
    EventLog.Entry first =
        desk.database().events().history(ticket.id(), new Scope.District()).getFirst();
    assertThat(first.data()).contains("\"attachments\":[\"" + piece.sha256() + "\"]");
    assertThat(bytes(piece)).isEqualTo(photo);
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (desk.database().verifier().verify().unsealed() > 0 && System.nanoTime() < deadline)
      Thread.onSpinWait();
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  @Test
  void the_same_key_again_is_the_same_report_though_its_photo_is_used() {
    Piece piece = take(Photos.jpeg(10, 10), operator);
    String key = UUID.randomUUID().toString();
    reported(List.of(piece.id()), key);
    assertThat(report(List.of(piece.id()), key)).isInstanceOf(TakeReport.Answer.Again.class);
    fails(
        FailureCode.ATTACHMENT_UNKNOWN,
        () -> report(List.of(piece.id()), UUID.randomUUID().toString()));
  }

  @Test
  void nobody_uses_what_another_sent_or_what_is_not_there() {
    Piece others = take(Photos.jpeg(10, 10), desk.person("operator2"));
    fails(FailureCode.ATTACHMENT_UNKNOWN, () -> report(List.of(others.id()), "k1k1k1k1"));
    fails(FailureCode.ATTACHMENT_UNKNOWN, () -> report(List.of(1L), "k2k2k2k2"));
    fails(FailureCode.INVALID_REQUEST, () -> new Enclosure(List.of(1L, 1L), ""));
    assertThat(number("SELECT count(*) FROM ticket")).isZero();
  }

  @Test
  void of_many_who_name_one_file_at_once_one_gets_it() throws Exception {
    Piece piece = take(Photos.jpeg(10, 10), operator);
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String key = "racing-" + i + "-key";
      all.add(
          () -> {
            try {
              reported(List.of(piece.id()), key);
              return true;
            } catch (Failure e) {
              assertThat(e.code()).isEqualTo(FailureCode.ATTACHMENT_UNKNOWN);
              return false;
            }
          });
    }
    int won = 0;
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> one : people.invokeAll(all)) if (one.get()) won++;
    }
    assertThat(won).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM ticket")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM evidence_link")).isEqualTo(1);
  }

  @Test
  void equal_parts_are_kept_once_and_none_is_readable_in_the_database() {
    byte[] sound = Photos.wav(3 << 20);
    Piece first = take(sound, operator);
    long chunks = number("SELECT count(*) FROM evidence_chunk");
    Piece second = take(sound, desk.person("operator2"));
    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(number("SELECT count(*) FROM evidence_chunk")).isEqualTo(chunks).isEqualTo(4);
    assertThat(number("SELECT max(length(sealed)) FROM evidence_chunk")).isLessThan(1_048_700);
    assertThat(
            number(
                "SELECT count(*) FROM evidence_chunk WHERE position('WAVEfmt'::bytea IN sealed) >"
                    + " 0"))
        .isZero();
    assertThat(bytes(second)).isEqualTo(sound);
  }

  @Test
  void what_nothing_names_is_forgotten_and_what_a_ticket_has_stays() {
    Piece named = take(Photos.jpeg(30, 20), operator);
    byte[] shared = Photos.wav(2 << 20);
    Piece alsoNamed = take(shared, operator);
    Piece idle = take(Photos.png(30, 20), operator);
    take(shared, operator);
    Ticket ticket = reported(List.of(named.id(), alsoNamed.id()), "a-long-key");
    Instant later = Instant.now().plus(Duration.ofHours(25));

    assertThat(desk.database().forgetFiles(Duration.ofHours(24), Instant.now())).isZero();
    assertThat(desk.database().forgetFiles(Duration.ofHours(24), later)).isEqualTo(2);

    assertThat(store.find(idle.id(), new Scope.District(), operator.id())).isEmpty();
    assertThat(store.list(ticket.id(), new Scope.District())).hasSize(2);
    assertThat(bytes(alsoNamed)).isEqualTo(shared);
    assertThat(
            number(
                "SELECT count(*) FROM evidence_chunk c WHERE NOT EXISTS"
                    + " (SELECT FROM evidence_part p WHERE p.chunk = c.sha256)"))
        .isZero();
    assertThat(number("SELECT count(*) FROM evidence_waiting")).isZero();
  }

  @Test
  void an_upload_that_breaks_off_leaves_nothing_but_counts() {
    byte[] half = java.util.Arrays.copyOf(Photos.mp4(3 << 20), 2 << 20);
    fails(FailureCode.ATTACHMENT_REFUSED, () -> take(half, operator));
    assertThat(number("SELECT count(*) FROM evidence_part")).isZero();
    desk.database().forgetFiles(Duration.ofHours(24), Instant.now());
    assertThat(number("SELECT count(*) FROM evidence_chunk")).isZero();
    assertThat(number("SELECT sum(bytes) FROM evidence")).isEqualTo(2 << 20);
  }

  @Test
  void limits_of_size_day_and_number_hold() {
    Limits limits = new Limits(1 << 20, 1 << 20, 2 << 20, 1, 4 << 20, 4, 2);
    TakeEvidence small = new TakeEvidence(store, limits, HERE, desk.database().clock());
    fails(FailureCode.PAYLOAD_TOO_LARGE, () -> take(small, Photos.wav(3 << 20)));
    fails(FailureCode.ATTACHMENT_REFUSED, () -> take(small, Photos.jpeg(1_100, 1_000)));
    take(small, Photos.jpeg(90, 90));
    fails(FailureCode.ATTACHMENTS_USED_UP, () -> take(small, Photos.wav((2 << 20) - 100)));
    fails(FailureCode.ATTACHMENTS_USED_UP, () -> take(small, Photos.jpeg(9, 9)));
    fails(FailureCode.NOT_PERMITTED, () -> take(Photos.jpeg(9, 9), desk.person("sysadmin1")));
  }

  @Test
  void only_so_many_at_once() {
    Limits limits = new Limits(1 << 20, 1 << 20, 2 << 20, 1, 50 << 20, 40, 2);
    store.begin(operator.id(), Instant.now(), limits);
    long second = store.begin(operator.id(), Instant.now(), limits).id();
    fails(FailureCode.ATTACHMENTS_USED_UP, () -> store.begin(operator.id(), Instant.now(), limits));
    store.abandon(second);
    store.begin(operator.id(), Instant.now(), limits);
  }

  @Test
  void a_check_wants_a_photo_from_near_by_or_a_reason() {
    Ticket ticket = checking();
    Position place = ticket.place().position().orElseThrow();
    User checker = desk.checkerOf(ticket);
    ActOnTicket act = strict();
    ActionForm form = new ActionForm(desk.pack().policy().choices());
    var check = form.read(ActionKind.CHECK, Map.of("note", "看过了"));

    fails(
        FailureCode.EVIDENCE_WANTED,
        () -> act.act(ticket.id(), ticket.version(), check, Enclosure.nothing(), checker));
    Piece nowhere = take(Photos.jpeg(9, 9), checker);
    assertThatThrownBy(
            () -> act.act(ticket.id(), ticket.version(), check, with(nowhere, ""), checker))
        .hasMessageContaining("没有位置")
        .hasMessageContaining("核查须到现场");
    Piece far =
        take(
            Photos.withNotes(
                Photos.jpeg(9, 9), place.lon() + 0.01, place.lat(), "2026:03:01 08:00:00", 1),
            checker);
    assertThatThrownBy(() -> act.act(ticket.id(), ticket.version(), check, with(far, ""), checker))
        .hasMessageContaining("100 米");

    Piece near = take(Photos.jpeg(11, 9), told(place.moved(60, 1), 20), checker);
    var done = act.act(ticket.id(), ticket.version(), check, with(near, ""), checker);
    assertThat(done).isInstanceOf(ActOnTicket.Outcome.Done.class);
    assertThat(last(ticket).data()).contains(near.sha256()).doesNotContain("attachmentsWaived");
  }

  @Test
  void an_exception_is_recorded_with_its_reason() {
    Ticket ticket = checking();
    User checker = desk.checkerOf(ticket);
    var check =
        new ActionForm(desk.pack().policy().choices())
            .read(ActionKind.CHECK, Map.of("note", "看过了"));
    Piece nowhere = take(Photos.jpeg(9, 9), checker);
    strict().act(ticket.id(), ticket.version(), check, with(nowhere, "地下室没有信号"), checker);
    assertThat(last(ticket).data())
        .contains("\"attachmentsWaived\":\"position\"", nowhere.sha256());
    assertThat(last(ticket).words()).contains("看过了", "照片例外", "地下室没有信号");
  }

  private ActOnTicket strict() {
    EvidenceRules usual = EvidenceRules.usual();
    Wanted wanted =
        new Wanted(
            ActionKind.CHECK,
            Optional.of("event"),
            "",
            1,
            OptionalDouble.of(100),
            new Names("核查须到现场", "checks are made on site"));
    EvidenceRules rules =
        new EvidenceRules(usual.limits(), List.of(wanted), Set.of(), usual.unattachedKept());
    return new ActOnTicket(
        desk.database().tickets(),
        desk.database().checkers(areas -> areas),
        new Decide(desk.pack().policy()),
        new Enclose(store, rules),
        desk.pack().policy(),
        desk.database().clock());
  }

  private Ticket checking() {
    Ticket ticket = desk.call("尧化门街道路边暴露垃圾没人清", 118.887, 32.118).ticket();
    User handler = desk.handlerOf(ticket.owner().orElseThrow().unit());
    ticket = desk.act(ticket, handler, ActionKind.SIGN, Map.of());
    ticket =
        desk.act(ticket, handler, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "已清"));
    return desk.act(ticket, desk.person("commander1"), ActionKind.PASS, Map.of());
  }

  private EventLog.Entry last(Ticket ticket) {
    return desk.database().events().history(ticket.id(), new Scope.District()).getLast();
  }

  private static Enclosure with(Piece piece, String exception) {
    return new Enclosure(List.of(piece.id()), exception);
  }

  private static Told told(Position at, double accuracy) {
    return new Told(Optional.of(at), OptionalDouble.of(accuracy), Optional.empty());
  }

  private Ticket reported(List<Long> attachments, String key) {
    return switch (report(attachments, key)) {
      case TakeReport.Answer.First(var receipt, var bytes) -> receipt.ticket();
      case TakeReport.Answer.Again again -> throw new AssertionError("answered before");
    };
  }

  private TakeReport.Answer report(List<Long> attachments, String key) {
    return desk.takeReport()
        .take(
            Desk.report("路边暴露垃圾", 118.887, 32.118),
            attachments,
            operator,
            new IdempotencyKey(operator.id(), key, "00".repeat(32)),
            r -> new byte[] {1});
  }

  private Piece take(byte[] file, User by) {
    return take(file, Told.nothing(), by);
  }

  private Piece take(byte[] file, Told told, User by) {
    return new TakeEvidence(store, EvidenceRules.usual().limits(), HERE, desk.database().clock())
        .take(source(file), told, by);
  }

  private Piece take(TakeEvidence take, byte[] file) {
    return take.take(source(file), Told.nothing(), operator);
  }

  private static TakeEvidence.Source source(byte[] file) {
    ByteArrayInputStream in = new ByteArrayInputStream(file);
    return () -> {
      try {
        byte[] part = in.readNBytes(Piece.PART);
        return part.length == 0 ? Optional.empty() : Optional.of(part);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private byte[] bytes(Piece piece) {
    byte[][] parts = new byte[piece.parts()][];
    for (int n = 0; n < parts.length; n++) parts[n] = store.part(piece.id(), n);
    return Photos.join(parts);
  }

  private static void fails(FailureCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.code()).isEqualTo(code));
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
