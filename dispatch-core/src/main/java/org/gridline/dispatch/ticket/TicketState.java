package org.gridline.dispatch.ticket;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Names;

/**
 * Where a ticket is in its life (domain table of states; the vocabulary is closed). A draft is no
 * ticket yet: it has no number, no clock and no event, so it has no state here.
 */
public enum TicketState {
  REGISTERED(Stage.COLLECT, Life.OPEN, "待受理", "registered"),
  VERIFYING(Stage.COLLECT, Life.OPEN, "待核实", "to be verified"),
  PENDING_FILING(Stage.FILE, Life.OPEN, "待立案", "to be filed"),
  PENDING_DISPATCH(Stage.DISPATCH, Life.OPEN, "待派遣", "to be dispatched"),
  PENDING_SIGN(Stage.DISPATCH, Life.OPEN, "待签收", "to be signed for"),
  RETURN_REVIEW(Stage.DISPATCH, Life.OPEN, "退单待审", "return under review"),
  ARBITRATION(Stage.DISPATCH, Life.OPEN, "争议裁定", "in arbitration"),
  HANDLING(Stage.HANDLE, Life.OPEN, "处置中", "in handling"),
  SUSPENDED(Stage.HANDLE, Life.OPEN, "挂账", "suspended"),
  FEEDBACK_REVIEW(Stage.FEEDBACK, Life.OPEN, "反馈待审", "feedback under review"),
  CHECKING(Stage.CHECK, Life.OPEN, "待核查", "to be checked"),
  REVISITING(Stage.CHECK, Life.OPEN, "待回访", "caller to be asked"),
  PENDING_CLOSE(Stage.CHECK, Life.OPEN, "待结案", "to be closed"),
  CLOSED(Stage.CHECK, Life.OVER, "已结案", "closed"),
  ARCHIVED(Stage.EVALUATE, Life.OVER, "已归档", "archived"),
  ANSWERED(Stage.COLLECT, Life.OVER, "当场答复办结", "answered at once"),
  REJECTED(Stage.FILE, Life.OVER, "不予受理", "not accepted"),
  MERGED(Stage.DISPATCH, Life.OVER, "已并案", "merged"),
  CANCELLED(Stage.DISPATCH, Life.OVER, "已作废", "cancelled");

  private enum Life {
    OPEN,
    OVER
  }

  private final Stage stage;
  private final Life life;
  private final Names label;

  TicketState(Stage stage, Life life, String zh, String en) {
    this.stage = stage;
    this.life = life;
    this.label = new Names(zh, en);
  }

  public Stage stage() {
    return stage;
  }

  public Names label() {
    return label;
  }

  /** Somebody still has something to do; the column {@code ticket."open"} says the same. */
  public boolean open() {
    return life == Life.OPEN;
  }

  public static List<TicketState> openStates() {
    return Arrays.stream(values()).filter(TicketState::open).toList();
  }

  public static Optional<TicketState> find(String id) {
    return Arrays.stream(values()).filter(s -> s.name().equals(id)).findFirst();
  }
}
