package org.gridline.dispatch.indicator;

import java.time.Instant;
import java.util.List;
import org.gridline.dispatch.people.Scope;

/** Where courses are read from. Called on virtual threads. */
public interface Courses {
  /**
   * The tickets of a scope that can add to a figure of a period: something happened in it, or a
   * clock had run out before and nothing has ended that yet.
   *
   * @param most the list ends there
   */
  List<Long> listTickets(Period period, Scope scope, int most);

  /** These tickets with their steps before a moment; who has none yet is left out. */
  List<Course> list(List<Long> tickets, Instant before);
}
