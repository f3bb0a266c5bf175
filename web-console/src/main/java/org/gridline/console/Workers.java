package org.gridline.console;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gridline.console.http.EmergencyRoutes;
import org.gridline.console.http.Endpoint;
import org.gridline.console.http.PositionRoutes;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.city.TrackFile;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.store.Database;
import org.gridline.dispatch.track.DeclareEmergency;
import org.gridline.dispatch.track.Emergencies;
import org.gridline.dispatch.track.RecordPositions;
import org.gridline.dispatch.track.TrackRules;
import org.gridline.dispatch.track.Tracks;
import org.gridline.dispatch.track.WhoIsOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires where workers are: what their devices tell, and that it goes again. */
final class Workers {
  private static final long REFRESH_MILLIS = 4_000;
  private static final long KEEP_MILLIS = 10 * 60_000;

  /** Days that stand ready; a server that has not been restarted for long makes more each round. */
  private static final Duration READY = Duration.ofDays(3);

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final Office office;
  private final Tracks tracks;
  private final Emergencies emergencies;
  private final Optional<TrackRules> rules;
  private final WhoIsOut out;

  private Workers(
      Office office,
      Tracks tracks,
      Emergencies emergencies,
      Optional<TrackRules> rules,
      WhoIsOut out) {
    this.office = office;
    this.tracks = tracks;
    this.emergencies = emergencies;
    this.rules = rules;
    this.out = out;
  }

  /** Reads the pack's rules, and makes room for tracks; before the server listens. */
  static Workers open(Options options, Office office, Database database) {
    Optional<TrackRules> rules = TrackFile.read(options.city());
    UnitTree units = office.pack().policy().units();
    Tracks tracks = database.tracks();
    Emergencies emergencies = database.emergencies();
    WhoIsOut out =
        new WhoIsOut(
            tracks,
            emergencies,
            rules.orElse(TrackRules.NONE),
            l ->
                new Tracks.Worker(
                    l.worker(), l.unit(), l.unit().map(units::withSubUnits).orElse(Set.of())));
    Workers workers = new Workers(office, tracks, emergencies, rules, out);
    workers.keepDays();
    return workers;
  }

  List<Endpoint> endpoints() {
    RecordPositions record =
        new RecordPositions(tracks, out, rules, office::places, office.pack().policy().units());
    DeclareEmergency declare =
        new DeclareEmergency(
            emergencies, out, rules, code -> office.ground().get().findArea(code).isPresent());
    return Stream.concat(
            new PositionRoutes(office, tracks, out, record, rules).endpoints().stream(),
            new EmergencyRoutes(office, emergencies, declare).endpoints().stream())
        .toList();
  }

  void start(Vertx vertx) {
    DeploymentOptions virtual =
        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    vertx.deployVerticle(new Every(REFRESH_MILLIS, this::refresh), virtual).await();
    vertx.deployVerticle(new Every(KEEP_MILLIS, this::keepDays), virtual).await();
  }

  WhoIsOut out() {
    return out;
  }

  private void refresh() {
    try {
      out.refresh(office.clock().instant());
    } catch (Failure e) {
      LOG.debug("workers' positions are as they were, code={}", e.code().id());
    }
  }

  /** A city that no longer tracks anybody keeps what it has for no longer than today. */
  private void keepDays() {
    Instant now = office.clock().instant();
    try {
      tracks.keepDays(
          now.minus(rules.map(TrackRules::kept).orElse(Duration.ZERO)), now.plus(READY));
    } catch (Failure e) {
      LOG.warn("old tracks stay for now, code={}", e.code().id());
    }
  }
}
