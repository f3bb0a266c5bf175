package org.gridline.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gridline.console.Await;
import org.gridline.console.Town;
import org.gridline.dispatch.store.Desk;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real provider, the npm package oidc-provider in the versions of its lock file, which lead the
 * whole way from its sign-in form back here. With the tag of the browser tests, which need Node as
 * well.
 */
@Tag("browser")
class RealProviderTest {
  private static final Path SOURCE =
      Desk.repository().resolve("web-console/src/test/resources/oidc");
  private static final Path FOLDER = Desk.repository().resolve("web-console/target/oidc-provider");

  @Test
  void somebody_signs_in_there_and_is_signed_in_here() throws Exception {
    install();
    int port = Town.freePort();
    try (Town town = Town.open(TestDatabase.fresh(), Town.folder())) {
      town.token("dispatcher1");
      Process provider = provider(port, town.port());
      try {
        Visitor.setUp(town, "http://127.0.0.1:" + port);
        assertThat(Town.json(new Visitor(town).get("/api/v1/oidc")).path("name").asText())
            .isEqualTo("District");
        Visitor visitor = new Visitor(town);
        assertThat(signsIn(visitor, port, "dispatcher1")).isEqualTo("/map");
        HttpResponse<String> me = visitor.get("/api/v1/sessions/current");
        assertThat(Town.json(me).path("user").path("user").asText()).isEqualTo("dispatcher1");
        assertThat(signsIn(new Visitor(town), port, "stranger")).isEqualTo("/sign-in?oidc=account");
      } finally {
        provider.destroy();
        provider.waitFor(10, TimeUnit.SECONDS);
      }
    }
  }

  /** Goes where it is led and fills in the provider's forms, until it comes back here. */
  private static String signsIn(Visitor visitor, int port, String login) {
    String there = "http://127.0.0.1:" + port;
    String next = Visitor.location(visitor.get("/api/v1/oidc/start?to=/map"));
    for (int step = 0; step < 12; step++) {
      if (next.contains("/api/v1/oidc/callback")) return Visitor.location(visitor.get(next));
      String address = next.startsWith("/") ? there + next : next;
      HttpResponse<String> page = visitor.get(address);
      next =
          page.statusCode() != 200
              ? Visitor.location(page)
              : Visitor.location(
                  visitor.form(
                      address,
                      page.body().contains("value=\"login\"")
                          ? "prompt=login&password=any&login=" + login
                          : "prompt=consent"));
    }
    throw new AssertionError("the provider never led back");
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    for (String file : List.of("package.json", "package-lock.json", "provider.mjs"))
      Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    boolean installed =
        Files.exists(FOLDER.resolve("node_modules/oidc-provider/package.json"))
            || run(List.of("npm", "ci", "--no-audit", "--no-fund"), 240);
    if ("true".equals(System.getenv("CI"))) assertThat(installed).as("npm ci").isTrue();
    assumeTrue(installed, "the provider could not be installed: npm ci in " + FOLDER);
  }

  private static Process provider(int port, int townPort) throws IOException {
    Process provider =
        new ProcessBuilder(
                "node",
                "provider.mjs",
                String.valueOf(port),
                "http://127.0.0.1:" + townPort + "/api/v1/oidc/callback")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("provider.log").toFile())
            .start();
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ask =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/.well-known/openid-configuration"))
            .build();
    Await.until(
        () -> {
          try {
            return client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
          } catch (IOException e) {
            return false;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    return provider;
  }

  private static boolean run(List<String> command, int seconds)
      throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(FOLDER.resolve("install.log").toFile())
              .start();
      return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
