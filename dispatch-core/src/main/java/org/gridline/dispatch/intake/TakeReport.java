package org.gridline.dispatch.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.classify.Classifier;
import org.gridline.dispatch.classify.Suggestion;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.component.RouteByComponent;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.evidence.Enclose;
import org.gridline.dispatch.evidence.Enclosed;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.Assignment;
import org.gridline.dispatch.route.Assignment.Candidate;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.ClockEffect;
import org.gridline.dispatch.ticket.Decide;
import org.gridline.dispatch.ticket.Decision;
import org.gridline.dispatch.ticket.Policy;
import org.gridline.dispatch.ticket.Progress;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.Ticket.Matter;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.dispatch.ticket.TicketStore.Particulars;
import org.gridline.gis.position.RawPosition;

/**
 * The use case behind every channel: a report becomes a ticket, or is recognised as one that it
 * already became.
 */
public final class TakeReport {
  private static final String ROUTER_RULE = "auto-router";

  private final Supplier<Places> ground;
  private final Triage triage;
  private final Policy policy;
  private final Decide decide;
  private final Intake intake;
  private final Enclose enclose;
  private final TicketNumbers numbers;
  private final InstantSource clock;

  /**
   * @param ground the ground that holds now; taken once a report, so that its place and its version
   *     agree
   */
  public TakeReport(
      Supplier<Places> ground,
      Classifier classifier,
      Router router,
      RouteByComponent components,
      Policy policy,
      Decide decide,
      Intake intake,
      Enclose enclose,
      TicketNumbers numbers,
      InstantSource clock) {
    this.ground = ground;
    this.triage = new Triage(classifier, router, components, policy);
    this.policy = policy;
    this.decide = decide;
    this.intake = intake;
    this.enclose = enclose;
    this.numbers = numbers;
    this.clock = clock;
  }

  /** An answer, and whether this request caused it. */
  public sealed interface Answer {
    byte[] bytes();

    record First(Receipt receipt, byte[] bytes) implements Answer {}

    record Again(byte[] bytes) implements Answer {}
  }

  /**
   * Takes a report.
   *
   * @param writer turns the receipt into the bytes that this key is answered with, now and later
   */
  public Answer take(Report report, User by, IdempotencyKey key, Function<Receipt, byte[]> writer) {
    return take(report, List.of(), by, key, writer);
  }

  /**
   * The same with evidence.
   *
   * @param attachments ids of pieces that the same user sent before
   * @throws Failure also {@code attachment_unknown}
   */
  public Answer take(
      Report report,
      List<Long> attachments,
      User by,
      IdempotencyKey key,
      Function<Receipt, byte[]> writer) {
    Instant now = clock.instant();
    check(report, by, now);
    Intake.Begun begun = intake.begin(key, report.caller());
    if (begun.answer().isPresent()) return new Answer.Again(begun.answer().get());
    Enclosed enclosed;
    try {
      enclosed = enclose.toReport(attachments, by);
    } catch (Failure used) {
      // The same request may have used them a moment ago.
      return intake.findAnswer(key).map(Answer.Again::new).orElseThrow(() -> used);
    }

    Instant happened = report.observedAt().orElse(now);
    Places places = ground.get();
    Triage.Finding found = triage.look(places, told(report), policy.calendar().day(happened));

    List<TicketEvent> events = new ArrayList<>();
    Ticket ticket = register(report, by, found, happened, events);
    if (report.parent().isPresent()) {
      Decision linked = decide.decide(ticket, report.parent().get(), by, now);
      ticket = linked.after();
      events.add(linked.event());
    }
    List<Candidate> candidates = List.of();
    switch (found.owner()) {
      case Assignment.Certain(var unit, var ground) ->
          ticket =
              dispatch(ticket, found.suggestions().getFirst(), unit.code(), ground, events, now);
      case Assignment.Uncertain(var doubt, var units) -> candidates = units;
    }
    Particulars particulars = new Particulars(report.words(), report.address(), report.caller());
    Receipt receipt =
        new Receipt(
            ticket,
            particulars,
            found.suggestions(),
            candidates,
            found.component(),
            places.readings(found.place(), report.position()));
    byte[] bytes = writer.apply(receipt);
    return begun
        .register(
            new NewTicket(ticket, events, particulars, enclosed, key, report.call(), now, bytes))
        .<Answer>map(Answer.Again::new)
        .orElseGet(() -> new Answer.First(receipt, bytes));
  }

  private static Triage.Told told(Report report) {
    return new Triage.Told(
        report.words(),
        report.address(),
        report.position(),
        report.accuracyMetres(),
        report.category(),
        report.component());
  }

  /** What a report would get, while it is still being typed; nothing is stored. */
  public Preview preview(
      String words,
      Optional<CategoryKey> chosen,
      Optional<RawPosition> position,
      Optional<ComponentCode> component) {
    Triage.Told told =
        new Triage.Told(words, "", position, OptionalDouble.empty(), chosen, component);
    Triage.Finding found = triage.look(ground.get(), told, policy.calendar().day(clock.instant()));
    boolean located = found.place().position().isPresent();
    return new Preview(
        found.suggestions(),
        located ? Optional.of(found.owner()) : Optional.empty(),
        found.component());
  }

  /**
   * @param owner absent without a place
   * @param component the one that the report would speak of
   */
  public record Preview(
      List<Suggestion> suggestions, Optional<Assignment> owner, Optional<Component> component) {
    public Preview {
      suggestions = List.copyOf(suggestions);
    }
  }

  private void check(Report report, User by, Instant now) {
    if (!by.may(Permission.Right.TAKE_REPORT)) {
      throw new Failure(FailureCode.NOT_PERMITTED, "您的岗位不能登记诉求 · your role does not take reports");
    }
    report
        .observedAt()
        .ifPresent(
            at -> {
              if (!by.may(Permission.Right.BACKDATE_REPORT)) {
                throw new Failure(
                    FailureCode.NOT_PERMITTED, "您的岗位不能补录时间 · your role may not set observedAt");
              }
              if (at.isAfter(now)) {
                throw Failure.atField(
                    FailureCode.INVALID_REQUEST, "observedAt", "不能晚于现在 · not in the future");
              }
            });
  }

  private Ticket register(
      Report report, User by, Triage.Finding found, Instant happened, List<TicketEvent> events) {
    // A category is the ticket's own only when a person chose it or the router was sure enough to
    // act on it.
    Optional<CategoryKey> category =
        found.suggestions().stream()
            .findFirst()
            .filter(
                s -> report.category().isPresent() || found.owner() instanceof Assignment.Certain)
            .map(s -> s.category().key());
    Place place = found.place();
    Optional<String> component = found.component().map(c -> c.code().text());
    Matter matter =
        new Matter(report.channel(), report.type(), report.urgency(), category, component);
    Ticket.Subject subject =
        new Ticket.Subject(numbers.nextId(), numbers.nextId(), reporter(report));
    Ticket blank =
        new Ticket(
            numbers.nextId(),
            numbers.nextNumber(happened),
            TicketState.REGISTERED,
            0,
            matter,
            place,
            report.position(),
            Optional.empty(),
            subject,
            Progress.none(),
            List.of(),
            happened,
            happened);
    Ticket ticket = decide.started(blank, List.of(new ClockEffect.Start(Clock.ACCEPT)), happened);
    events.add(
        new TicketEvent(
            ticket.id(),
            1,
            happened,
            by.actor(),
            Optional.empty(),
            TicketState.REGISTERED,
            Optional.empty(),
            Optional.empty(),
            new Fact.TicketRegistered(
                report.channel().id(),
                report.type().id(),
                report.urgency().id(),
                place.flag().name().toLowerCase(Locale.ROOT),
                place.boundaryVersion(),
                place.areaCodes(),
                found.suggestions().stream().map(TakeReport::describe).toList(),
                candidates(found.owner()),
                found.owner() instanceof Assignment.Uncertain u
                    ? u.doubt().name().toLowerCase(Locale.ROOT)
                    : "",
                component.orElse(""),
                found.passed())));
    return ticket;
  }

  /** Accepted, filed and dispatched by rule, one event a step. */
  private Ticket dispatch(
      Ticket ticket,
      Suggestion kind,
      String unit,
      Ground ground,
      List<TicketEvent> events,
      Instant now) {
    for (Action action :
        List.of(
            new Action.Accept(kind.category().key(), ""),
            new Action.FileCase(""),
            new Action.Dispatch(unit, ""))) {
      Decision decision = decide.decideByRule(ticket, action, ROUTER_RULE, ground, now);
      ticket = decision.after();
      events.add(decision.event());
    }
    return ticket;
  }

  private static Ticket.Reporter reporter(Report report) {
    return report
        .caller()
        .map(
            c ->
                switch (c.confidentiality()) {
                  case ORDINARY ->
                      c.phone().isEmpty() ? Ticket.Reporter.NOBODY : Ticket.Reporter.CALLER;
                  case CONFIDENTIAL ->
                      c.phone().isEmpty()
                          ? Ticket.Reporter.CONFIDENTIAL_WITHOUT_PHONE
                          : Ticket.Reporter.CONFIDENTIAL_CALLER;
                })
        .orElse(Ticket.Reporter.NOBODY);
  }

  private static List<String> candidates(Assignment owner) {
    return switch (owner) {
      case Assignment.Certain c -> List.of();
      case Assignment.Uncertain(var doubt, var found) ->
          found.stream().map(c -> c.unit().code()).toList();
    };
  }

  private static String describe(Suggestion s) {
    return s.category().key().kind()
        + ":"
        + s.category().key().code()
        + "="
        + String.format(Locale.ROOT, "%.2f", s.score());
  }
}
