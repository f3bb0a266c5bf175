package org.gridline.console;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.gridline.console.health.NoticesHealth;
import org.gridline.console.health.TimersHealth;
import org.gridline.console.http.Endpoint;
import org.gridline.console.http.NoticeRoutes;
import org.gridline.console.measure.TimerMeasures;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.city.NoticeFile;
import org.gridline.dispatch.deadline.DueAct;
import org.gridline.dispatch.notice.MeansKind;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.notice.Notices;
import org.gridline.dispatch.notice.Outbox;
import org.gridline.dispatch.notice.Receivers;
import org.gridline.dispatch.notice.SendNotices;
import org.gridline.dispatch.store.Database;
import org.gridline.hotline.mail.MailSettings;
import org.gridline.hotline.mail.SmtpMail;

/** Wires what happens by time: the sweep of due clocks, and what people are told of. */
final class Clocks {
  private final Database database;
  private final NoticeRules rules;
  private final TimerMeasures measures;
  private final Notices notices;
  private final Outbox outbox;
  private final Receivers receivers;
  private final Optional<MailSettings> mail;

  private Clocks(
      Database database,
      NoticeRules rules,
      TimerMeasures measures,
      Office office,
      Optional<MailSettings> mail) {
    this.database = database;
    this.rules = rules;
    this.measures = measures;
    this.notices = database.notices();
    this.outbox = database.outbox();
    this.receivers = new Receivers(database.rosters(), notices, office.pack().policy().units());
    this.mail = mail;
  }

  /** Reads the pack's rules and lets the watch look at the timers; before its routes are made. */
  static Clocks open(Options options, Office office, Database database, Watch watch) {
    TimerMeasures measures = new TimerMeasures(watch.measures());
    watch.add(new TimersHealth(measures::heldSeconds, measures::aside));
    Optional<MailSettings> mail =
        MailSettings.read(options.data().resolve("secrets"), System.getenv());
    Clocks clocks =
        new Clocks(
            database, NoticeFile.read(options.city(), office.pack()), measures, office, mail);
    watch.add(
        new NoticesHealth(
            clocks.outbox,
            office.clock(),
            clocks.mail.isPresent() ? Duration.ofMinutes(15) : Duration.ofDays(3_650)));
    return clocks;
  }

  List<Endpoint> endpoints(Office office) {
    return new NoticeRoutes(
            office,
            notices,
            receivers,
            outbox,
            (means, address) ->
                means == MeansKind.EMAIL && mail.filter(m -> m.reaches(address)).isPresent())
        .endpoints();
  }

  void start(Vertx vertx, Office office) {
    database.loops().startTimers(rules, DueAct.byLifecycle(office.decide()), measures);
    database.loops().startTelling(rules);
    City city = office.pack().city();
    mail.ifPresent(
        settings ->
            database
                .loops()
                .startSending(
                    new SendNotices(
                        outbox,
                        receivers,
                        office.accounts(),
                        office.pack().policy().units(),
                        List.of(
                            new SmtpMail(
                                vertx, settings, city.timeZone(), city.name(), city.note())))));
  }
}
