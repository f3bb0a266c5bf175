package org.gridline.hotline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.notice.Letter;
import org.gridline.dispatch.notice.NoticeMeans.Verdict;
import org.gridline.dispatch.notice.Occasion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * Mail over a connection that begins in clear and becomes TLS, at a real server: its certificate is
 * looked at, and without TLS nothing of a letter is said.
 */
@Timeout(300)
class StartTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder = Path.of("");

  private final Vertx vertx = Vertx.vertx();
  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private final List<SMTPServer> servers = new ArrayList<>();

  @BeforeAll
  static void twoAuthorities() throws IOException, InterruptedException {
    for (String authority : List.of("ca", "stranger")) {
      key(authority, "-ext", "bc=ca:true");
      keytool(
          List.of(
              "-exportcert",
              "-rfc",
              "-alias",
              authority,
              "-file",
              authority(authority).toString()));
    }
    key("here", "-signer", "ca", "-ext", "san=dns:localhost");
    key("elsewhere", "-signer", "ca", "-ext", "san=dns:mail.example.gov.cn");
  }

  @AfterEach
  void stop() {
    servers.forEach(SMTPServer::stop);
    vertx.close().await();
  }

  @Test
  void a_letter_goes_by_tls_to_a_server_whose_certificate_holds() throws Exception {
    assertThat(tells(server("here"), Optional.of(authority("ca")))).isEqualTo(new Verdict.Taken());
    assertThat(taken).containsExactly("tls handler@example.gov.cn");
  }

  @Test
  void a_certificate_of_nobody_known_is_refused() throws Exception {
    SMTPServer server = server("here");
    assertThat(tells(server, Optional.empty())).isEqualTo(new Verdict.Later("no tls"));
    assertThat(tells(server, Optional.of(authority("stranger"))))
        .isEqualTo(new Verdict.Later("no tls"));
    assertThat(taken).isEmpty();
  }

  @Test
  void the_certificate_of_another_host_is_refused() throws Exception {
    assertThat(tells(server("elsewhere"), Optional.of(authority("ca"))))
        .isEqualTo(new Verdict.Later("no tls"));
    assertThat(taken).isEmpty();
  }

  @Test
  void a_server_that_offers_no_tls_gets_no_letter() {
    SMTPServer plain = started(builder().build());
    assertThat(tells(plain, Optional.empty())).isEqualTo(new Verdict.Later("no tls"));
    assertThat(taken).isEmpty();
  }

  private SMTPServer server(String key) throws GeneralSecurityException, IOException {
    return started(builder().enableTLS().startTlsSocketFactory(context(key)).build());
  }

  private SMTPServer.Builder builder() {
    return SMTPServer.port(0)
        .bindAddress(InetAddress.getLoopbackAddress())
        .messageHandler(
            (context, from, to, data) ->
                taken.add((((Session) context).isTLSStarted() ? "tls " : "clear ") + to));
  }

  private SMTPServer started(SMTPServer server) {
    server.start();
    servers.add(server);
    return server;
  }

  private Verdict tells(SMTPServer server, Optional<Path> authority) {
    MailSettings settings =
        new MailSettings(
            "localhost",
            server.getPortAllocated(),
            MailSettings.Tls.STARTTLS,
            "",
            "",
            "gridline@example.gov.cn",
            URI.create("https://gridline.example.gov.cn"),
            Set.of(),
            authority);
    try (SmtpMail mail =
        new SmtpMail(
            vertx,
            settings,
            ZoneId.of("Asia/Shanghai"),
            new Names("栖霞区", "Qixia"),
            Optional.empty())) {
      return mail.tell(
          new Letter(
              "1",
              "handler@example.gov.cn",
              Occasion.SUPERVISED,
              4711,
              "QX2026112200100",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              0,
              0));
    }
  }

  private static Path authority(String name) {
    return folder.resolve(name + ".pem");
  }

  private static void key(String name, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname"));
    command.addAll(List.of("CN=" + name, "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of(more));
    keytool(command);
  }

  private static void keytool(List<String> what) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(what);
    command.addAll(
        List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0).as(said).isTrue();
  }

  /** A server that shows this one of the certificates. */
  private static SSLContext context(String key) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    for (String alias : Collections.list(keys.aliases()))
      if (!alias.equals(key)) keys.deleteEntry(alias);
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    return context;
  }
}
