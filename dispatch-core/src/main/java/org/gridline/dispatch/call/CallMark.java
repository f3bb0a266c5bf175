package org.gridline.dispatch.call;

/** What can happen to an agent's part in a call; of two marks with one time the later here wins. */
public enum CallMark {
  RANG,
  /** The phone stopped ringing and nobody had lifted it; the call itself goes on elsewhere. */
  MISSED,
  ANSWERED,
  HELD,
  RESUMED,
  TRANSFERRED,
  ENDED
}
