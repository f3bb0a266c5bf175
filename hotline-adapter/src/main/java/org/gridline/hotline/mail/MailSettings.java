package org.gridline.hotline.mail;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Through which server mail goes out; read from {@code secrets/mail.properties} at the start, or
 * from {@code GRIDLINE_MAIL_…} of the environment, which counts more.
 *
 * @param user empty where the server asks for none
 * @param from the sender's address
 * @param publicUrl how people reach this house, for the link to a ticket
 * @param domains to which mail may go; empty for any
 * @param authority certificates, as PEM, of whoever signs the server's; absent: those that Java
 *     trusts
 */
public record MailSettings(
    String host,
    int port,
    Tls tls,
    String user,
    String password,
    String from,
    URI publicUrl,
    Set<String> domains,
    Optional<Path> authority) {
  private static final Set<String> KNOWN =
      Set.of(
          "host", "port", "tls", "user", "password", "from", "publicUrl", "domains", "authority");

  /** How the connection is kept from being read. */
  public enum Tls {
    /** Begins in clear and must change to TLS. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS,
    /** In clear; only for a server on this machine. */
    NONE
  }

  public MailSettings {
    domains = Set.copyOf(domains);
    if (port < 1 || port > 65_535) throw wrong("port", "must be 1 to 65535");
    if (!MailAddress.valid(from)) throw wrong("from", "must be an address");
    if (tls == Tls.NONE && !here(host))
      throw wrong("tls", "must be starttls or tls, unless the server is this machine");
    if (authority.filter(file -> !Files.isReadable(file)).isPresent())
      throw wrong("authority", "must be a file that can be read");
    if (!Set.of("http", "https").contains(String.valueOf(publicUrl.getScheme())))
      throw wrong("publicUrl", "must begin with https:// or http://");
  }

  /**
   * @param secrets the folder of secrets
   * @return empty when neither the file nor the environment names a server
   * @throws IllegalStateException naming the member that is missing, unknown or unusable
   */
  public static Optional<MailSettings> read(Path secrets, Map<String, String> environment) {
    Properties values = new Properties();
    Path file = secrets.resolve("mail.properties");
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        values.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    for (String name : values.stringPropertyNames())
      if (!KNOWN.contains(name)) throw wrong(name, "is not known");
    for (String name : KNOWN) {
      String variable =
          "GRIDLINE_MAIL_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
      Optional.ofNullable(environment.get(variable))
          .filter(v -> !v.isBlank())
          .ifPresent(v -> values.setProperty(name, v));
    }
    if (values.getProperty("host", "").isBlank()) {
      if (values.isEmpty()) return Optional.empty();
      throw wrong("host", "is missing");
    }
    Tls tls = tls(values.getProperty("tls", "starttls").strip());
    return Optional.of(
        new MailSettings(
            needed(values, "host"),
            port(values.getProperty("port", tls == Tls.TLS ? "465" : "587").strip()),
            tls,
            values.getProperty("user", "").strip(),
            values.getProperty("password", "").strip(),
            needed(values, "from"),
            URI.create(needed(values, "publicUrl").replaceAll("/+$", "")),
            Arrays.stream(values.getProperty("domains", "").split("[,\\s]+"))
                .filter(d -> !d.isBlank())
                .map(d -> d.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()),
            Optional.of(values.getProperty("authority", "").strip())
                .filter(name -> !name.isEmpty())
                .map(secrets::resolve)));
  }

  /** Whether mail may go there: an address, in one of the domains where there are any. */
  public boolean reaches(String address) {
    if (!MailAddress.valid(address)) return false;
    String domain = address.substring(address.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    return domains.isEmpty() || domains.contains(domain);
  }

  private static boolean here(String host) {
    return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("::1");
  }

  private static Tls tls(String text) {
    try {
      return Tls.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong("tls", "must be starttls, tls or none");
    }
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong("port", "must be a number");
    }
  }

  private static String needed(Properties values, String name) {
    String value = values.getProperty(name, "").strip();
    if (value.isEmpty()) throw wrong(name, "is missing");
    return value;
  }

  private static IllegalStateException wrong(String name, String why) {
    return new IllegalStateException("secrets/mail.properties: " + name + " " + why);
  }

  /** Holds a password, so it does not print itself. */
  @Override
  public String toString() {
    return "MailSettings[" + host + ":" + port + "]";
  }
}
