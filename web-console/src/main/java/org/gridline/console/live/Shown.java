package org.gridline.console.live;

/** How much of a ticket somebody gets to see. */
enum Shown {
  NOTHING,
  WHOLE,
  /** As its drawn checker sees it: not who handles it. */
  AS_CHECKER,
  /** As somebody sees it who has checked it: not either whether somebody checks it again. */
  AS_PAST_CHECKER
}
