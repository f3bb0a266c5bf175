package org.gridline.console.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/**
 * Makes keys for a house without a name of its own, so that phones on its network get a secure
 * page: an authority to be installed on them once, and a certificate for every address of this
 * machine. What the authority signs counts for private addresses and this machine's name only, so
 * its key is worth nothing outside.
 */
public final class LocalAuthority {
  /** Phones refuse longer lives. */
  private static final Duration LIFE = Duration.ofDays(397);

  private static final Duration LEAST_LEFT = Duration.ofDays(30);
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3_650);

  private final Path folder;
  private final Path root;
  private final Path rootKey;
  private final Path certificate;
  private final Path key;

  private record Signer(X509Certificate certificate, PrivateKey key) {}

  /**
   * @param folder where its files are kept; made when missing
   */
  public LocalAuthority(Path folder) {
    this.folder = folder;
    this.root = folder.resolve("ca.crt");
    this.rootKey = folder.resolve("ca.key");
    this.certificate = folder.resolve("server.crt");
    this.key = folder.resolve("server.key");
  }

  /** What phones install. */
  public Path root() {
    return root;
  }

  /**
   * Keys for these names, kept while they are good for a month and cover all names.
   *
   * @throws IllegalStateException when the files are there and can't be read
   */
  public Https keys(int port, Set<String> names, Instant now) {
    try {
      PrivateFiles.makeFolder(folder);
      Optional<Signer> kept = find(root, rootKey, now);
      Optional<Signer> own = kept.flatMap(k -> find(certificate, key, now));
      if (own.isEmpty() || !SubjectNames.of(own.get().certificate()).containsAll(names)) {
        Signer authority = kept.isPresent() ? kept.get() : authority(now);
        write(authority, names, now);
      }
      return new Https(port, certificate, key);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the local authority in " + folder + " can't be used", e);
    }
  }

  private Signer authority(Instant now) throws IOException, GeneralSecurityException {
    KeyPair pair = freshPair();
    X509Certificate made = Certificates.authority(pair, now, now.plus(AUTHORITY_LIFE));
    save(rootKey, pair.getPrivate());
    PrivateFiles.write(root, pem(List.of(made)));
    return new Signer(made, pair.getPrivate());
  }

  private void write(Signer authority, Set<String> names, Instant now)
      throws IOException, GeneralSecurityException {
    KeyPair pair = freshPair();
    X509Certificate made =
        Certificates.server(
            authority.certificate(), authority.key(), pair.getPublic(), names, now, now.plus(LIFE));
    save(key, pair.getPrivate());
    PrivateFiles.write(certificate, pem(List.of(made, authority.certificate())));
  }

  private static KeyPair freshPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static Optional<Signer> find(Path certificate, Path key, Instant now) {
    if (!Files.isRegularFile(certificate) || !Files.isRegularFile(key)) return Optional.empty();
    try (PEMParser certificates = new PEMParser(Files.newBufferedReader(certificate));
        PEMParser keys = new PEMParser(Files.newBufferedReader(key))) {
      if (!(certificates.readObject() instanceof X509CertificateHolder holder)
          || !(keys.readObject() instanceof PrivateKeyInfo info)) return Optional.empty();
      X509Certificate found = new JcaX509CertificateConverter().getCertificate(holder);
      boolean lasts = found.getNotAfter().toInstant().isAfter(now.plus(LEAST_LEFT));
      return lasts
          ? Optional.of(new Signer(found, new JcaPEMKeyConverter().getPrivateKey(info)))
          : Optional.empty();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(certificate + " or its key can't be read", e);
    }
  }

  private static void save(Path file, PrivateKey key) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(new JcaPKCS8Generator(key, null));
    }
    PrivateFiles.write(file, text.toString());
  }

  private static String pem(List<X509Certificate> chain) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (X509Certificate one : chain) writer.writeObject(one);
    }
    return text.toString();
  }
}
