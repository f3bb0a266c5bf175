package org.gridline.console.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gridline.console.http.Reached.Scheme;

/**
 * The proxies whose word counts: what they say by {@code X-Forwarded-For}, {@code -Proto} and
 * {@code -Host} of the request they pass on. From anybody else these headers are ignored, since
 * anybody can write them. Thread-safe.
 */
public final class Proxies {
  public static final String VARIABLE = "GRIDLINE_TRUSTED_PROXIES";

  private static final String THIS_MACHINE = "127.0.0.0/8,::1";

  private static final Proxies LOOPBACK = read(Map.of());

  private final List<IpSubnetFilterRule> trusted;

  private Proxies(List<IpSubnetFilterRule> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /**
   * Addresses and networks such as {@code 10.0.0.5,10.1.0.0/16,fd00::/8}; without the variable
   * those of this machine, empty for none.
   *
   * @throws IllegalArgumentException naming what is no address
   */
  public static Proxies read(Map<String, String> environment) {
    String text = Optional.ofNullable(environment.get(VARIABLE)).orElse(THIS_MACHINE);
    return new Proxies(
        Stream.of(text.split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(Proxies::network)
            .toList());
  }

  private static IpSubnetFilterRule network(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) throw wrong(text);
    int bits = bytes.length * 8;
    try {
      int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (prefix < 0 || prefix > bits) throw wrong(text);
      return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        VARIABLE + " wants addresses or networks such as 10.0.0.5,10.1.0.0/16, not " + text);
  }

  /** Whether the plain port is open to them although there is HTTPS: this machine and proxies. */
  public boolean admitsPlain(String address) {
    return LOOPBACK.trusts(address) || trusts(address);
  }

  boolean trusts(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) return false;
    try {
      InetSocketAddress from = new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
      return trusted.stream().anyMatch(rule -> rule.matches(from));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** How a request has reached this server. */
  Reached reached(HttpServerRequest request) {
    Reached directly = Reached.directly(request);
    if (!trusts(directly.client())) return directly;
    Optional<String> proto = last(request, "X-Forwarded-Proto");
    Scheme scheme =
        proto
            .map(p -> p.equalsIgnoreCase("https") ? Scheme.HTTPS : Scheme.HTTP)
            .orElse(directly.scheme());
    Optional<HostAndPort> host =
        last(request, "X-Forwarded-Host")
            .flatMap(h -> Optional.ofNullable(HostAndPort.parseAuthority(h, -1)));
    return Reached.by(
        scheme,
        host.or(() -> Optional.ofNullable(request.authority())),
        client(request, directly.client()));
  }

  /** The last hop that is no proxy of ours: what stands before it was written by the client. */
  private String client(HttpServerRequest request, String nearest) {
    List<String> hops = new ArrayList<>();
    for (String line : request.headers().getAll("X-Forwarded-For"))
      for (String hop : line.split(",", -1)) hops.add(hop.strip());
    String client = nearest;
    for (String hop : hops.reversed()) {
      if (!trusts(client) || NetUtil.createByteArrayFromIpAddressString(hop) == null) break;
      client = hop;
    }
    return client;
  }

  /** What the nearest proxy has added. */
  private static Optional<String> last(HttpServerRequest request, String header) {
    List<String> lines = request.headers().getAll(header);
    if (lines.isEmpty()) return Optional.empty();
    String line = lines.getLast();
    return Optional.of(line.substring(line.lastIndexOf(',') + 1).strip()).filter(v -> !v.isEmpty());
  }
}
