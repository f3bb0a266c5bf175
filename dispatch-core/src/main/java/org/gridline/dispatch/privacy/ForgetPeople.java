package org.gridline.dispatch.privacy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.evidence.MediaType.Family;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.privacy.Erasures.Periods;
import org.gridline.dispatch.ticket.Forgetting;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore;

/**
 * Forgets people: one asks, another decides, the key is destroyed, and each of their tickets says
 * so in its history, so that whatever was made from it follows.
 */
public final class ForgetPeople {
  private static final int BATCH = 20;

  private final Erasures erasures;
  private final TicketStore tickets;
  private final Periods periods;
  private final InstantSource clock;

  public ForgetPeople(
      Erasures erasures, TicketStore tickets, Periods periods, InstantSource clock) {
    this.erasures = erasures;
    this.tickets = tickets;
    this.periods = periods;
    this.clock = clock;
  }

  /** Whom a request means. */
  public sealed interface Whom {
    record ByPhone(String e164) implements Whom {}

    record ByTicket(String number) implements Whom {}
  }

  /**
   * Asks for somebody to be forgotten.
   *
   * @throws Failure {@code not_found}, {@code not_permitted}, {@code erasure_refused}
   */
  public Erasure request(Whom whom, Erasure.Ground ground, User by) {
    check(by);
    Optional<Long> person =
        switch (whom) {
          case Whom.ByPhone(var phone) -> erasures.findByPhone(phone);
          case Whom.ByTicket(var number) -> erasures.findByTicket(number);
        };
    return erasures.request(
        person.orElseThrow(
            () -> new Failure(FailureCode.NOT_FOUND, "没有此人的记录 · nobody of that kind is kept")),
        ground,
        by.actor(),
        clock.instant());
  }

  /** The newest first; auditors read it too. */
  public List<Erasure> list(User by, int most) {
    if (!by.may(Permission.Right.READ_AUDIT)) check(by);
    return erasures.list(most);
  }

  /** Leaves somebody's data as they are. */
  public Erasure refuse(long id, User by) {
    check(by);
    if (!erasures.refuse(id, by.actor(), clock.instant())) throw decided();
    return erasures.get(id);
  }

  /**
   * Takes back what one has asked for oneself, or somebody has in one's name.
   *
   * @throws Failure {@code not_permitted} for anybody else, {@code erasure_refused} when it was
   *     decided already
   */
  public Erasure withdraw(long id, User by) {
    check(by);
    if (!asked(erasures.get(id), by))
      throw new Failure(
          FailureCode.NOT_PERMITTED, "只能撤回本人的申请 · only one's own request can be taken back");
    if (!erasures.withdraw(id, by.actor(), clock.instant())) throw decided();
    return erasures.get(id);
  }

  /** Whether this person asked, for whom, or in whose name they act now. */
  private static boolean asked(Erasure erasure, User by) {
    return erasure.asked() instanceof Actor.Person asker
        && asker.selves().stream().anyMatch(by.selves()::contains);
  }

  /**
   * Forgets somebody for good.
   *
   * @throws Failure {@code independence_required} for who asked, {@code erasure_refused} while a
   *     ticket is open or when it was decided already
   */
  public Erasure approve(long id, User by) {
    check(by);
    Erasure asked = erasures.get(id);
    if (asked(asked, by))
      throw new Failure(
          FailureCode.INDEPENDENCE_REQUIRED, "须由另一人批准 · somebody else has to approve");
    if (asked.open() > 0)
      throw new Failure(
          FailureCode.ERASURE_REFUSED, "还有未结工单，结案后再办 · a ticket of theirs is still open");
    if (!erasures.approve(id, by.actor(), clock.instant())) throw decided();
    goOn();
    return erasures.get(id);
  }

  private static Failure decided() {
    return new Failure(FailureCode.ERASURE_REFUSED, "已经办理过 · it was decided already");
  }

  private static void check(User by) {
    if (!by.may(Permission.Right.ERASE_PEOPLE))
      throw new Failure(FailureCode.NOT_PERMITTED, "须由数据专员办理 · only data officers may do this");
  }

  /** Sweeps up after those whose key is destroyed; whoever is interrupted goes on where it was. */
  public void goOn() {
    for (Erasure erasure : erasures.listGoingOn(BATCH)) {
      while (erasures.sweep(erasure, clock.instant())) {}
      if (tell(erasure)) erasures.finish(erasure, clock.instant());
    }
  }

  /** Writes into each ticket's history that its person is forgotten; whether all have it. */
  private boolean tell(Erasure erasure) {
    for (List<Long> some = erasures.listUntold(erasure, BATCH);
        !some.isEmpty();
        some = erasures.listUntold(erasure, BATCH)) {
      int told = 0;
      for (Ticket ticket : tickets.listById(some))
        if (tickets.write(Forgetting.of(ticket, erasure.asked(), clock.instant())).isEmpty())
          told++;
      // Others work on them just now; the next round finds them again.
      if (told == 0) return false;
    }
    return true;
  }

  /** Does what the city's periods say, some at a time; whether there may be more. */
  public boolean expire() {
    Instant now = clock.instant();
    boolean more = false;
    if (periods.people().isPresent()) {
      int gone = erasures.expirePeople(now.minus(periods.people().get()), now, BATCH);
      more |= done(now, "person", gone);
      goOn();
    }
    more |= expire(Family.PHOTO, periods.photos(), now);
    more |= expire(Family.LETTER, periods.letters(), now);
    more |= expire(Family.RECORDING, periods.recordings(), now);
    return more;
  }

  private boolean expire(Family family, Optional<java.time.Duration> kept, Instant now) {
    return kept.map(k -> erasures.expireFiles(family, now.minus(k), now, BATCH))
        .filter(gone -> done(now, family.id(), gone))
        .isPresent();
  }

  private boolean done(Instant now, String kind, int gone) {
    if (gone > 0) erasures.log(now, kind, gone);
    return gone == BATCH;
  }
}
