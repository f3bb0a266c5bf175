package org.gridline.dispatch.route;

import java.util.List;

/** The command centre's rulings that became duty rules. */
public interface Rulings {
  /** A ruling stands above whatever the pack says. */
  int PRIORITY = 1_000_000;

  /** All of them, those that were followed by another one included; dates say which hold. */
  List<DutyRule> list();
}
