package org.gridline.dispatch.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.People.Also;
import org.gridline.dispatch.people.People.Deed;
import org.gridline.dispatch.people.People.Link;
import org.gridline.dispatch.people.People.NewPerson;
import org.gridline.dispatch.people.People.Write;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.PersonChange.Assign;
import org.gridline.dispatch.people.PersonChange.Plain;
import org.gridline.dispatch.people.PersonChange.Rename;
import org.gridline.dispatch.people.Proposals.Proposal;
import org.gridline.dispatch.route.UnitTree;

/**
 * The three administrators at work. Nobody changes their own account; what would make an
 * administrator, or let one stand in for another, is proposed by one and confirmed by another.
 */
public final class ManageUsers {
  private static final Duration LINK = Duration.ofDays(3);
  private static final Duration PROPOSAL = Duration.ofDays(3);

  private final People people;
  private final Proposals proposals;
  private final Accounts accounts;
  private final Map<String, Role> roles;
  private final UnitTree units;
  private final Predicate<String> areas;
  private final InstantSource clock;

  /**
   * @param areas whether there is an area of this code today
   */
  public ManageUsers(
      People people,
      Proposals proposals,
      Accounts accounts,
      List<Role> roles,
      UnitTree units,
      Predicate<String> areas,
      InstantSource clock) {
    this.people = people;
    this.proposals = proposals;
    this.accounts = accounts;
    this.roles =
        roles.stream().collect(Collectors.toUnmodifiableMap(Role::id, Function.identity()));
    this.units = units;
    this.areas = areas;
    this.clock = clock;
  }

  /** What became of it. */
  public sealed interface Outcome {
    /**
     * @param token what the subject's one-time link ends with; told once and never stored
     */
    record Done(Person person, Optional<String> token) implements Outcome {
      @Override
      public String toString() {
        return "Done[" + person.login() + "]";
      }
    }

    /** Another administrator has to decide. */
    record Proposed(Proposal proposal) implements Outcome {}
  }

  /**
   * Makes an account; roles come from the security administrator.
   *
   * @throws Failure {@code not_permitted}, {@code user_exists}, {@code unit_unknown}
   */
  public Outcome.Done add(User actor, NewPerson person, String why) {
    needed(actor, Right.MANAGE_USERS);
    person.unit().ifPresent(units::get);
    String token = SignIn.randomText();
    Deed deed = new Deed(actor.id(), clock.instant(), why);
    long id =
        people
            .add(person, link(token, deed.at()), deed)
            .orElseThrow(
                () ->
                    Failure.atField(
                        FailureCode.USER_EXISTS, "user", "请换一个用户名 · take another user name"));
    return new Outcome.Done(get(id), Optional.of(token));
  }

  /**
   * Changes an account, or proposes to.
   *
   * @param version of the account as the actor saw it
   * @throws Failure {@code not_permitted}, {@code not_found}, {@code user_changed}, {@code
   *     roles_exclude_each_other}, {@code last_administrator}, {@code invalid_request}
   */
  public Outcome act(User actor, long subject, int version, PersonChange change, String why) {
    needed(actor, change.right());
    notOwn(actor, subject);
    Person person = get(subject);
    if (person.version() != version) throw changed();
    checkPossible(person, change);
    Deed deed = new Deed(actor.id(), clock.instant(), why);
    List<Role> before = known(person.roles());
    if (change.needsTwo(before, known(next(person, change).roles()))) {
      return new Outcome.Proposed(proposals.add(person, change, deed, deed.at().plus(PROPOSAL)));
    }
    return carryOut(person, change, deed, Optional.empty());
  }

  /**
   * Carries out what another administrator proposed.
   *
   * @throws Failure {@code second_person_required} for whoever proposed it or is meant by it,
   *     {@code request_decided}, {@code user_changed}
   */
  public Outcome.Done confirm(User actor, long proposal, String why) {
    Proposal open = open(actor, proposal);
    if (open.proposedBy() == actor.id() || open.subject() == actor.id()) {
      throw new Failure(
          FailureCode.SECOND_PERSON_REQUIRED,
          "提出人与当事人不能确认 · neither who proposed it nor whom it is about");
    }
    Person person = get(open.subject());
    if (person.version() != open.version()) throw changed();
    checkPossible(person, open.change());
    Deed deed = new Deed(actor.id(), clock.instant(), why);
    return carryOut(person, open.change(), deed, Optional.of(open));
  }

  /** Refuses a proposal; whoever made it may take it back so. */
  public void refuse(User actor, long proposal, String why) {
    Proposal open = open(actor, proposal);
    if (!proposals.refuse(open.id(), new Deed(actor.id(), clock.instant(), why))) throw decided();
  }

  /**
   * @throws Failure {@code user_changed} when somebody changed it meanwhile
   */
  public SignInPolicy decide(User actor, SignInPolicy policy, String why) {
    needed(actor, Right.GRANT_ROLES);
    SignInPolicy before = accounts.policy();
    boolean done =
        policy.version() == before.version() + 1
            && people.changePolicy(before, policy, new Deed(actor.id(), clock.instant(), why));
    if (!done) throw changed();
    return policy;
  }

  /** Whether somebody looks after accounts, in one office or another. */
  public static boolean administers(User user) {
    return user.may(Right.MANAGE_USERS) || user.may(Right.GRANT_ROLES);
  }

  private Outcome.Done carryOut(
      Person person, PersonChange change, Deed deed, Optional<Proposal> request) {
    Person next = next(person, change);
    Optional<String> token =
        change == Plain.RESET_PASSWORD ? Optional.of(SignIn.randomText()) : Optional.empty();
    Map<String, String> before = new HashMap<>(person.told());
    Map<String, String> after = new HashMap<>(next.told());
    before.entrySet().removeAll(next.told().entrySet());
    after.entrySet().removeAll(person.told().entrySet());
    boolean written =
        people.write(
            new Write(
                next,
                also(change),
                token.map(t -> link(t, deed.at())),
                change.id(),
                before,
                after,
                deed,
                request));
    if (!written) throw changed();
    return new Outcome.Done(get(person.id()), token);
  }

  private static EnumSet<Also> also(PersonChange change) {
    return switch (change) {
      case Rename _ -> EnumSet.noneOf(Also.class);
      case Assign _ -> EnumSet.of(Also.END_SESSIONS);
      case Plain plain ->
          switch (plain) {
            case DISABLE -> EnumSet.of(Also.END_SESSIONS);
            case ENABLE -> EnumSet.noneOf(Also.class);
            case DELETE ->
                EnumSet.of(Also.END_SESSIONS, Also.FORGET_PASSWORD, Also.FORGET_SECOND_FACTOR);
            case RESET_PASSWORD -> EnumSet.of(Also.END_SESSIONS, Also.FORGET_PASSWORD, Also.UNLOCK);
            case RESET_SECOND_FACTOR -> EnumSet.of(Also.END_SESSIONS, Also.FORGET_SECOND_FACTOR);
            case UNLOCK -> EnumSet.of(Also.UNLOCK);
          };
    };
  }

  private static Person next(Person person, PersonChange change) {
    return switch (change) {
      case Rename(var name) -> person.named(name);
      case Assign(var unit, var areas, var roles) -> person.assigned(unit, areas, roles);
      case Plain plain ->
          switch (plain) {
            case DISABLE -> person.in(Person.State.DISABLED);
            case ENABLE -> person.in(Person.State.ACTIVE);
            case DELETE ->
                person.assigned(Optional.empty(), List.of(), List.of()).in(Person.State.DELETED);
            case RESET_PASSWORD, RESET_SECOND_FACTOR, UNLOCK -> person;
          };
    };
  }

  private void checkPossible(Person person, PersonChange change) {
    if (person.state() == Person.State.DELETED)
      throw new Failure(FailureCode.USER_CHANGED, "用户已注销 · this account was deleted");
    if (change == Plain.DELETE && person.state() != Person.State.DISABLED)
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "action", "请先停用 · disable the account first");
    if (!(change instanceof Assign assign)) return;
    for (String role : assign.roles()) if (!roles.containsKey(role)) throw unknown("roles", role);
    Separation.check(known(assign.roles()));
    assign.unit().ifPresent(units::get);
    for (String area : assign.areas()) if (!areas.test(area)) throw unknown("areas", area);
  }

  private List<Role> known(List<String> ids) {
    return ids.stream().flatMap(id -> Optional.ofNullable(roles.get(id)).stream()).toList();
  }

  private Proposal open(User actor, long proposal) {
    if (!administers(actor)) throw notPermitted();
    Proposal found =
        proposals
            .find(proposal)
            .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此申请 · no such request"));
    if (found.decided().isPresent() || !clock.instant().isBefore(found.expiresAt()))
      throw decided();
    return found;
  }

  private Person get(long id) {
    return people
        .find(id, clock.instant())
        .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此用户 · no such user"));
  }

  private static Link link(String token, Instant at) {
    return new Link(SignIn.sha256(token), at.plus(LINK));
  }

  private static void notOwn(User actor, long subject) {
    if (actor.id() == subject)
      throw new Failure(FailureCode.SECOND_PERSON_REQUIRED, "不能修改自己的账号 · not one's own account");
  }

  private static void needed(User actor, Right right) {
    if (!actor.may(right)) throw notPermitted();
  }

  private static Failure notPermitted() {
    return new Failure(
        FailureCode.NOT_PERMITTED, "这是另一类管理员的职责 · this is another administrator's office");
  }

  private static Failure changed() {
    return new Failure(FailureCode.USER_CHANGED, "请按最新内容重新操作 · look at it again and decide");
  }

  private static Failure decided() {
    return new Failure(FailureCode.REQUEST_DECIDED, "请刷新列表 · reload the list");
  }

  private static Failure unknown(String field, String code) {
    return Failure.atField(
        FailureCode.INVALID_REQUEST,
        field,
        "不存在 · there is no " + code.replaceAll("[^\\p{L}\\p{N}._-]", "?"));
  }

  /** A name in one language stands for the other. */
  public static Names names(String zh, Optional<String> en) {
    return new Names(zh, en.orElse(""));
  }
}
