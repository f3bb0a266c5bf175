package org.gridline.dispatch.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Delegations.Delegation;
import org.gridline.dispatch.people.Delegations.Wish;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.route.UnitTree;

/**
 * Standing in during absence: somebody gives a colleague of their unit their roles for some days.
 * Who stands in acts for the other and says so in each event; independence counts both. It is not
 * handed on, and administrators don't give theirs away.
 */
public final class Delegate {
  private static final Duration LONGEST = Duration.ofDays(92);

  private final Delegations delegations;
  private final Accounts accounts;
  private final UnitTree units;
  private final InstantSource clock;

  public Delegate(Delegations delegations, Accounts accounts, UnitTree units, InstantSource clock) {
    this.delegations = delegations;
    this.accounts = accounts;
    this.units = units;
    this.clock = clock;
  }

  /**
   * Gives one's own roles, or as the security administrator those of somebody who is away already.
   *
   * @param grantor login of who is away
   * @param holder login of who stands in
   * @throws Failure {@code not_permitted}, {@code value_refused} at {@code for}, {@code to}, {@code
   *     from} or {@code until}
   */
  public Delegation give(
      User actor, String grantor, String holder, Instant from, Instant until, String why) {
    User away = somebody(grantor, "for");
    if (actor.behalf().isPresent() || (actor.id() != away.id() && !actor.may(Right.GRANT_ROLES)))
      throw new Failure(
          FailureCode.NOT_PERMITTED,
          "只能委托自己的岗位 · one gives one's own roles, and not while standing in");
    User stands = somebody(holder, "to");
    check(away, stands);
    Instant now = clock.instant();
    Instant begins = from.isBefore(now) ? now : from;
    if (!until.isAfter(begins)) throw refused("until", "须晚于开始 · must be later than the start");
    if (Duration.between(begins, until).compareTo(LONGEST) > 0)
      throw refused("until", "最长 92 天 · at most 92 days");
    return delegations.add(new Wish(away.id(), stands.id(), begins, until, why), actor.id(), now);
  }

  private void check(User away, User stands) {
    if (away.id() == stands.id()) throw refused("to", "须为他人 · somebody else");
    if (away.office().isPresent() || away.roles().isEmpty())
      throw refused("for", "管理员岗位不能委托 · administrators don't give their office away");
    if (stands.office().isPresent())
      throw refused("to", "管理员不兼任业务岗位 · administrators don't stand in");
    boolean near =
        away.unit().isPresent()
            && stands.unit().isPresent()
            && (units.withSubUnits(away.unit().get()).contains(stands.unit().get())
                || units.withSubUnits(stands.unit().get()).contains(away.unit().get()));
    if (!near) throw refused("to", "须为本单位或上下级单位人员 · of the same unit, or one above or below");
  }

  /** Ends one that the actor gave or got, or any as the security administrator. */
  public void end(User actor, long id) {
    Delegation found = get(id);
    boolean own = found.grantor() == actor.id() || found.holder() == actor.id();
    if (!own && !actor.may(Right.GRANT_ROLES)) throw unknown();
    if (!delegations.end(id, actor.id(), clock.instant()))
      throw new Failure(FailureCode.REQUEST_DECIDED, "委托已结束 · it has ended already");
  }

  public List<Delegation> list(User user) {
    return delegations.listOf(user.id(), clock.instant());
  }

  /**
   * A session acts by a delegation from now on, or for its own holder again.
   *
   * @throws Failure {@code not_found} for one that is not the user's or does not hold now
   */
  public void act(User user, byte[] tokenHash, Optional<Long> id) {
    Instant now = clock.instant();
    Optional<Delegation> chosen = id.map(this::get);
    if (chosen.filter(d -> d.holder() != user.id() || !d.holdsAt(now)).isPresent()) throw unknown();
    delegations.act(tokenHash, user.id(), chosen, now);
  }

  private Delegation get(long id) {
    return delegations.find(id).orElseThrow(Delegate::unknown);
  }

  private User somebody(String login, String field) {
    return accounts
        .findByLogin(login)
        .map(Accounts.Account::user)
        .orElseThrow(() -> refused(field, "没有此用户 · no such user"));
  }

  private static Failure unknown() {
    return new Failure(FailureCode.NOT_FOUND, "没有此委托 · no such delegation");
  }

  private static Failure refused(String field, String detail) {
    return Failure.atField(FailureCode.VALUE_REFUSED, field, detail);
  }
}
