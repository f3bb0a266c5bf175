package org.gridline.dispatch.ticket;

import org.gridline.dispatch.classify.CategoryKey;

/**
 * One thing that somebody does with a ticket. Texts are personal data: they are stored as words,
 * never in the event.
 */
public sealed interface Action {
  ActionKind kind();

  /** Free text that belongs to the action, empty when there is none. */
  default String words() {
    return "";
  }

  record Accept(CategoryKey category, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.ACCEPT;
    }
  }

  record FileCase(String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.FILE;
    }
  }

  record Dispatch(String unit, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.DISPATCH;
    }
  }

  record Sign() implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.SIGN;
    }
  }

  record Return(String ground, String proposedUnit, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.RETURN;
    }
  }

  record ApproveReturn(String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.APPROVE_RETURN;
    }
  }

  record DenyReturn(String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.DENY_RETURN;
    }
  }

  record Feedback(String result, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.FEEDBACK;
    }
  }

  record Pass(String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.PASS;
    }
  }

  record Check(String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.CHECK;
    }
  }

  /** The three questions; {@code satisfaction} is a choice of the pack. */
  record Revisit(Answer answer, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.REVISIT;
    }

    /** What came of calling. */
    public sealed interface Answer {
      record Unreached() implements Answer {}

      record Reached(Contacted contacted, Outcome outcome, String satisfaction) implements Answer {}
    }

    /** 是否联系: did the unit get in touch. */
    public enum Contacted {
      YES,
      NO
    }

    /** 是否解决. */
    public enum Outcome {
      SOLVED,
      UNSOLVED
    }
  }

  record Close(String condition, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.CLOSE;
    }
  }

  record Rework(String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.REWORK;
    }
  }
}
