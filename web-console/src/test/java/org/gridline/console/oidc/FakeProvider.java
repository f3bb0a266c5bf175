package org.gridline.console.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** A provider that lies as a test wants it to; a real one would not. */
final class FakeProvider implements AutoCloseable {
  static final String SECRET = "a secret of the test, nowhere else used";

  /** How an ID token is signed. */
  enum Seal {
    KEY,
    OTHER_KEY,
    NONE,
    CLIENT_SECRET
  }

  private final HttpServer server;
  private final RSAKey key;
  private final RSAKey other;
  private volatile String token = "";
  private volatile boolean refusing;

  FakeProvider() {
    try {
      key = new RSAKeyGenerator(2048).keyID("k").generate();
      other = new RSAKeyGenerator(2048).keyID("k").generate();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/.well-known/openid-configuration", x -> answer(x, 200, description()));
    server.createContext("/jwks", x -> answer(x, 200, new JWKSet(key.toPublicJWK()).toString()));
    server.createContext("/token", this::token);
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String description() {
    return """
        {"issuer":"%1$s","authorization_endpoint":"%1$s/auth","token_endpoint":"%1$s/token",
         "jwks_uri":"%1$s/jwks","response_types_supported":["code"],"subject_types_supported":["public"],
         "id_token_signing_alg_values_supported":["RS256"],
         "authorization_response_iss_parameter_supported":true}
        """
        .formatted(issuer());
  }

  private void token(HttpExchange exchange) throws IOException {
    if (refusing) answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
    else
      answer(
          exchange,
          200,
          "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"expires_in\":60,\"id_token\":\""
              + token
              + "\"}");
  }

  void refuses(boolean codes) {
    refusing = codes;
  }

  /** What an honest provider would say. */
  JWTClaimsSet.Builder honest(String login, String nonce) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience("gridline")
        .subject("subject-of-" + login)
        .claim("preferred_username", login)
        .claim("nonce", nonce)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  /** The next token is this one. */
  void tells(Seal seal, String login, String nonce, UnaryOperator<JWTClaimsSet.Builder> lie) {
    JWTClaimsSet claims = lie.apply(honest(login, nonce)).build();
    try {
      JWT jwt =
          switch (seal) {
            case NONE -> new PlainJWT(claims);
            case KEY, OTHER_KEY -> {
              SignedJWT signed =
                  new SignedJWT(
                      new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), claims);
              signed.sign(new RSASSASigner(seal == Seal.KEY ? key : other));
              yield signed;
            }
            case CLIENT_SECRET -> {
              SignedJWT signed = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
              signed.sign(new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));
              yield signed;
            }
          };
      token = jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
