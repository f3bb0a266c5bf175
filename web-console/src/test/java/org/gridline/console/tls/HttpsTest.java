package org.gridline.console.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.gridline.console.Await;
import org.gridline.console.Town;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample city by HTTPS, with the authority it makes itself. */
class HttpsTest {
  private static final int PORT = Town.freePort();
  private static final Path DATA = Town.folder();
  private static Town town;
  private static HttpClient browser;

  @BeforeAll
  static void open() throws Exception {
    town = Town.open(TestDatabase.fresh(), DATA, new HttpsWish(PORT, Optional.empty()));
    browser = trusting(DATA.resolve("tls/ca.crt"));
  }

  @AfterAll
  static void close() {
    town.close();
  }

  private static HttpClient trusting(Path root) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("root", certificate(root));
    TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .sslContext(context)
        .version(HttpClient.Version.HTTP_2)
        .connectTimeout(Duration.ofSeconds(60))
        .build();
  }

  private static X509Certificate certificate(Path pem) throws Exception {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(60));
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void a_browser_that_trusts_the_authority_speaks_http_2_and_gets_a_secure_cookie()
      throws Exception {
    HttpResponse<String> signedIn =
        send(
            browser,
            request(PORT, "/api/v1/sessions")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"user\":\"chief1\",\"password\":\"" + Town.PASSWORD + "\"}")));
    assertThat(signedIn.statusCode()).isEqualTo(201);
    assertThat(signedIn.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(signedIn.sslSession().map(SSLSession::getProtocol)).contains("TLSv1.3");
    assertThat(signedIn.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
    // The sample's machine serves other things too.
    assertThat(signedIn.headers().firstValue("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void the_live_feed_runs_over_http_2() throws Exception {
    HttpResponse<InputStream> feed =
        browser.send(
            request(PORT, "/api/v1/events")
                .header("Authorization", "Bearer " + town.token("chief1"))
                .build(),
            BodyHandlers.ofInputStream());
    assertThat(feed.version()).isEqualTo(HttpClient.Version.HTTP_2);
    try (InputStream stream = feed.body()) {
      assertThat(stream.readNBytes(3)).hasSize(3);
    }
  }

  @Test
  void a_file_of_some_megabytes_arrives_whole_over_http_2() throws Exception {
    // Noise behind the smallest picture: larger than every window and buffer on the way.
    byte[] body = new byte[3 << 20];
    new Random(6).nextBytes(body);
    HttpResponse<String> refused =
        send(
            browser,
            request(PORT, "/api/v1/attachments")
                .header("Authorization", "Bearer " + town.token("chief1"))
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(body)));
    assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
    // It is no picture, which only who has read it can say.
    assertThat(refused.statusCode()).isBetween(415, 422);
  }

  @Test
  void whoever_does_not_know_the_authority_is_not_let_near() {
    try (HttpClient stranger = HttpClient.newHttpClient()) {
      assertThatThrownBy(() -> send(stranger, request(PORT, "/health/live")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("PKIX");
    }
  }

  @Test
  void phones_get_the_authority_and_nobody_its_key() throws Exception {
    HttpResponse<String> root = town.send(town.request("/ca.crt"));
    assertThat(root.statusCode()).isEqualTo(200);
    assertThat(root.body()).isEqualTo(Files.readString(DATA.resolve("tls/ca.crt")));
    for (String file : Set.of("ca.key", "server.key", "ca.crt"))
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(DATA.resolve("tls").resolve(file))))
          .isEqualTo("rw-------");
    X509Certificate authority = certificate(DATA.resolve("tls/ca.crt"));
    assertThat(authority.getBasicConstraints()).isZero();
    assertThat(authority.getCriticalExtensionOIDs()).contains("2.5.29.30");
    assertThat(Town.shared().send(Town.shared().request("/ca.crt")).statusCode()).isEqualTo(404);
  }

  @Test
  void this_machine_still_comes_by_the_plain_port() {
    assertThat(town.send(town.request("/health/live")).statusCode()).isEqualTo(200);
    assertThat(town.send(town.as("chief1", "/api/v1/sessions/current")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void keys_are_kept_until_they_run_out_or_a_name_is_missing(@TempDir Path folder)
      throws Exception {
    LocalAuthority authority = new LocalAuthority(folder.resolve("tls"));
    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    Https first = authority.keys(8443, Set.of("localhost", "127.0.0.1"), now);
    X509Certificate root = certificate(authority.root());
    byte[] server = Files.readAllBytes(first.certificate());
    authority.keys(8443, Set.of("127.0.0.1"), now.plus(Duration.ofDays(300)));
    assertThat(Files.readAllBytes(first.certificate())).isEqualTo(server);
    authority.keys(8443, Set.of("127.0.0.1", "192.168.1.9"), now.plus(Duration.ofDays(300)));
    byte[] wider = Files.readAllBytes(first.certificate());
    assertThat(wider).isNotEqualTo(server);
    authority.keys(8443, Set.of("127.0.0.1"), now.plus(Duration.ofDays(680)));
    assertThat(Files.readAllBytes(first.certificate())).isNotEqualTo(wider);
    assertThat(certificate(authority.root())).isEqualTo(root);
    certificate(first.certificate()).verify(root.getPublicKey());
  }

  @Test
  void damaged_keys_are_told_of_and_not_written_over(@TempDir Path folder) throws Exception {
    LocalAuthority authority = new LocalAuthority(folder.resolve("tls"));
    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    authority.keys(8443, Set.of("localhost"), now);
    Files.writeString(
        folder.resolve("tls/ca.key"),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThatThrownBy(() -> authority.keys(8443, Set.of("localhost"), now))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tls");
    assertThat(Files.readString(folder.resolve("tls/ca.key"))).contains("AAAA");
  }

  @Test
  void a_real_city_brings_its_own_keys(@TempDir Path folder) {
    assertThatThrownBy(
            () -> new HttpsWish(8443, Optional.empty()).keys(City.Kind.REAL, folder, Instant.EPOCH))
        .hasMessageContaining("--certificate");
  }

  @Test
  void a_renewed_certificate_is_taken_without_a_restart(@TempDir Path folder) throws Exception {
    Https first = new LocalAuthority(folder.resolve("a")).keys(1, names(), Instant.now());
    Https second = new LocalAuthority(folder.resolve("b")).keys(1, names(), Instant.now());
    Path certificate = Files.copy(first.certificate(), folder.resolve("city.crt"));
    Path key = Files.copy(first.key(), folder.resolve("city.key"));
    int port = Town.freePort();
    try (Town city =
        Town.open(
            TestDatabase.fresh(),
            Town.folder(),
            new HttpsWish(port, Optional.of(new HttpsWish.Own(certificate, key))))) {
      assertThat(city.send(city.request("/ca.crt")).statusCode()).isEqualTo(404);
      assertThat(shown(folder.resolve("a/ca.crt"), port)).isEqualTo(serial(first.certificate()));
      // Half of it first, as a careless script does: the old one goes on.
      Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\n");
      assertThat(shown(folder.resolve("a/ca.crt"), port)).isEqualTo(serial(first.certificate()));
      Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(second.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
      String renewed = serial(second.certificate());
      Await.until(() -> shown(folder.resolve("b/ca.crt"), port).equals(renewed));
    }
  }

  private static Set<String> names() {
    return Set.of("127.0.0.1");
  }

  private static String serial(Path pem) throws Exception {
    return certificate(pem).getSerialNumber().toString();
  }

  /** What the server on that port shows to somebody who trusts the root; empty when it fails. */
  private static String shown(Path root, int port) {
    try (HttpClient client = trusting(root)) {
      SSLSession session = send(client, request(port, "/health/live")).sslSession().orElseThrow();
      X509Certificate first = (X509Certificate) session.getPeerCertificates()[0];
      return first.getSerialNumber().toString();
    } catch (IOException e) {
      return "";
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
