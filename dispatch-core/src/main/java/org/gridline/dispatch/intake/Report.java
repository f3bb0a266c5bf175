package org.gridline.dispatch.intake;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.ticket.Action;
import org.gridline.gis.position.RawPosition;

/**
 * 诉求: what a caller, citizen or grid worker tells us. Words, caller and address are personal data.
 *
 * @param address as said, or empty
 * @param accuracyMetres radius within which the position is true
 * @param observedAt when it was seen, for offline reports and replays
 * @param component code of the component that it speaks of; its position serves when there is no
 *     other
 * @param call id of the telephone call in which it was told
 * @param parent the ticket of a platform above that it came as
 */
public record Report(
    Channel channel,
    ReportType type,
    Urgency urgency,
    String words,
    Optional<Caller> caller,
    String address,
    Optional<RawPosition> position,
    OptionalDouble accuracyMetres,
    Optional<CategoryKey> category,
    Optional<Instant> observedAt,
    OptionalLong call,
    Optional<ComponentCode> component,
    Optional<Action.LinkParent> parent) {
  /** Beyond this a text is an attachment, not a report. */
  public static final int MOST_WORDS = 20_000;

  public Report {
    if (words.isBlank())
      throw Failure.atField(FailureCode.INVALID_REQUEST, "words", "请填写诉求内容 · say what happened");
    if (words.length() > MOST_WORDS) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST,
          "words",
          "内容超过 20000 字 · at most " + MOST_WORDS + " characters");
    }
    if (address.length() > 500) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "address", "地址超过 500 字 · at most 500 characters");
    }
    if (call.isPresent() && channel != Channel.PHONE) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "call", "只有电话渠道才有通话 · only channel phone has a call");
    }
    if (position.isEmpty() && address.isBlank() && component.isEmpty()) {
      throw Failure.atField(
          FailureCode.PLACE_MISSING,
          "position",
          "请在地图上点位或填写地址 · click on the map or give an address");
    }
  }

  /** One that is nobody's ticket yet. */
  public Report(
      Channel channel,
      ReportType type,
      Urgency urgency,
      String words,
      Optional<Caller> caller,
      String address,
      Optional<RawPosition> position,
      OptionalDouble accuracyMetres,
      Optional<CategoryKey> category,
      Optional<Instant> observedAt,
      OptionalLong call,
      Optional<ComponentCode> component) {
    this(
        channel,
        type,
        urgency,
        words,
        caller,
        address,
        position,
        accuracyMetres,
        category,
        observedAt,
        call,
        component,
        Optional.empty());
  }

  @Override
  public String toString() {
    return "Report[" + channel + ", " + type + "]";
  }
}
