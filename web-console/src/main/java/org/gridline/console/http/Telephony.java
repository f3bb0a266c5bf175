package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BiConsumer;
import org.gridline.console.view.CallWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.call.CallLog.Taken;
import org.gridline.dispatch.call.CallPart;
import org.gridline.dispatch.call.PhoneCall;
import org.gridline.hotline.call.CallEvent;
import org.gridline.hotline.call.CallSignature;
import org.gridline.hotline.call.HearCall;
import org.gridline.hotline.call.TelephonyKeys;

/** The door for telephone exchanges: no session, but a signature on every message. */
public final class Telephony {
  /** The longest event that makes sense takes a tenth of this. */
  private static final int MOST_BYTES = 8 * 1024;

  private final HearCall hear;
  private final TelephonyKeys keys;
  private final InstantSource clock;
  private final ZoneId zone;
  private final BiConsumer<Long, ObjectNode> notice;

  /**
   * @param notice tells one user's pages something, by user id; must not wait
   */
  public Telephony(
      HearCall hear,
      TelephonyKeys keys,
      InstantSource clock,
      ZoneId zone,
      BiConsumer<Long, ObjectNode> notice) {
    this.hear = hear;
    this.keys = keys;
    this.clock = clock;
    this.zone = zone;
    this.notice = notice;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.post("/api/v1/telephony/events", this::take).open());
  }

  private Answer take(Call call) {
    byte[] body = call.bytes();
    if (body.length > MOST_BYTES) {
      throw new Failure(
          FailureCode.PAYLOAD_TOO_LARGE, "最多 8 KiB · at most " + MOST_BYTES + " bytes");
    }
    CallSignature signature =
        CallSignature.of(
            call.header(CallSignature.EVENT_HEADER),
            call.header(CallSignature.TIMESTAMP_HEADER),
            call.header(CallSignature.SIGNATURE_HEADER));
    signature.check(
        keys.keys(), call.request().method().name(), call.request().uri(), body, clock.instant());
    // Nothing of the body is looked at before.
    Taken taken = hear.hear(event(signature.event(), body), sha256(body));
    return switch (taken) {
      case Taken.First(var heard) -> {
        heard.parts().forEach(part -> tell(heard, part));
        yield answer(heard, "taken");
      }
      // The desks were told the first time; an exchange that missed our answer hears it again.
      case Taken.Again(var heard) -> answer(heard, "known");
    };
  }

  private static Answer answer(PhoneCall call, String outcome) {
    return Answer.json(Json.object().put("id", call.id()).put("outcome", outcome));
  }

  private void tell(PhoneCall call, CallPart part) {
    notice.accept(part.agent(), CallWriter.brief(call, part, zone));
  }

  private static CallEvent event(String name, byte[] body) {
    Fields fields = Fields.of(body).only("kind", "call", "at", "caller", "called", "agent");
    CallEvent.Kind kind =
        CallEvent.Kind.find(fields.text("kind"))
            .orElseThrow(() -> fields.wrong("kind", "没有此事件 · no such event"));
    CallEvent.Head head =
        new CallEvent.Head(
            name,
            fields.text("call"),
            Reports.instant("at", fields.text("at")),
            fields.findText("caller").orElse(""),
            fields.findText("called").orElse(""));
    return CallEvent.of(kind, head, fields.findText("agent"));
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
