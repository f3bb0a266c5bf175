package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.Urgency;

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

  /** An action that says nothing but its words. */
  record Plain(ActionKind kind, String words) implements Action {}

  /**
   * @param article of the knowledge base, empty for an answer in own words
   */
  record Answer(String article, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.ANSWER;
    }
  }

  /**
   * @param route the number or the legal way, empty where the outcome needs none
   */
  record ProposeReject(Refusal outcome, String route, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.PROPOSE_REJECT;
    }
  }

  record VerifyDone(String result, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.VERIFY_DONE;
    }
  }

  /**
   * @param lot from which its checker is drawn; absent until it was looked up
   */
  record SelfHandle(CategoryKey category, Optional<Lot> lot, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.SELF_HANDLE;
    }
  }

  record Accept(CategoryKey category, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.ACCEPT;
    }
  }

  /**
   * @param number of the ticket that it goes on in
   * @param master that ticket as it stands; absent until it was looked up
   */
  record Merge(String number, Optional<Ticket> master, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.MERGE;
    }
  }

  /**
   * A part of the matter becomes a ticket of its own.
   *
   * @param category of the part, if whoever splits it off knows
   * @param part id of the new ticket; absent until it is registered
   * @param words what the part is about; the new ticket's report
   */
  record Split(Optional<CategoryKey> category, Optional<Long> part, String words)
      implements Action {
    public Split as(long registered) {
      return new Split(category, Optional.of(registered), words);
    }

    @Override
    public ActionKind kind() {
      return ActionKind.SPLIT;
    }
  }

  /**
   * A part goes back into the ticket that it was split off.
   *
   * @param origin that ticket as it stands; absent until it was looked up
   */
  record UndoSplit(Optional<Ticket> origin, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.UNDO_SPLIT;
    }
  }

  record FileCase(String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.FILE;
    }
  }

  /**
   * @param exception why a department's matter goes to a street or community, empty for none
   */
  record Dispatch(String unit, String exception, String words) implements Action {
    public Dispatch(String unit, String words) {
      this(unit, "", words);
    }

    @Override
    public ActionKind kind() {
      return ActionKind.DISPATCH;
    }
  }

  record Cancel(String reason, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.CANCEL;
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

  /**
   * @param becomes where the ruling holds from now on as a duty rule; absent when it is for this
   *     ticket only
   */
  record Rule(String unit, String exception, Optional<RuleArea> becomes, String words)
      implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.RULE;
    }
  }

  /**
   * @param call id of the telephone call, empty for another way or none
   */
  record Contact(Made outcome, String call, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.CONTACT;
    }

    /** Whether the unit got in touch; if not, the words say why. */
    public enum Made {
      YES,
      NO
    }
  }

  /**
   * Another unit is asked to help.
   *
   * @param why of a whistle, empty else
   */
  record AskUnit(ActionKind kind, String unit, String why, String words) implements Action {}

  record ReleaseUnit(String unit, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.RELEASE_UNIT;
    }
  }

  record CoReport(String result, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.CO_REPORT;
    }
  }

  /**
   * The three questions to the caller of a merged ticket.
   *
   * @param round how often the work of the ticket that it went on in had been sent back; 0 until
   *     that was looked up
   */
  record RevisitMerged(Revisit.Answer answer, int round, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.REVISIT_MERGED;
    }
  }

  /**
   * @param number of the ticket on the platform above
   * @param dueAt that platform's own deadline
   */
  record LinkParent(String number, Instant dueAt, String replyForm, String words)
      implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.LINK_PARENT;
    }
  }

  record ParentRevisit(Revisit.Answer answer, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.PARENT_REVISIT;
    }
  }

  record ReturnToParent(String ground, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.RETURN_TO_PARENT;
    }
  }

  record RequestExtension(Share share, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.REQUEST_EXTENSION;
    }
  }

  record RequestSuspension(String reason, LocalDate resumeOn, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.REQUEST_SUSPENSION;
    }
  }

  /** A yes or no to what somebody asked for. */
  record Judge(ActionKind kind, Verdict verdict, String words) implements Action {}

  record Feedback(String result, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.FEEDBACK;
    }
  }

  /**
   * A step at which somebody may be drawn to check.
   *
   * @param lot from which they are drawn; absent until it was looked up
   */
  record Drawing(ActionKind kind, Optional<Lot> lot, String words) implements Action {}

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

  record Reopen(ReopenGround ground, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.REOPEN;
    }
  }

  /**
   * @param level 1 to 3
   */
  record Supervise(int level, String words) implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.SUPERVISE;
    }
  }

  /** What is absent stays as it is. */
  record Reclassify(
      Optional<ReportType> type,
      Optional<Urgency> urgency,
      Optional<CategoryKey> category,
      String words)
      implements Action {
    @Override
    public ActionKind kind() {
      return ActionKind.RECLASSIFY;
    }
  }

  /** Sets a flag, or takes it away again. */
  record Mark(ActionKind kind, Change change, String words) implements Action {
    /** Which of the two. */
    public enum Change {
      SET,
      CLEARED
    }
  }
}
