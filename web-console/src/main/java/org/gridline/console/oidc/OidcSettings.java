package org.gridline.console.oidc;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a provider is asked; read from {@code secrets/oidc.properties} at the start.
 *
 * @param issuer as the provider spells it; https, or this machine
 * @param publicUrl how browsers reach this server, without a slash at the end
 * @param claim which claim of the ID token is the login here
 * @param name of the provider, on the button
 * @param secondFactors what in its ID token says that a second factor was used: {@code amr:} or
 *     {@code acr:} before a value of that claim
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    String clientSecret,
    URI publicUrl,
    String claim,
    String name,
    Set<String> secondFactors) {
  private static final Set<String> KNOWN =
      Set.of("issuer", "clientId", "clientSecret", "publicUrl", "claim", "name", "secondFactor");

  public OidcSettings {
    needsTls("issuer", issuer);
    needsTls("publicUrl", publicUrl);
    secondFactors = Set.copyOf(secondFactors);
    for (String one : secondFactors)
      if (!one.matches("(amr|acr):\\S+")) throw wrong("secondFactor", "is not of amr:… or acr:…");
  }

  /**
   * @param secrets the folder of secrets
   * @return empty when there is no such file
   * @throws IllegalStateException naming the member that is missing, unknown or unusable
   */
  public static Optional<OidcSettings> read(Path secrets) {
    Path file = secrets.resolve("oidc.properties");
    if (!Files.exists(file)) return Optional.empty();
    Properties values = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      values.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String name : values.stringPropertyNames())
      if (!KNOWN.contains(name)) throw wrong(name, "is not known");
    return Optional.of(
        new OidcSettings(
            URI.create(needed(values, "issuer")),
            needed(values, "clientId"),
            needed(values, "clientSecret"),
            URI.create(needed(values, "publicUrl").replaceAll("/+$", "")),
            values.getProperty("claim", "preferred_username").strip(),
            values.getProperty("name", "OpenID Connect").strip(),
            Arrays.stream(values.getProperty("secondFactor", "").split("\\s+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet())));
  }

  /** Where the provider sends people back to. */
  URI callback() {
    return URI.create(publicUrl + "/api/v1/oidc/callback");
  }

  private static String needed(Properties values, String name) {
    String value = values.getProperty(name, "").strip();
    if (value.isEmpty()) throw wrong(name, "is missing");
    return value;
  }

  private static void needsTls(String name, URI address) {
    String host = String.valueOf(address.getHost());
    boolean here = host.equals("127.0.0.1") || host.equals("localhost");
    if (!"https".equals(address.getScheme()) && !here)
      throw wrong(name, "must begin with https://");
  }

  private static IllegalStateException wrong(String name, String why) {
    return new IllegalStateException("secrets/oidc.properties: " + name + " " + why);
  }

  /** Holds a secret, so it does not print itself. */
  @Override
  public String toString() {
    return "OidcSettings[" + issuer + "]";
  }
}
