package org.gridline.dispatch.ticket;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.intake.ReportType;

/**
 * What a city decides about the table: which actions it does not use, and the figures of its
 * guards. It never adds states, actions or conditions.
 *
 * @param off actions that nobody takes here
 * @param mostReturns returns before the command centre rules
 * @param returnWorkdays a unit returns a ticket within so many working days of its dispatch
 * @param suspensionDays the longest suspension
 * @param objectionDays days after the closing in which the caller may object
 * @param reopenDays days after the closing in which it may be reopened
 * @param appealDays days after the closing in which the unit may appeal; then it is archived
 * @param revisitTries a caller is tried so often before a ticket may be closed without an answer
 * @param answered types of report that the desk may answer at once
 * @param signOff who signs what leaves a unit, the first that fits; empty where nobody does
 * @param parentReturnWorkdays a ticket goes back to the platform above within so many working days
 *     of its link
 * @param selfHandled classes that whoever finds them may handle: prefixes by kind
 */
public record LifeRules(
    Set<ActionKind> off,
    int mostReturns,
    double returnWorkdays,
    int mostExtensions,
    int suspensionDays,
    int objectionDays,
    int reopenDays,
    int appealDays,
    int revisitTries,
    Set<ReportType> answered,
    Map<String, Set<String>> selfHandled,
    Checking checking,
    List<SignOff> signOff,
    double parentReturnWorkdays) {
  /**
   * Who checks.
   *
   * @param drawn whether lots are drawn; otherwise anybody who is independent may check
   * @param repeated the share of passed checks that somebody else silently repeats, from 0 to 1
   */
  public record Checking(boolean drawn, double repeated) {
    public Checking {
      if (!(repeated >= 0 && repeated <= 1))
        throw new IllegalArgumentException("checking.repeated must be from 0 to 1");
    }
  }

  public LifeRules {
    off = Set.copyOf(off);
    signOff = List.copyOf(signOff);
    answered = Set.copyOf(answered);
    selfHandled = Map.copyOf(selfHandled);
    between("returns.max", mostReturns, 1, 9);
    if (!(returnWorkdays > 0 && returnWorkdays <= 30))
      throw new IllegalArgumentException("returns.windowDays must be above 0 and at most 30");
    if (!(parentReturnWorkdays > 0 && parentReturnWorkdays <= 30))
      throw new IllegalArgumentException("parent.returnDays must be above 0 and at most 30");
    between("extensions.max", mostExtensions, 0, 9);
    between("suspension.mostDays", suspensionDays, 1, 366);
    between("objection.days", objectionDays, 1, 366);
    between("reopening.days", reopenDays, 1, 366);
    between("appeal.days", appealDays, 1, 366);
    between("revisit.tries", revisitTries, 1, 20);
  }

  private static void between(String name, int value, int least, int most) {
    if (value < least || value > most)
      throw new IllegalArgumentException(name + " must be from " + least + " to " + most);
  }

  public boolean uses(ActionKind action) {
    return !off.contains(action);
  }

  boolean handledOnTheSpot(CategoryKey category) {
    return selfHandled.getOrDefault(category.kind(), Set.of()).stream()
        .anyMatch(category.code()::startsWith);
  }
}
