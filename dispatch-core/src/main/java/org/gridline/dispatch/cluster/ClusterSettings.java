package org.gridline.dispatch.cluster;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * How the servers of one city find and trust each other.
 *
 * @param city code of the city
 * @param database where servers write down how they can be reached
 * @param secret shared by all servers of the installation: 32 bytes that only this purpose uses
 * @param address where this server listens for the others; port 0 for any free one
 */
public record ClusterSettings(
    String city, DataSource database, byte[] secret, InetSocketAddress address) {
  public ClusterSettings {
    secret = secret.clone();
  }

  @Override
  public byte[] secret() {
    return secret.clone();
  }

  /** Tells these servers from any others; those of another city or installation are not heard. */
  String name() {
    String mark = HexFormat.of().formatHex(Derived.from(secret, "cluster name"), 0, 6);
    return "gridline-" + city + "-" + mark;
  }

  /** The variable that names the address on which other servers reach this one. */
  public static final String ADDRESS = "GRIDLINE_CLUSTER_ADDRESS";

  /** Holds a secret, so it does not print itself. */
  @Override
  public String toString() {
    return "ClusterSettings[" + name() + "]";
  }

  /**
   * The address that the environment names, as {@code host} or {@code host:port}; this machine
   * alone when it names none.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static InetSocketAddress address(Map<String, String> environment) {
    String text = Optional.ofNullable(environment.get(ADDRESS)).map(String::strip).orElse("");
    if (text.isEmpty()) return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    int colon = text.indexOf(':') == text.lastIndexOf(':') ? text.indexOf(':') : -1;
    String host = colon < 0 ? text : text.substring(0, colon);
    try {
      int port = colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1));
      InetAddress address = InetAddress.getByName(host);
      if (host.isEmpty() || address.isAnyLocalAddress()) {
        // Others are told this address, and "everywhere" is nowhere to connect to.
        throw new IllegalArgumentException(ADDRESS + " must name one address of this machine");
      }
      return new InetSocketAddress(address, port);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException(ADDRESS + "=" + text + " is no host or host:port", e);
    }
  }
}
