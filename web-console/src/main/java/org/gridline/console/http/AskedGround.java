package org.gridline.console.http;

import io.vertx.core.Future;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gridline.console.Office;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.ground.KnownGrounds;
import org.gridline.dispatch.people.Permission;

/** Which ground a request is about: the one that holds, that of a day, or a version by name. */
public final class AskedGround {
  private static final int MOST_SECONDS = 20;

  private final Office office;
  private final BoundaryVersions versions;
  private final KnownGrounds known;

  public AskedGround(Office office, BoundaryVersions versions, KnownGrounds known) {
    this.office = office;
    this.versions = versions;
    this.known = known;
  }

  /** By {@code date} (the version that held when that day ended) or {@code version}. */
  GroundSnapshot of(Call call) {
    Optional<String> version = call.query("version");
    Optional<String> date = call.query("date");
    if (version.isPresent() && date.isPresent())
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "version", "date 与 version 只能给一个 · either date or version");
    if (version.isPresent()) return named(call, version.get());
    if (date.isEmpty()) return office.ground().get();
    Instant asked = endOf(day("date", date.get()));
    return get(
        versions
            .findValidAt(asked)
            .orElseThrow(
                () ->
                    Failure.atField(
                        FailureCode.NOT_FOUND,
                        "date",
                        "那一天还没有边界 · no boundaries on that day yet")));
  }

  /** What was never decided on is for those who decide. */
  private GroundSnapshot named(Call call, String version) {
    boolean manages = call.user().may(Permission.Right.MANAGE_BOUNDARIES);
    BoundaryVersion found =
        versions
            .find(version)
            .filter(v -> manages || v.activatedAt().isPresent())
            .orElseThrow(
                () -> new Failure(FailureCode.NOT_FOUND, "没有此边界版本 · no such boundary version"));
    return get(found.version());
  }

  private GroundSnapshot get(String version) {
    GroundSnapshot now = office.ground().get();
    if (now.version().equals(version)) return now;
    try {
      return Future.fromCompletionStage(known.ask(version))
          .timeout(MOST_SECONDS, TimeUnit.SECONDS)
          .await();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Failure failure) throw failure;
      throw e;
    } catch (Exception e) {
      // Awaiting throws what the future failed with, checked or not.
      if (!(e instanceof TimeoutException)) throw e;
      throw new Failure(FailureCode.UNAVAILABLE, "请几秒后重试 · try again in a few seconds");
    }
  }

  private Instant endOf(LocalDate day) {
    ZoneId zone = office.pack().city().timeZone();
    Instant now = office.clock().instant();
    if (day.equals(LocalDate.ofInstant(now, zone))) return now;
    return day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1);
  }

  /** A day as people write it; years of four digits. */
  static LocalDate day(String field, String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() >= 1900 && day.getYear() <= 9_998) return day;
    } catch (DateTimeException e) {
      throw badDay(field);
    }
    throw badDay(field);
  }

  private static Failure badDay(String field) {
    return Failure.atField(
        FailureCode.INVALID_REQUEST, field, "需要日期,如 2026-03-01 · a date such as 2026-03-01");
  }
}
