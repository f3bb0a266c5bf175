package org.gridline.console.measure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.gridline.dispatch.intake.Channel;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.store.StatementWatch;
import org.gridline.dispatch.ticket.ActionKind;

/**
 * The one place where Gridline's own measures are made; their names begin with {@code gridline_}
 * and each stands in {@code docs/operations.md}. Thread-safe; recording costs well under a
 * microsecond.
 *
 * <p>Whoever adds a part of the house adds its measures by {@link #gauge}, {@link #counter} and
 * {@link #timer}, with words from closed sets as labels.
 */
public final class Measures implements StatementWatch {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry;
  private final Map<Object, Timer> timers = new ConcurrentHashMap<>();
  private final Map<Object, Counter> counters = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger statements = new AtomicInteger();

  private record Request(String route, String method, int statusClass) {}

  private record Problem(String route, String code) {}

  private record Statement(String part, Kind kind) {}

  private record Broken(String part, String code) {}

  private record Taken(Channel channel, Place.Flag flag, boolean routed) {}

  private record Refused(String channel, String code) {}

  private record Acted(ActionKind kind, String result) {}

  public Measures(PrometheusMeterRegistry registry) {
    this.registry = registry;
    gauge(
        "gridline.http.in.flight", "Requests being answered, live streams included", requests::get);
    gauge(
        "gridline.database.in.flight",
        "Statements that run or wait for a connection",
        statements::get);
    Gauge.builder("gridline.build.info", () -> 1)
        .description("Always 1; the labels say what is running")
        .tags("version", version(), "java", Runtime.version().toString())
        .register(registry);
  }

  private static String version() {
    return Optional.ofNullable(Measures.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** A value that is asked for at each scrape; must not wait, NaN when not known. */
  public void gauge(String name, String help, DoubleSupplier value, String... labels) {
    Gauge.builder(name, value, DoubleSupplier::getAsDouble)
        .description(help)
        .tags(labels)
        .strongReference(true)
        .register(registry);
  }

  /** A number that only grows and is kept elsewhere. */
  public void total(String name, String help, DoubleSupplier value, String... labels) {
    io.micrometer.core.instrument.FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
        .description(help)
        .tags(labels)
        .register(registry);
  }

  /** Something to count; call once and keep it. */
  public Counter counter(String name, String help, String... labels) {
    return Counter.builder(name).description(help).tags(labels).register(registry);
  }

  /** Something that takes time, with the buckets that all times here have; keep it. */
  public Timer timer(String name, String help, String... labels) {
    return Timer.builder(name)
        .description(help)
        .tags(Tags.of(labels))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  /** A request begins. */
  public void requestBegins() {
    requests.incrementAndGet();
  }

  /**
   * A request was answered.
   *
   * @param route the template, never the address
   * @param method one of HTTP's own, or {@code OTHER}
   */
  public void requestEnds(String route, String method, int status, long nanos) {
    requests.decrementAndGet();
    Request key = new Request(route, method, status / 100);
    timer(
            key,
            () ->
                timer(
                    "gridline.http.request",
                    "Time to answer a request, by route template and class of status",
                    "route",
                    route,
                    "method",
                    method,
                    "status",
                    status / 100 + "xx"))
        .record(Duration.ofNanos(nanos));
  }

  /** A live stream ended; how long it lived says nothing about speed. */
  public void streamEnds() {
    requests.decrementAndGet();
  }

  /** A request was answered with a problem. */
  public void problem(String route, String code) {
    count(
        new Problem(route, code),
        () ->
            counter(
                "gridline.http.problems",
                "Requests answered with a problem, by its code",
                "route",
                route,
                "code",
                code));
  }

  /** A report became a ticket. */
  public void reportTaken(Channel channel, Place.Flag flag, boolean routed) {
    count(
        new Taken(channel, flag, routed),
        () ->
            counter(
                "gridline.reports",
                "Reports registered, by channel, place flag and whether an owner was certain",
                "channel",
                channel.id(),
                "flag",
                flag.name().toLowerCase(Locale.ROOT),
                "outcome",
                routed ? "routed" : "registered"));
  }

  /** A report was not taken. */
  public void reportRefused(Optional<Channel> channel, String code) {
    String name = channel.map(Channel::id).orElse("unknown");
    count(
        new Refused(name, code),
        () ->
            counter(
                "gridline.reports.refused",
                "Reports refused, by channel (unknown when unreadable) and code",
                "channel",
                name,
                "code",
                code));
  }

  /** A report came again under its key and got its first answer. */
  public void reportRepeated() {
    count(
        "repeated",
        () -> counter("gridline.reports.repeated", "Reports answered from their idempotency key"));
  }

  /**
   * Somebody acted on a ticket, or tried to.
   *
   * @param result {@code done} or the code of the failure
   */
  public void acted(ActionKind kind, String result) {
    count(
        new Acted(kind, result),
        () ->
            counter(
                "gridline.actions",
                "Actions on tickets, by kind and result",
                "action",
                kind.id(),
                "result",
                result));
  }

  @Override
  public void begins() {
    statements.incrementAndGet();
  }

  @Override
  public void ends(String part, Kind kind, String result, long nanos) {
    statements.decrementAndGet();
    String mode = kind.name().toLowerCase(Locale.ROOT);
    timer(
            new Statement(part, kind),
            () ->
                timer(
                    "gridline.database.statement",
                    "Time of a statement with its wait for a connection, by use",
                    "part",
                    part,
                    "kind",
                    mode))
        .record(Duration.ofNanos(nanos));
    if (result.equals("ok")) return;
    count(
        new Broken(part, result),
        () ->
            counter(
                "gridline.database.errors",
                "Statements that failed, by SQLSTATE, timeout or connection",
                "part",
                part,
                "code",
                result));
  }

  /** How many statements run or wait now. */
  public int statementsInFlight() {
    return statements.get();
  }

  /** Everything as Prometheus text. */
  public String scrape() {
    return registry.scrape();
  }

  private Timer timer(Object key, Supplier<Timer> make) {
    Timer known = timers.get(key);
    return known != null ? known : timers.computeIfAbsent(key, k -> make.get());
  }

  private void count(Object key, Supplier<Counter> make) {
    Counter known = counters.get(key);
    (known != null ? known : counters.computeIfAbsent(key, k -> make.get())).increment();
  }
}
