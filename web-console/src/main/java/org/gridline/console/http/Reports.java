package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.gridline.console.Office;
import org.gridline.console.measure.Measures;
import org.gridline.console.pressure.IntakeGate;
import org.gridline.console.view.ComponentWriter;
import org.gridline.console.view.Json;
import org.gridline.console.view.TicketWriter;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.evidence.Enclosure;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.intake.Caller.Confidentiality;
import org.gridline.dispatch.intake.Channel;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.intake.Receipt;
import org.gridline.dispatch.intake.Report;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.Assignment;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.position.RawPosition;
import org.gridline.hotline.number.CallerNumber;

/** Taking reports, and telling beforehand what a report would get. */
final class Reports {
  private static final int MOST_NAME = 100;

  /** Tickets from before the first hotlines are typing mistakes. */
  private static final int FIRST_YEAR = 1980;

  private static final int LAST_YEAR = 9_998;

  private final Office office;
  private final TicketWriter writer;
  private final Measures measures;
  private final IntakeGate gate;
  private final ComponentWriter components;

  Reports(Office office, TicketWriter writer, Measures measures, IntakeGate gate) {
    this.office = office;
    this.writer = writer;
    this.measures = measures;
    this.gate = gate;
    this.components = new ComponentWriter(office.pack(), office.components().rules());
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v1/reports", this::take),
        Endpoint.post("/api/v1/suggestions", this::suggest));
  }

  private Answer take(Call call) {
    Optional<Channel> channel = Optional.empty();
    try {
      byte[] body = call.bytes();
      Fields fields = Fields.of(body);
      channel = fields.findText("channel").flatMap(Channel::find);
      // Whoever must come again later is told so before the rest is looked at.
      try (IntakeGate.Pass _ = gate.enter(call.user().id(), urgency(fields))) {
        IdempotencyKey key = key(call, body);
        return taken(call, key, report(fields), fields.ids("attachments"));
      }
    } catch (Failure refused) {
      measures.reportRefused(channel, refused.code().id());
      throw refused;
    }
  }

  private static Urgency urgency(Fields fields) {
    return chosen(fields, "urgency", fields.findText("urgency").orElse("normal"), Urgency::find);
  }

  /**
   * What the request is called by its client.
   *
   * @throws Failure {@code idempotency_key_missing}
   */
  static IdempotencyKey key(Call call, byte[] body) {
    return new IdempotencyKey(
        call.user().id(), call.header("Idempotency-Key").orElse(""), sha256(body));
  }

  private Answer taken(Call call, IdempotencyKey key, Report report, List<Long> attachments) {
    Enclosure enclosure = new Enclosure(attachments, "");
    report.call().ifPresent(id -> checkCall(id, call.user()));
    TakeReport.Answer answer =
        office
            .takeReport()
            .take(
                report,
                enclosure.ids(),
                call.user(),
                key,
                receipt -> Json.bytes(receipt(receipt, call.user())));
    return switch (answer) {
      case TakeReport.Answer.First(var receipt, var bytes) -> {
        Ticket ticket = receipt.ticket();
        measures.reportTaken(report.channel(), ticket.place().flag(), ticket.owner().isPresent());
        yield new Answer.Full(
            201, Answer.JSON, bytes, Map.of("Location", "/api/v1/tickets/" + ticket.id()));
      }
      case TakeReport.Answer.Again(var bytes) -> {
        measures.reportRepeated();
        yield new Answer.Full(200, Answer.JSON, bytes, Map.of("Idempotent-Replay", "true"));
      }
    };
  }

  private ObjectNode receipt(Receipt receipt, User asker) {
    ObjectNode node = writer.receipt(receipt, asker, office.clock().instant());
    // The report says where it leads; what lies outside the asker's scope is not theirs to read.
    Scope scope = asker.scope(office.pack().policy().units());
    Json.set(
        node,
        "componentDetails",
        receipt.component().filter(c -> c.within(scope)).map(components::component));
    return node;
  }

  /** Only the agent at whose phone a call is may say what came of it. */
  private void checkCall(long id, User agent) {
    if (office.calls().find(id, agent.id()).isEmpty()) {
      throw Failure.atField(
          FailureCode.CALL_UNKNOWN, "call", "只能关联自己的通话 · only calls at your own phone");
    }
  }

  private Report report(Fields fields) {
    fields.only(
        "channel",
        "type",
        "words",
        "caller",
        "address",
        "position",
        "accuracy",
        "category",
        "urgency",
        "attachments",
        "observedAt",
        "call",
        "component",
        "parent");
    return new Report(
        chosen(fields, "channel", fields.text("channel"), Channel::find),
        chosen(fields, "type", fields.text("type"), ReportType::find),
        urgency(fields),
        fields.text("words"),
        fields.find("caller").flatMap(this::caller),
        fields.findText("address").orElse(""),
        fields.find("position").map(p -> PositionFields.read(p, office.places())),
        fields.findNumber("accuracy").map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        fields.find("category").map(Reports::category),
        fields.findText("observedAt").map(text -> instant("observedAt", text)),
        fields.findId("call"),
        fields.findText("component").map(text -> ComponentQuery.code("component", text)),
        fields.find("parent").map(this::parent));
  }

  /** The same fields as of the action that links it later; its permission is asked as well. */
  private Action.LinkParent parent(Fields fields) {
    return (Action.LinkParent)
        office
            .forms()
            .read(
                ActionKind.LINK_PARENT,
                fields.only("number", "dueAt", "replyForm", "note").others(List.of()));
  }

  private Optional<Caller> caller(Fields fields) {
    fields.only("phone", "name", "confidential");
    String name = fields.findText("name").orElse("").strip();
    if (name.length() > MOST_NAME) {
      throw fields.wrong("name", "最多 100 字 · at most " + MOST_NAME + " characters");
    }
    String typed = fields.findText("phone").orElse("").strip();
    Confidentiality asked =
        fields.yes("confidential") ? Confidentiality.CONFIDENTIAL : Confidentiality.ORDINARY;
    if (typed.isEmpty() && name.isEmpty() && asked == Confidentiality.ORDINARY) {
      return Optional.empty();
    }
    City city = office.pack().city();
    String phone =
        typed.isEmpty()
            ? ""
            : CallerNumber.parse(typed, city.regionCode(), city.phoneAreaCode()).e164();
    return Optional.of(new Caller(phone, name, asked));
  }

  private Answer suggest(Call call) {
    Fields fields = Fields.of(call.bytes()).only("words", "category", "position", "component");
    String words = fields.text("words");
    if (words.length() > Report.MOST_WORDS) throw fields.wrong("words", "内容过长 · too long");
    Places places = office.places();
    Optional<RawPosition> position =
        fields.find("position").map(p -> PositionFields.read(p, places));
    TakeReport.Preview preview =
        office
            .takeReport()
            .preview(
                words,
                fields.find("category").map(Reports::category),
                position,
                fields.findText("component").map(text -> ComponentQuery.code("component", text)));
    ObjectNode node = Json.object();
    node.set("suggestions", Json.list(preview.suggestions(), TicketWriter::suggestion));
    // Routing knows all components; who asks reads of those in their scope.
    Scope scope = call.user().scope(office.pack().policy().units());
    Json.set(
        node,
        "component",
        preview.component().filter(c -> c.within(scope)).map(components::component));
    node.putNull("owner");
    node.set("candidates", Json.array());
    preview
        .owner()
        .ifPresent(
            owner -> {
              switch (owner) {
                case Assignment.Certain(var unit, var ground) ->
                    node.set("owner", writer.owner(unit.code(), ground, Optional.empty()));
                case Assignment.Uncertain(var doubt, var candidates) ->
                    node.set("candidates", Json.list(candidates, writer::candidate));
              }
            });
    return Answer.json(node);
  }

  private static CategoryKey category(Fields fields) {
    fields.only("kind", "code");
    String kind = fields.text("kind");
    String code = fields.text("code");
    if (kind.isBlank()) throw fields.wrong("kind", "必填 · needed");
    if (code.isBlank()) throw fields.wrong("code", "必填 · needed");
    return new CategoryKey(kind, code);
  }

  static Instant instant(String field, String text) {
    try {
      OffsetDateTime at = OffsetDateTime.parse(text);
      // RFC 3339 knows years of four digits, the database microseconds.
      if (at.getYear() >= FIRST_YEAR && at.getYear() <= LAST_YEAR)
        return at.toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      throw badTime(field);
    }
    throw badTime(field);
  }

  private static Failure badTime(String field) {
    return Failure.atField(
        FailureCode.INVALID_REQUEST,
        field,
        "需要带时区的时间,如 2026-03-01T08:00:00+08:00 · RFC 3339 with offset");
  }

  private static <T> T chosen(
      Fields fields, String name, String id, Function<String, Optional<T>> find) {
    return find.apply(id).orElseThrow(() -> fields.wrong(name, "没有此选项 · no such choice"));
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
