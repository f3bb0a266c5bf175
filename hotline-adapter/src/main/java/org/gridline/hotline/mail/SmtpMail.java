package org.gridline.hotline.mail;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.notice.Letter;
import org.gridline.dispatch.notice.MeansKind;
import org.gridline.dispatch.notice.NoticeMeans;

/**
 * Notices by e-mail. A letter that is told again has the same {@code Message-ID}, so that a mailbox
 * that has it already can show it once. Called on virtual threads.
 */
public final class SmtpMail implements NoticeMeans, AutoCloseable {
  private static final int CONNECTIONS = 2;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int IDLE_SECONDS = 30;

  /** Shorter than the lease of a row. */
  private static final int MOST_SECONDS = 60;

  private final MailClient client;
  private final MailSettings settings;
  private final LetterText words;

  /**
   * @param note of the city, such as that its data is synthetic
   */
  public SmtpMail(
      Vertx vertx, MailSettings settings, ZoneId zone, Names city, Optional<Names> note) {
    this.settings = settings;
    this.words = new LetterText(settings.publicUrl(), zone, city, note);
    MailConfig config =
        new MailConfig()
            .setHostname(settings.host())
            .setPort(settings.port())
            .setSsl(settings.tls() == MailSettings.Tls.TLS)
            .setStarttls(
                settings.tls() == MailSettings.Tls.STARTTLS
                    ? StartTLSOptions.REQUIRED
                    : StartTLSOptions.DISABLED)
            .setLogin(settings.user().isEmpty() ? LoginOption.NONE : LoginOption.REQUIRED)
            .setMaxPoolSize(CONNECTIONS)
            .setKeepAlive(false)
            .setConnectTimeout(CONNECT_MILLIS)
            .setIdleTimeout(IDLE_SECONDS);
    // The client checks the host's name by itself; told to by its setting, it does not (5.0.8).
    settings
        .authority()
        .ifPresent(
            file -> config.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    if (!settings.user().isEmpty())
      config.setUsername(settings.user()).setPassword(settings.password());
    this.client = MailClient.create(vertx, config);
  }

  @Override
  public MeansKind kind() {
    return MeansKind.EMAIL;
  }

  @Override
  public Verdict tell(Letter letter) {
    if (!settings.reaches(letter.to())) return new Verdict.Refused("address not allowed");
    MailMessage mail =
        new MailMessage()
            .setFrom(settings.from())
            .setTo(letter.to())
            .setSubject(words.subject(letter))
            .setText(words.body(letter))
            .setHeaders(
                MultiMap.caseInsensitiveMultiMap()
                    .add("Message-ID", messageId(letter))
                    .add("Auto-Submitted", "auto-generated"));
    try {
      client.sendMail(mail).timeout(MOST_SECONDS, TimeUnit.SECONDS).await();
      return new Verdict.Taken();
    } catch (Throwable e) {
      return verdict(e);
    }
  }

  private String messageId(Letter letter) {
    return "<notice-" + letter.id() + settings.from().substring(settings.from().indexOf('@')) + ">";
  }

  /** By what is known: a server's own words repeat the address, so only their number is told. */
  private static Verdict verdict(Throwable e) {
    if (e instanceof SMTPException said && said.getReplyCode() > 0) {
      String why = "smtp " + said.getReplyCode();
      return said.getReplyCode() >= 500 ? new Verdict.Refused(why) : new Verdict.Later(why);
    }
    if (e instanceof ConnectException || e instanceof UnknownHostException)
      return new Verdict.Later("not reached");
    // Before anything was said of the letter.
    if (e instanceof SSLException || String.valueOf(e.getMessage()).contains("STARTTLS"))
      return new Verdict.Later("no tls");
    if (e instanceof TimeoutException) return new Verdict.Unknown("no answer in time");
    return new Verdict.Unknown("answer lost, " + e.getClass().getSimpleName());
  }

  @Override
  public void close() {
    client.close();
  }
}
