package org.gridline.dispatch.ticket;

import java.util.List;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.deadline.LimitTable;
import org.gridline.dispatch.deadline.WorkCalendar;
import org.gridline.dispatch.route.UnitTree;

/** Everything that a city decides about the life of its tickets. */
public record Policy(
    CategoryTree categories,
    UnitTree units,
    LimitTable limits,
    WorkCalendar calendar,
    Choices choices,
    int mostReturns,
    int revisitTries) {

  /** One entry of a list that people choose from. */
  public record Choice(String id, Names name) {}

  /** The lists of a pack that action forms offer. */
  public record Choices(
      List<Choice> returnGrounds,
      List<Choice> feedbackResults,
      List<Choice> satisfaction,
      List<Choice> closings) {
    public Choices {
      returnGrounds = List.copyOf(returnGrounds);
      feedbackResults = List.copyOf(feedbackResults);
      satisfaction = List.copyOf(satisfaction);
      closings = List.copyOf(closings);
    }
  }
}
