package org.gridline.console.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who comes by the plain port although there is HTTPS. */
class PlainDoorTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static int strangers;
  private static int friends;

  @BeforeAll
  static void listen() throws Exception {
    strangers = listen(new PlainDoor(8443, from -> false, r -> r.response().end("house")));
    friends = listen(new PlainDoor(443, from -> true, r -> r.response().end("house")));
  }

  private static int listen(PlainDoor door) throws Exception {
    return VERTX
        .createHttpServer()
        .requestHandler(door)
        .listen(0, "127.0.0.1")
        .await(60, TimeUnit.SECONDS)
        .actualPort();
  }

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(60, TimeUnit.SECONDS);
  }

  private static HttpClientResponse answer(int port, HttpMethod method, String uri, String host)
      throws Exception {
    return VERTX
        .createHttpClient()
        .request(
            new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(uri)
                .addHeader("Host", host))
        .compose(r -> r.send())
        .await(60, TimeUnit.SECONDS);
  }

  @Test
  void a_reader_is_sent_to_the_same_page_behind_the_other_door() throws Exception {
    HttpClientResponse answer =
        answer(strangers, HttpMethod.GET, "/map?ticket=7", "city.example:8080");
    assertThat(answer.statusCode()).isEqualTo(308);
    assertThat(answer.getHeader("Location")).isEqualTo("https://city.example:8443/map?ticket=7");
  }

  @Test
  void whoever_would_change_something_is_refused() throws Exception {
    assertThat(answer(strangers, HttpMethod.POST, "/api/v1/sessions", "city.example").statusCode())
        .isEqualTo(403);
    for (String host : new String[] {"a b", "x\"><script>", "[::1"})
      assertThat(answer(strangers, HttpMethod.GET, "/", host).getHeader("Location"))
          .satisfies(
              to ->
                  assertThat(Optional.ofNullable(to).orElse("https://"))
                      .doesNotContain("<", "\"", " "));
  }

  @Test
  void watchers_and_phones_without_the_certificate_are_let_in() throws Exception {
    assertThat(answer(strangers, HttpMethod.GET, "/health/ready", "x").statusCode()).isEqualTo(200);
    assertThat(answer(strangers, HttpMethod.GET, "/ca.crt", "x").statusCode()).isEqualTo(200);
    assertThat(answer(strangers, HttpMethod.GET, "/ca.crt/../map", "x").statusCode())
        .isEqualTo(308);
  }

  @Test
  void who_is_trusted_comes_in() throws Exception {
    assertThat(answer(friends, HttpMethod.POST, "/api/v1/sessions", "x").statusCode())
        .isEqualTo(200);
  }
}
