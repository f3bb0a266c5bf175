package org.gridline.dispatch.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.TicketState;

/**
 * A city's rules of who is told what. Pure.
 *
 * @param ladders the first that fits a clock counts
 * @param unquieted urgencies whose notices pass the quiet hours by any rule
 */
public record NoticeRules(
    List<NoticeRule> rules,
    List<Ladder> ladders,
    QuietHours quietHours,
    Set<String> unquieted,
    UnitTree units,
    List<Role> roles) {
  public NoticeRules {
    rules = List.copyOf(rules);
    ladders = List.copyOf(ladders);
    unquieted = Set.copyOf(unquieted);
    roles = List.copyOf(roles);
  }

  /**
   * When a red clock escalates.
   *
   * @param clocks of these; empty means all
   * @param after level by level, counted from the moment at which it was due
   */
  public record Ladder(Set<Clock> clocks, List<Duration> after) {
    public Ladder {
      clocks = Set.copyOf(clocks);
      after = List.copyOf(after);
      for (int i = 0; i < after.size(); i++) {
        if (after.get(i).isNegative() || (i > 0 && after.get(i).compareTo(after.get(i - 1)) <= 0))
          throw new IllegalArgumentException("each level comes later than the one before");
      }
    }
  }

  /** How long after it is due a clock reaches a level; the first is 1. */
  public Optional<Duration> escalation(Clock clock, int level) {
    return ladders.stream()
        .filter(l -> l.clocks().isEmpty() || l.clocks().contains(clock))
        .findFirst()
        .filter(l -> level <= l.after().size())
        .map(l -> l.after().get(level - 1));
  }

  /** What is told of a happening, one notice a rule that reaches anybody. */
  public List<NewNotice> tell(Happening of, Instant now) {
    List<NewNotice> notices = new ArrayList<>();
    for (NoticeRule rule : rules) {
      if (!fits(rule, of)) continue;
      List<String> to = words(rule.to(), of);
      if (to.isEmpty()) continue;
      boolean passes = rule.quiet() == NoticeRule.Quiet.PASSES || unquieted.contains(of.urgency());
      notices.add(
          new NewNotice(
              rule.id(),
              of.occasion(),
              to,
              passes ? now : quietHours.after(now),
              passes ? NoticeRule.Quiet.PASSES : NoticeRule.Quiet.WAITS,
              rule.repeat(),
              rule.mostReminders(),
              rule.then().stream()
                  .map(level -> String.join(" ", words(level, of)))
                  .filter(level -> !level.isEmpty())
                  .toList(),
              rule.means().stream().sorted().toList()));
    }
    return notices;
  }

  private static boolean fits(NoticeRule rule, Happening of) {
    return rule.on() == of.occasion()
        && (rule.clocks().isEmpty() || of.clock().filter(rule.clocks()::contains).isPresent())
        && (rule.urgencies().isEmpty() || rule.urgencies().contains(of.urgency()))
        && (rule.level().isEmpty() || rule.level().getAsInt() == of.level());
  }

  private List<String> words(List<Audience> audiences, Happening of) {
    Set<String> words = new LinkedHashSet<>();
    for (Audience audience : audiences) {
      switch (audience) {
        case Audience.Acting() -> words.addAll(acting(of));
        case Audience.Handlers() ->
            of.handlers().stream().map(Audience::person).forEach(words::add);
        case Audience.OfRole(var role) -> words.add(Audience.role(role));
        case Audience.OfUnit(var which, var role) ->
            unit(which, of).ifPresent(unit -> words.add(Audience.unit(unit, role)));
        case Audience.OnDuty(var which) ->
            unit(which, of)
                .ifPresent(
                    unit -> {
                      words.add(Audience.onDuty(unit));
                      of.areas().forEach(area -> words.add(Audience.onDuty(unit, area)));
                    });
      }
    }
    return List.copyOf(words);
  }

  private Optional<String> unit(Audience.Which which, Happening of) {
    return switch (which) {
      case Audience.Which.Owner() -> of.unit();
      case Audience.Which.AboveOwner() -> of.unit().flatMap(units::find).flatMap(Unit::parent);
      case Audience.Which.Asked() -> of.asked();
      case Audience.Which.Named(var code) -> Optional.of(code);
    };
  }

  private List<String> acting(Happening of) {
    return of.clock().map(clock -> acting(clock, of)).orElseGet(() -> acting(of.state(), of));
  }

  private List<String> acting(Clock clock, Happening of) {
    return switch (clock) {
      case ACCEPT -> whoMay(ActionKind.ACCEPT);
      case VERIFY -> whoMay(ActionKind.VERIFY_DONE);
      case FILE -> whoMay(ActionKind.FILE);
      case DISPATCH -> whoMay(ActionKind.DISPATCH);
      case RETURN_REVIEW -> whoMay(ActionKind.APPROVE_RETURN);
      case FEEDBACK_REVIEW -> whoMay(ActionKind.PASS);
      case CHECK -> checkers(of);
      case REVISIT -> whoMay(ActionKind.REVISIT);
      case CLOSE -> whoMay(ActionKind.CLOSE);
      case ARBITRATION -> whoMay(ActionKind.RULE);
      case OBJECTION -> whoMay(ActionKind.REOPEN);
      case APPEAL -> whoMay(ActionKind.DECIDE_APPEAL);
      case REQUEST_REVIEW -> whoMay(ActionKind.DISPATCH);
      case PARENT -> whoMay(ActionKind.LINK_PARENT);
      // They keep nobody waiting: the house acts by itself.
      case RESUME, ARCHIVE -> List.of();
      case SIGN, CONTACT, HANDLE, REWORK, TOTAL -> owner(of);
    };
  }

  private List<String> acting(TicketState state, Happening of) {
    return switch (state) {
      case REGISTERED -> whoMay(ActionKind.ACCEPT);
      case VERIFYING -> whoMay(ActionKind.VERIFY_DONE);
      case PENDING_FILING -> whoMay(ActionKind.FILE);
      case PENDING_DISPATCH -> whoMay(ActionKind.DISPATCH);
      case RETURN_REVIEW -> whoMay(ActionKind.APPROVE_RETURN);
      case ARBITRATION -> whoMay(ActionKind.RULE);
      case FEEDBACK_REVIEW -> whoMay(ActionKind.PASS);
      case CHECKING -> checkers(of);
      case REVISITING -> whoMay(ActionKind.REVISIT);
      case PENDING_CLOSE -> whoMay(ActionKind.CLOSE);
      case CLOSED -> whoMay(ActionKind.REOPEN);
      case PENDING_SIGN, HANDLING, SUSPENDED, MERGED -> owner(of);
      case ARCHIVED, ANSWERED, REJECTED, CANCELLED -> List.of();
    };
  }

  /**
   * Whoever was drawn by lot and nobody else. Where nobody was, those who see it without; and where
   * there are none, those who can have somebody drawn.
   */
  private List<String> checkers(Happening of) {
    if (of.checker().isPresent()) return List.of(Audience.person(of.checker().get()));
    Permission check = new Permission.Act(ActionKind.CHECK);
    List<String> seeing =
        roles.stream()
            .filter(r -> r.permissions().contains(check))
            .filter(r -> r.reach() == Role.Reach.DISTRICT || r.reach() == Role.Reach.AREA)
            .map(r -> Audience.role(r.id()))
            .toList();
    return seeing.isEmpty() ? whoMay(ActionKind.REDRAW_CHECKER) : seeing;
  }

  private List<String> owner(Happening of) {
    return of.unit()
        .map(unit -> List.of(Audience.unit(unit, Optional.empty())))
        .orElseGet(() -> whoMay(ActionKind.DISPATCH));
  }

  private List<String> whoMay(ActionKind kind) {
    Permission permission = new Permission.Act(kind);
    return roles.stream()
        .filter(r -> r.permissions().contains(permission))
        .map(r -> Audience.role(r.id()))
        .toList();
  }
}
