package org.gridline.console.boundaries;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gridline.console.Office;
import org.gridline.console.view.BoundaryWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.ground.AreaOverlay;
import org.gridline.dispatch.ground.BoundaryImport;
import org.gridline.dispatch.ground.BoundaryImport.State;
import org.gridline.dispatch.ground.BoundaryImports;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.ground.KnownGrounds;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.dispatch.ground.Patience;
import org.gridline.dispatch.ground.TicketsThatMove;
import org.gridline.dispatch.route.Router;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.Finding;
import org.gridline.gis.boundary.LayerFit;
import org.gridline.gis.boundary.ReadingProgress;
import org.gridline.gis.boundary.UnusableBoundaries;

/**
 * The work on one upload, from the file to the question whether it shall hold. Reads top-down;
 * waits for the database, so not on an event loop.
 */
public final class ImportWork {
  private static final int MOST_FINDINGS = 500;
  private static final int MOST_TICKETS = 100;
  private static final int BUILD_SECONDS = 120;
  private static final int FEATURES_A_PERCENT = 700;

  /** A whole city redrawn takes seconds; what takes minutes is no file for one import. */
  private static final Duration COMPARING = Duration.ofMinutes(5);

  /** Some hundred thousand tickets; the answer says when it is not all of them. */
  private static final Duration COUNTING = Duration.ofMinutes(2);

  private final Office office;
  private final BoundaryVersions versions;
  private final BoundaryImports imports;
  private final KnownGrounds known;

  public ImportWork(
      Office office, BoundaryVersions versions, BoundaryImports imports, KnownGrounds known) {
    this.office = office;
    this.versions = versions;
    this.imports = imports;
    this.known = known;
  }

  /** Hears how far the work is. */
  interface Progress {
    void at(State state, int percent);
  }

  void run(BoundaryImport fresh, LayerWish wish, Path file, Progress progress) {
    progress.at(State.CHECKING, 5);
    String sha256 = sha256(file);
    Optional<CheckedBoundaries> read = read(fresh.id(), wish, file, sha256, progress);
    if (read.isEmpty()) return;
    progress.at(State.CHECKING, 20);

    BoundaryVersion base =
        versions.findTip().orElseThrow(() -> new IllegalStateException("no boundaries at all"));
    GroundSnapshot before = get(base.version());
    CityPack pack = office.pack();
    List<Area> areas = read.get().boundaries().areas().stream().map(pack::coded).toList();
    LayerNote layer =
        wish.note(
            before.layers().stream().filter(l -> l.id().equals(wish.layer())).findFirst(),
            fresh.fileName(),
            sha256);
    NewGround ground = NewGround.of(before, layer, areas);
    List<Finding> findings = new ArrayList<>(read.get().findings());
    findings.addAll(ground.findings());
    if (ground.findings().isEmpty())
      findings.addAll(
          LayerFit.check(
              ground.boundaries(),
              wish.layer(),
              percent -> progress.at(State.CHECKING, 20 + percent * 15 / 100)));
    imports.found(fresh.id(), sha256, text(findings));
    if (!ground.findings().isEmpty()) {
      refuse(fresh.id(), "代码与其他图层重复 · codes are already those of other areas");
      return;
    }

    Boundaries boundaries = ground.boundaries();
    AreaOverlay.Found found =
        AreaOverlay.compare(
            wish.layer(),
            before.boundaries().list(wish.layer()),
            boundaries.list(wish.layer()),
            Patience.of(COMPARING));
    progress.at(State.CHECKING, 38);
    String version = name(fresh.id(), base.version(), sha256, wish);
    GroundSnapshot after;
    try {
      after = GroundSnapshot.build(version, ground.layers(), boundaries, known.settings());
    } catch (UnusableBoundaries tooLarge) {
      findings.addAll(0, tooLarge.findings());
      imports.found(fresh.id(), sha256, text(findings));
      refuse(fresh.id(), "边界无法建立索引 · the boundaries can't be looked up in bounded memory");
      return;
    }
    progress.at(State.STAGING, 40);
    imports.staging(fresh.id(), version);
    boolean staged =
        versions.stage(
            new BoundaryVersions.Staging(
                version,
                BoundaryVersion.Origin.IMPORT,
                Optional.empty(),
                Optional.of(base.version()),
                wish.note(),
                ground.layers()),
            boundaries,
            new BoundaryVersions.Lineage(found.heritage(), found.begun()),
            percent -> progress.at(State.STAGING, 40 + percent * 3 / 10));
    if (!staged) {
      imports.end(
          fresh.id(),
          State.FAILED,
          "暂存期间被另一服务清除,请重新导入 · another server cleaned it up while it was being staged: import again",
          Optional.empty(),
          office.clock().instant());
      return;
    }

    progress.at(State.COMPARING, 75);
    known.keep(after);
    TicketsThatMove.Counted tickets =
        TicketsThatMove.count(
            office.tickets(),
            before,
            after,
            router(pack),
            office.components().route(),
            pack.policy(),
            day(wish),
            MOST_TICKETS,
            Patience.of(COUNTING),
            looked -> progress.at(State.COMPARING, 75 + (int) Math.min(20, looked / 500)));
    ArrayNode warnings =
        Warnings.of(pack, wish.layer(), before.boundaries().areas(), boundaries.areas(), found);
    String changes =
        Json.text(ChangesWriter.write(base.version(), wish.layer(), found, tickets, warnings));
    imports.ready(fresh.id(), changes, office.clock().instant());
    imports.markStale(office.clock().instant());
    // Somebody may have ended it meanwhile; then nobody will ask for its version.
    if (imports.find(fresh.id()).filter(i -> i.state() == State.READY).isEmpty())
      versions.drop(version);
  }

  private Optional<CheckedBoundaries> read(
      long id, LayerWish wish, Path file, String sha256, Progress progress) {
    // How many features come is not known; a district's 10,000 fill the span.
    ReadingProgress reading =
        (from, features) ->
            progress.at(State.CHECKING, 5 + Math.min(15, features / FEATURES_A_PERCENT));
    try {
      return Optional.of(CheckedBoundaries.readEach(List.of(wish.source(file)), reading));
    } catch (UnusableBoundaries unusable) {
      imports.found(id, sha256, text(unusable.findings()));
      refuse(id, "文件不能使用,见检查结果 · the file can't be used; see the findings");
    } catch (IllegalArgumentException | UncheckedIOException unreadable) {
      imports.found(
          id,
          sha256,
          text(
              List.of(
                  new Finding(
                      Finding.Code.NOT_READABLE,
                      "file",
                      String.valueOf(unreadable.getMessage()).replace(file.toString(), "file")))));
      refuse(id, "文件不能读取 · the file can't be read");
    }
    return Optional.empty();
  }

  private void refuse(long id, String problem) {
    imports.end(id, State.REFUSED, problem, Optional.empty(), office.clock().instant());
  }

  private static String text(List<Finding> findings) {
    return BoundaryWriter.findings(findings.stream().limit(MOST_FINDINGS).toList()).toString();
  }

  private GroundSnapshot get(String version) {
    GroundSnapshot now = office.ground().get();
    if (now.version().equals(version)) return now;
    try {
      return known.ask(version).get(BUILD_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("version " + version + " can't be loaded", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the server stops", e);
    }
  }

  private static Router router(CityPack pack) {
    return new Router(
        pack.duties(), pack.policy().units(), pack.certainScore(), Router.Dispatching.BY_RULE);
  }

  private LocalDate day(LayerWish wish) {
    ZoneId zone = office.pack().city().timeZone();
    return wish.validFrom().orElseGet(() -> LocalDate.ofInstant(office.clock().instant(), zone));
  }

  private static String name(long id, String base, String sha256, LayerWish wish) {
    String all = id + "|" + base + "|" + sha256 + "|" + wish.json();
    return HexFormat.of().formatHex(digest().digest(all.getBytes(StandardCharsets.UTF_8)), 0, 8);
  }

  private static String sha256(Path file) {
    MessageDigest digest = digest();
    byte[] part = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(part); n >= 0; n = in.read(part)) digest.update(part, 0, n);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
