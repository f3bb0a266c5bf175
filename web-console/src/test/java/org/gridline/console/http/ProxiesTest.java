package org.gridline.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.gridline.console.http.Reached.Scheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whose word counts about where a request comes from. */
class ProxiesTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static volatile Proxies proxies = Proxies.read(Map.of());
  private static int port;

  /** Answers with what it made of the request. */
  @BeforeAll
  static void listen() throws Exception {
    port =
        VERTX
            .createHttpServer()
            .requestHandler(
                r -> {
                  Reached reached = proxies.reached(r);
                  r.response().end(reached.address() + " " + reached.client());
                })
            .listen(0, "127.0.0.1")
            .await(60, TimeUnit.SECONDS)
            .actualPort();
  }

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(60, TimeUnit.SECONDS);
  }

  private static String told(String trusted, String... headers) throws Exception {
    proxies = Proxies.read(Map.of(Proxies.VARIABLE, trusted));
    RequestOptions options =
        new RequestOptions().setMethod(HttpMethod.GET).setHost("127.0.0.1").setPort(port);
    for (int i = 0; i < headers.length; i += 2) options.addHeader(headers[i], headers[i + 1]);
    return VERTX
        .createHttpClient()
        .request(options)
        .compose(r -> r.send())
        .compose(r -> r.body())
        .await(60, TimeUnit.SECONDS)
        .toString()
        .replace(":" + port, ":PORT");
  }

  @Test
  void from_strangers_the_headers_say_nothing() throws Exception {
    assertThat(
            told(
                "10.0.0.0/8",
                "X-Forwarded-For",
                "203.0.113.7",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "evil.example"))
        .isEqualTo("http://127.0.0.1:PORT 127.0.0.1");
    assertThat(told("", "X-Forwarded-For", "203.0.113.7")).endsWith(" 127.0.0.1");
  }

  @Test
  void a_trusted_proxy_tells_scheme_host_and_client() throws Exception {
    assertThat(
            told(
                "127.0.0.1",
                "X-Forwarded-For",
                "203.0.113.7",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "city.example"))
        .isEqualTo("https://city.example 203.0.113.7");
  }

  @Test
  void what_the_client_wrote_before_the_proxies_does_not_count() throws Exception {
    assertThat(told("127.0.0.0/8,10.0.0.0/8", "X-Forwarded-For", "1.2.3.4, 203.0.113.7, 10.0.0.2"))
        .endsWith(" 203.0.113.7");
    assertThat(told("127.0.0.0/8", "X-Forwarded-For", "1.2.3.4", "X-Forwarded-For", "203.0.113.7"))
        .endsWith(" 203.0.113.7");
    assertThat(told("127.0.0.0/8", "X-Forwarded-For", "1.2.3.4, not-an-address"))
        .endsWith(" 127.0.0.1");
    assertThat(told("127.0.0.0/8", "X-Forwarded-Host", "a\"onload=x")).startsWith("http://");
    assertThat(told("127.0.0.0/8", "X-Forwarded-For", "127.0.0.1,".repeat(500)))
        .endsWith(" 127.0.0.1");
  }

  @Test
  void links_carry_the_port_where_it_is_not_the_usual_one() throws Exception {
    assertThat(told("127.0.0.1", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "c.example:443"))
        .startsWith("https://c.example ");
    assertThat(told("127.0.0.1", "X-Forwarded-Host", "c.example:8443"))
        .startsWith("http://c.example:8443 ");
    assertThat(new Reached(Scheme.HTTPS, "[::1]:8443", "::1").address())
        .isEqualTo("https://[::1]:8443");
  }

  @Test
  void what_is_no_network_is_refused_at_the_start() {
    for (String wrong :
        List.of("example.org", "10.0.0.0/33", "10.0.0.0/-1", "1.2.3.4/x", "::1/129"))
      assertThatThrownBy(() -> Proxies.read(Map.of(Proxies.VARIABLE, wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong);
  }
}
