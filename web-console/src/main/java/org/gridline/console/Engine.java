package org.gridline.console;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.List;
import org.gridline.gis.position.CoordinateSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server runs on. */
final class Engine {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private Engine() {}

  static Vertx start(PrometheusMeterRegistry metrics) {
    // Requests are measured by ourselves, by their route. Vert.x's measures of servers are not yet
    // there when the first request comes while it begins to listen: it would get no answer.
    MicrometerMetricsOptions measured =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .setJvmMetricsEnabled(true)
            .setLabels(EnumSet.of(Label.POOL_TYPE, Label.POOL_NAME))
            .addDisabledMetricsCategory(MetricsDomain.HTTP_SERVER)
            .addDisabledMetricsCategory(MetricsDomain.NET_SERVER)
            .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS)
            .addDisabledMetricsCategory(MetricsDomain.HTTP_CLIENT)
            .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT);
    return Vertx.builder()
        .with(
            new VertxOptions()
                // Twice as many, which is usual, hand each other what one could do: a report cost
                // the loops a third more.
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setMetricsOptions(measured)
                .setPreferNativeTransport(false))
        .withMetrics(new MicrometerMetricsFactory(metrics))
        .build();
  }

  /** The first look-up of a system takes seconds; nobody at a desk should wait for it. */
  static void warmUp(List<CoordinateSystem> systems) {
    Thread.ofPlatform()
        .daemon()
        .name("coordinate-systems")
        .start(
            () -> {
              for (CoordinateSystem system : systems) {
                try {
                  system.check();
                } catch (IllegalArgumentException e) {
                  LOG.error("city.yaml, coordinateSystems: {}", e.getMessage());
                }
              }
            });
  }
}
