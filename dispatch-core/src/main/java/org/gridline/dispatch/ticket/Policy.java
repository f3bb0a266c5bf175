package org.gridline.dispatch.ticket;

import java.util.List;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.deadline.LimitTable;
import org.gridline.dispatch.deadline.WorkCalendar;
import org.gridline.dispatch.route.DutyTable;
import org.gridline.dispatch.route.UnitTree;

/** Everything that a city decides about the life of its tickets. */
public record Policy(
    CategoryTree categories,
    UnitTree units,
    DutyTable duties,
    LimitTable limits,
    WorkCalendar calendar,
    Choices choices,
    LifeRules rules) {

  /** One entry of a list that people choose from. */
  public record Choice(String id, Names name) {}

  /** The lists of a pack that action forms offer. */
  public record Choices(
      List<Choice> returnGrounds,
      List<Choice> feedbackResults,
      List<Choice> satisfaction,
      List<Choice> closings,
      List<Choice> suspensionReasons,
      List<Choice> cancelReasons,
      List<Choice> verifyResults,
      List<Choice> exceptions,
      List<Choice> whistles,
      List<Choice> parentGrounds,
      List<Choice> replyForms,
      List<Choice> types,
      List<Choice> urgencies) {
    public Choices {
      returnGrounds = List.copyOf(returnGrounds);
      feedbackResults = List.copyOf(feedbackResults);
      satisfaction = List.copyOf(satisfaction);
      closings = List.copyOf(closings);
      suspensionReasons = List.copyOf(suspensionReasons);
      cancelReasons = List.copyOf(cancelReasons);
      verifyResults = List.copyOf(verifyResults);
      exceptions = List.copyOf(exceptions);
      whistles = List.copyOf(whistles);
      parentGrounds = List.copyOf(parentGrounds);
      replyForms = List.copyOf(replyForms);
      types = List.copyOf(types);
      urgencies = List.copyOf(urgencies);
    }
  }
}
