package org.gridline.dispatch.ticket;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Names;

/** Where a ticket is in its life (domain table of states; the vocabulary is closed). */
public enum TicketState {
  REGISTERED(Stage.COLLECT, new Names("待受理", "registered")),
  PENDING_FILING(Stage.FILE, new Names("待立案", "to be filed")),
  PENDING_DISPATCH(Stage.DISPATCH, new Names("待派遣", "to be dispatched")),
  PENDING_SIGN(Stage.DISPATCH, new Names("待签收", "to be signed for")),
  RETURN_REVIEW(Stage.DISPATCH, new Names("退单待审", "return under review")),
  HANDLING(Stage.HANDLE, new Names("处置中", "in handling")),
  FEEDBACK_REVIEW(Stage.FEEDBACK, new Names("反馈待审", "feedback under review")),
  CHECKING(Stage.CHECK, new Names("待核查", "to be checked")),
  REVISITING(Stage.CHECK, new Names("待回访", "caller to be asked")),
  PENDING_CLOSE(Stage.CHECK, new Names("待结案", "to be closed")),
  CLOSED(Stage.CHECK, new Names("已结案", "closed"));

  private final Stage stage;
  private final Names label;

  TicketState(Stage stage, Names label) {
    this.stage = stage;
    this.label = label;
  }

  public Stage stage() {
    return stage;
  }

  public Names label() {
    return label;
  }

  public boolean open() {
    return this != CLOSED;
  }

  public static List<TicketState> openStates() {
    return Arrays.stream(values()).filter(TicketState::open).toList();
  }

  public static Optional<TicketState> find(String id) {
    return Arrays.stream(values()).filter(s -> s.name().equals(id)).findFirst();
  }
}
