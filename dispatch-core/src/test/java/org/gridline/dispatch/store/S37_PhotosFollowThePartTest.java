package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.gridline.dispatch.evidence.Enclosure;
import org.gridline.dispatch.evidence.EvidenceRules;
import org.gridline.dispatch.evidence.EvidenceStore;
import org.gridline.dispatch.evidence.Filed;
import org.gridline.dispatch.evidence.MediaType.Family;
import org.gridline.dispatch.evidence.Photos;
import org.gridline.dispatch.evidence.Piece;
import org.gridline.dispatch.evidence.TakeEvidence;
import org.gridline.dispatch.evidence.Told;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActOnTicket.Outcome;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.ActionForm;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever gets a part of a matter sees what was sent with the whole, as long as it is a part. */
class S37_PhotosFollowThePartTest {
  private static final TakeEvidence.Computing HERE =
      new TakeEvidence.Computing() {
        @Override
        public <T> T run(Supplier<T> work) {
          return work.get();
        }
      };

  private final Desk desk = Desk.open();
  private final EvidenceStore store = desk.database().evidence();
  private final User operator = desk.person("operator1");

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void a_part_shows_what_the_whole_had_by_then_and_nothing_is_copied() {
    Piece first = take(10);
    Ticket whole = reported(first);
    Piece atTheStep = take(12);
    Ticket after = split(whole, with(atTheStep));
    Ticket part = part(after);
    Piece later = take(14);
    Ticket urged = urge(after, with(later));

    assertThat(store.list(part.id(), all()))
        .containsExactly(
            new Filed(first, Optional.of(new Filed.Step(whole.id(), 1))),
            new Filed(atTheStep, Optional.of(new Filed.Step(whole.id(), after.version()))));
    assertThat(pieces(whole)).containsExactly(first, atTheStep, later);
    assertThat(urged.version()).isGreaterThan(after.version());

    // What comes with the part is the part's own.
    Piece own = take(16);
    urge(part, with(own));
    assertThat(pieces(part)).containsExactly(first, atTheStep, own);
    assertThat(pieces(whole)).doesNotContain(own);
    assertThat(store.find(own.id(), all(), 0).orElseThrow().tickets()).containsExactly(part.id());
  }

  @Test
  void who_sees_just_the_part_finds_the_photo_through_it() {
    Piece photo = take(10);
    Ticket whole = reported(photo);
    String owner = whole.owner().orElseThrow().unit();
    Ticket part = dispatched(part(split(whole, Enclosure.nothing())), "QX-GA");
    Scope police = new Scope.Limited(Set.of(), Set.of("QX-GA"));
    Scope first = new Scope.Limited(Set.of(), Set.of(owner));
    Scope neither = new Scope.Limited(Set.of(), Set.of("QX-JW"));

    assertThat(pieces(part, police)).containsExactly(photo);
    assertThat(seenIn(photo, police)).containsExactly(part.id());
    assertThat(pieces(whole, police)).isEmpty();
    assertThat(seenIn(photo, first)).containsExactly(whole.id());
    assertThat(pieces(part, first)).isEmpty();
    assertThat(seenIn(photo, all())).containsExactly(whole.id(), part.id());
    assertThat(store.find(photo.id(), neither, operator.id())).isEmpty();
    assertThat(store.find(photo.id(), new Scope.Nothing(), operator.id())).isEmpty();
  }

  @Test
  void a_part_of_a_part_shows_what_its_whole_showed() {
    Piece photo = take(10);
    Ticket whole = reported(photo);
    Ticket part = part(split(whole, Enclosure.nothing()));
    Piece own = take(12);
    Ticket divided = split(urge(part, with(own)), Enclosure.nothing());
    Ticket second = part(divided);
    assertThat(pieces(second)).containsExactly(photo, own);
    assertThat(seenIn(photo, all())).containsExactly(whole.id(), part.id(), second.id());
    assertThat(seenIn(own, all())).containsExactly(part.id(), second.id());
  }

  @Test
  void undoing_the_split_takes_the_sight_away_and_undoing_that_gives_it_back() {
    Piece photo = take(10);
    Ticket whole = reported(photo);
    Ticket part = dispatched(part(split(whole, Enclosure.nothing())), "QX-GA");
    Scope police = new Scope.Limited(Set.of(), Set.of("QX-GA"));
    Ticket undone = desk.act(part, operator, ActionKind.UNDO_SPLIT, Map.of("reason", "是同一件事"));
    assertThat(pieces(part, police)).isEmpty();
    assertThat(store.find(photo.id(), police, 0)).isEmpty();
    assertThat(seenIn(photo, all())).containsExactly(whole.id());

    desk.act(undone, operator, ActionKind.UNDO_MERGE, Map.of("reason", "还是两件"));
    assertThat(pieces(part, police)).containsExactly(photo);
  }

  @Test
  void a_photo_is_not_forgotten_while_a_part_that_shows_it_is_open() {
    Piece photo = take(10);
    Ticket whole = reported(photo);
    Ticket part = part(split(whole, Enclosure.nothing()));
    cancel(desk.database().tickets().get(whole.id(), all()));
    assertThat(expired()).isZero();
    assertThat(pieces(part)).containsExactly(photo);
    cancel(part);
    assertThat(expired()).isEqualTo(1);
  }

  private int expired() {
    var later = desk.database().clock().instant().plus(Duration.ofDays(2));
    return desk.database().erasures().expireFiles(Family.PHOTO, later, later, 10);
  }

  private void cancel(Ticket ticket) {
    desk.act(
        ticket,
        desk.person("chief1"),
        ActionKind.CANCEL,
        Map.of("ground", "mistake", "reason", "重复"));
  }

  private Ticket dispatched(Ticket part, String unit) {
    Map<String, Object> lamp = Map.of("category", Map.of("kind", "event", "code", "02038"));
    Ticket accepted = desk.act(part, operator, ActionKind.ACCEPT, lamp);
    User chief = desk.person("chief1");
    Ticket filed = desk.act(accepted, chief, ActionKind.FILE, Map.of("condition", "属实"));
    return desk.act(filed, chief, ActionKind.DISPATCH, Map.of("unit", unit, "reason", "属其职责"));
  }

  private Ticket split(Ticket whole, Enclosure enclosure) {
    Outcome outcome =
        desk.splitting()
            .split(
                whole,
                whole.version(),
                new Action.Split(Optional.empty(), Optional.empty(), "另有一事"),
                enclosure,
                operator);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).ticket();
  }

  private Ticket part(Ticket whole) {
    return desk.database().tickets().get(whole.progress().life().split().getLast(), all());
  }

  private Ticket urge(Ticket ticket, Enclosure enclosure) {
    var outcome =
        desk.acting()
            .act(
                ticket.id(),
                ticket.version(),
                new ActionForm(desk.pack().policy().choices()).read(ActionKind.URGE, Map.of()),
                enclosure,
                operator);
    return ((Outcome.Done) outcome).ticket();
  }

  private static Enclosure with(Piece piece) {
    return new Enclosure(List.of(piece.id()), "");
  }

  private List<Piece> pieces(Ticket ticket) {
    return pieces(ticket, all());
  }

  private List<Piece> pieces(Ticket ticket, Scope scope) {
    return store.list(ticket.id(), scope).stream().map(Filed::piece).toList();
  }

  private List<Long> seenIn(Piece piece, Scope scope) {
    return store.find(piece.id(), scope, operator.id()).orElseThrow().tickets();
  }

  private Ticket reported(Piece piece) {
    TakeReport.Answer answer =
        desk.takeReport()
            .take(
                Desk.report("路边暴露垃圾", 118.887, 32.118),
                List.of(piece.id()),
                operator,
                new IdempotencyKey(operator.id(), UUID.randomUUID().toString(), "00".repeat(32)),
                r -> new byte[] {1});
    long id = ((TakeReport.Answer.First) answer).receipt().ticket().id();
    return desk.database().tickets().get(id, all());
  }

  private Piece take(int width) {
    ByteArrayInputStream in = new ByteArrayInputStream(Photos.jpeg(width, 9));
    return new TakeEvidence(store, EvidenceRules.usual().limits(), HERE, desk.database().clock())
        .take(
            () -> {
              try {
                byte[] part = in.readNBytes(Piece.PART);
                return part.length == 0 ? Optional.empty() : Optional.of(part);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            Told.nothing(),
            operator);
  }

  private static Scope all() {
    return new Scope.District();
  }
}
