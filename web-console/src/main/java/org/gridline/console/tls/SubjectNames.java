package org.gridline.console.tls;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/**
 * The names a local certificate counts for: this machine's, and private addresses (RFC 1918, 4193).
 */
public final class SubjectNames {
  private static final List<String> PRIVATE =
      List.of(
          "127.0.0.0/255.0.0.0",
          "10.0.0.0/255.0.0.0",
          "172.16.0.0/255.240.0.0",
          "192.168.0.0/255.255.0.0",
          "::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
          "fc00::/fe00::");

  private SubjectNames() {}

  /** The names and private addresses by which this machine can be reached now. */
  public static Set<String> ofThisMachine() {
    Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1"));
    names.addAll(hostNames());
    try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
      interfaces
          .flatMap(NetworkInterface::inetAddresses)
          .filter(SubjectNames::isPrivate)
          .map(InetAddress::getHostAddress)
          .forEach(names::add);
    } catch (SocketException e) {
      // Then by its name and from itself only.
      return names;
    }
    return names;
  }

  private static boolean isPrivate(InetAddress address) {
    byte first = address.getAddress()[0];
    return address instanceof Inet4Address ? address.isSiteLocalAddress() : (first & 0xfe) == 0xfc;
  }

  private static Set<String> hostNames() {
    try {
      String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      boolean plain = name.matches("[a-z0-9-]{1,63}");
      return plain ? Set.of(name, name + ".local") : Set.of();
    } catch (UnknownHostException e) {
      return Set.of();
    }
  }

  static GeneralNames of(Set<String> names) {
    return new GeneralNames(
        names.stream().sorted().map(SubjectNames::name).toArray(GeneralName[]::new));
  }

  private static GeneralName name(String text) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
    return address == null
        ? new GeneralName(GeneralName.dNSName, text)
        : new GeneralName(GeneralName.iPAddress, new DEROctetString(address));
  }

  /** What a certificate counts for. */
  static Set<String> of(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      Set<String> texts = new HashSet<>();
      if (names != null) for (List<?> name : names) texts.add(name.get(1).toString());
      return texts;
    } catch (CertificateParsingException e) {
      return Set.of();
    }
  }

  static NameConstraints constraints() {
    Stream<GeneralSubtree> addresses =
        PRIVATE.stream()
            .map(net -> net.split("/", -1))
            .map(
                net -> {
                  byte[] base = NetUtil.createByteArrayFromIpAddressString(net[0]);
                  byte[] mask = NetUtil.createByteArrayFromIpAddressString(net[1]);
                  byte[] both = new byte[base.length + mask.length];
                  System.arraycopy(base, 0, both, 0, base.length);
                  System.arraycopy(mask, 0, both, base.length, mask.length);
                  return new GeneralSubtree(
                      new GeneralName(GeneralName.iPAddress, new DEROctetString(both)));
                });
    Stream<GeneralSubtree> names =
        Stream.concat(Stream.of("localhost", "local"), hostNames().stream())
            .distinct()
            .map(n -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, n)));
    return new NameConstraints(
        Stream.concat(addresses, names).toArray(GeneralSubtree[]::new), new GeneralSubtree[0]);
  }
}
