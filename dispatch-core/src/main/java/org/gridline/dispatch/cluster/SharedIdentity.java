package org.gridline.dispatch.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/**
 * One identity for all servers of an installation, made from their shared secret: each proves to
 * the other by mutual TLS that it knows the secret, and nobody has to hand out certificates.
 *
 * <p>JGroups' own SYM_ENCRYPT was looked at first: it leaves the headers in clear, unsigned, so a
 * stranger could ask to join; and it can't drive the JDK's AES-GCM.
 */
final class SharedIdentity {
  private static final String CURVE = "P-256";
  private static final String JDK_CURVE = "secp256r1";
  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2120-01-01T00:00:00Z");

  private SharedIdentity() {}

  /**
   * TLS between holders of the same secret, and with nobody else.
   *
   * @param secret 32 bytes or more that only this purpose uses
   */
  static SSLContext context(byte[] secret) {
    try {
      X9ECParameters curve = CustomNamedCurves.getByName(CURVE);
      BigInteger d = scalar(secret, curve.getN());
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(JDK_CURVE));
      ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
      KeyFactory keys = KeyFactory.getInstance("EC");
      PrivateKey own = keys.generatePrivate(new ECPrivateKeySpec(d, spec));
      PublicKey known = keys.generatePublic(new ECPublicKeySpec(point(curve, d), spec));
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(
          holder(own, certificate(own, known)).getKeyManagers(),
          new TrustManager[] {new OnlyThisKey(known)},
          new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has TLS 1.3 with P-256", e);
    }
  }

  /** Wide enough that the remainder favours no value in any way that matters. */
  private static BigInteger scalar(byte[] secret, BigInteger order) {
    if (secret.length < 32) throw new IllegalArgumentException("the shared secret is too short");
    BigInteger wide =
        new BigInteger(1, Derived.from(secret, "scalar 1"))
            .shiftLeft(256)
            .or(new BigInteger(1, Derived.from(secret, "scalar 2")));
    return wide.mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
  }

  private static ECPoint point(X9ECParameters curve, BigInteger d) {
    org.bouncycastle.math.ec.ECPoint q = curve.getG().multiply(d).normalize();
    return new ECPoint(q.getAffineXCoord().toBigInteger(), q.getAffineYCoord().toBigInteger());
  }

  private static KeyManagerFactory holder(PrivateKey own, X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] none = new char[0];
    store.setKeyEntry("node", own, none, new X509Certificate[] {certificate});
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, none);
    return factory;
  }

  private static X509Certificate certificate(PrivateKey own, PublicKey known)
      throws GeneralSecurityException, IOException {
    AlgorithmIdentifier signing = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    X500Name name = new X500Name("CN=gridline");
    V3TBSCertificateGenerator form = new V3TBSCertificateGenerator();
    form.setSerialNumber(new ASN1Integer(BigInteger.ONE));
    form.setSignature(signing);
    form.setIssuer(name);
    form.setSubject(name);
    form.setStartDate(new Time(Date.from(FROM)));
    form.setEndDate(new Time(Date.from(UNTIL)));
    form.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(known.getEncoded()));
    TBSCertificate said = form.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(own);
    signature.update(said.getEncoded(ASN1Encoding.DER));
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(said);
    parts.add(signing);
    parts.add(new DERBitString(signature.sign()));
    byte[] der = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** The handshake proves that the other side holds the private key; here it is seen to be ours. */
  private static final class OnlyThisKey extends X509ExtendedTrustManager {
    private final PublicKey known;

    OnlyThisKey(PublicKey known) {
      this.known = known;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      if (chain.length != 1 || !chain[0].getPublicKey().equals(known)) {
        throw new CertificateException("a stranger: another installation's key");
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
