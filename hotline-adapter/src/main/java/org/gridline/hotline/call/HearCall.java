package org.gridline.hotline.call;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.call.CallLog;
import org.gridline.dispatch.call.CallMark;
import org.gridline.dispatch.call.CallStep;
import org.gridline.dispatch.call.CallerId;
import org.gridline.dispatch.city.CallRules;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.people.Accounts;

/** The use case behind the exchange's callback: an event becomes a step of a call, once. */
public final class HearCall {
  /** An exchange that was cut off tells later what happened meanwhile. */
  private static final Duration OLDEST = Duration.ofHours(24);

  private static final Duration AHEAD = CallSignature.WINDOW;

  private final CallLog calls;
  private final Accounts accounts;
  private final CallRules rules;
  private final City city;
  private final InstantSource clock;

  public HearCall(
      CallLog calls, Accounts accounts, CallRules rules, City city, InstantSource clock) {
    this.calls = calls;
    this.accounts = accounts;
    this.rules = rules;
    this.city = city;
    this.clock = clock;
  }

  /**
   * Takes what an exchange told; its signature has been checked.
   *
   * @param digest of the message as it came
   * @throws Failure {@code agent_unknown}, {@code event_id_reused}, or {@code invalid_request} for
   *     a time that can't be true
   */
  public CallLog.Taken hear(CallEvent event, byte[] digest) {
    return switch (event) {
      case CallEvent.Ringing(var head, var agent) -> by(head, CallMark.RANG, agent, digest);
      case CallEvent.Unanswered(var head, var agent) -> by(head, CallMark.MISSED, agent, digest);
      case CallEvent.Answered(var head, var agent) -> by(head, CallMark.ANSWERED, agent, digest);
      case CallEvent.Held(var head, var agent) -> by(head, CallMark.HELD, agent, digest);
      case CallEvent.Resumed(var head, var agent) -> by(head, CallMark.RESUMED, agent, digest);
      case CallEvent.Transferred(var head, var agent) ->
          by(head, CallMark.TRANSFERRED, agent, digest);
      case CallEvent.Ended(var head, var agent) ->
          take(
              head,
              CallMark.ENDED,
              agent.map(a -> OptionalLong.of(user(a))).orElse(OptionalLong.empty()),
              digest);
    };
  }

  private CallLog.Taken by(CallEvent.Head head, CallMark mark, String agent, byte[] digest) {
    return take(head, mark, OptionalLong.of(user(agent)), digest);
  }

  private CallLog.Taken take(
      CallEvent.Head head, CallMark mark, OptionalLong agent, byte[] digest) {
    Instant now = clock.instant();
    if (head.at().isBefore(now.minus(OLDEST)) || head.at().isAfter(now.plus(AHEAD))) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST,
          "at",
          "须在过去 24 小时内 · within the last 24 hours and not in the future");
    }
    CallerId caller = CallerLine.read(head.caller(), city.regionCode(), city.phoneAreaCode());
    return calls.take(
        new CallStep(
            head.event(), digest, head.call(), mark, agent, head.at(), caller, head.called(), now));
  }

  /** By what the pack says of an extension, otherwise by login. */
  private long user(String agent) {
    String login = Optional.ofNullable(rules.agents().get(agent)).orElse(agent);
    return accounts
        .findByLogin(login)
        .map(a -> a.user().id())
        .orElseThrow(
            () ->
                Failure.atField(
                    FailureCode.AGENT_UNKNOWN,
                    "agent",
                    "请在 telephony.yaml 中登记分机 · name a login, or an extension of telephony.yaml"));
  }
}
