package org.gridline.console.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.AMR;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.gridline.dispatch.people.SignIn;

/**
 * The provider, as its discovery document describes it. Blocks while it asks; every wait is
 * bounded. Thread-safe.
 */
final class Provider {
  private static final int WAIT_MILLIS = 5_000;
  private static final int MOST_BYTES = 200_000;
  private static final int SKEW_SECONDS = 60;

  /** Signatures by a key pair only: "none" and those keyed by our own secret are refused. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final OidcSettings settings;
  private final OIDCProviderMetadata metadata;
  private final IDTokenValidator validator;

  private Provider(
      OidcSettings settings, OIDCProviderMetadata metadata, IDTokenValidator validator) {
    this.settings = settings;
    this.metadata = metadata;
    this.validator = validator;
  }

  /** Who somebody is, as the provider signed it. */
  record Known(String subject, String login, SignIn.Proof proof) {}

  /** An answer that is not believed; the message says why, without anything of the answer. */
  static final class Unbelievable extends Exception {
    private static final long serialVersionUID = 1L;

    Unbelievable(String message, Throwable cause) {
      super(message, cause);
    }

    Unbelievable(String message) {
      super(message);
    }
  }

  /**
   * Asks the provider how it is to be asked.
   *
   * @throws IOException when it does not answer, or not as a provider does
   */
  static Provider discover(OidcSettings settings) throws IOException {
    try {
      OIDCProviderMetadata metadata =
          OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), WAIT_MILLIS, WAIT_MILLIS);
      JWKSource<SecurityContext> keys =
          JWKSourceBuilder.create(
                  metadata.getJWKSetURI().toURL(),
                  new DefaultResourceRetriever(WAIT_MILLIS, WAIT_MILLIS, MOST_BYTES))
              .retrying(true)
              .build();
      IDTokenValidator validator =
          new IDTokenValidator(
              metadata.getIssuer(),
              new ClientID(settings.clientId()),
              new JWSVerificationKeySelector<>(ALGORITHMS, keys),
              null);
      validator.setMaxClockSkew(SKEW_SECONDS);
      return new Provider(settings, metadata, validator);
    } catch (GeneralException | MalformedURLException e) {
      throw new IOException("the provider's description can't be used", e);
    }
  }

  /** Where a browser is sent to. */
  URI address(String state, String nonce, String verifier) {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE,
            new Scope("openid", "profile", "email"),
            new ClientID(settings.clientId()),
            settings.callback())
        .endpointURI(metadata.getAuthorizationEndpointURI())
        .state(new State(state))
        .nonce(new Nonce(nonce))
        .codeChallenge(new CodeVerifier(verifier), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /** Whether an answer names this provider, where it names one (RFC 9207). */
  boolean names(String issuer) {
    return issuer.isEmpty()
        ? !metadata.supportsAuthorizationResponseIssuerParam()
        : metadata.getIssuer().getValue().equals(issuer);
  }

  /**
   * Changes a code for who somebody is.
   *
   * @throws Unbelievable when the provider refuses the code, or its token does not hold
   */
  Known redeem(String code, String nonce, String verifier) throws IOException, Unbelievable {
    HTTPRequest request =
        new TokenRequest.Builder(
                metadata.getTokenEndpointURI(),
                new ClientSecretBasic(
                    new ClientID(settings.clientId()), new Secret(settings.clientSecret())),
                new AuthorizationCodeGrant(
                    new AuthorizationCode(code), settings.callback(), new CodeVerifier(verifier)))
            .build()
            .toHTTPRequest();
    request.setConnectTimeout(WAIT_MILLIS);
    request.setReadTimeout(WAIT_MILLIS);
    request.setFollowRedirects(false);
    try {
      if (!(OIDCTokenResponseParser.parse(request.send()) instanceof OIDCTokenResponse tokens))
        throw new Unbelievable("the provider refused the code");
      return known(validator.validate(tokens.getOIDCTokens().getIDToken(), new Nonce(nonce)));
    } catch (ParseException e) {
      throw new Unbelievable("the provider's answer can't be read", e);
    } catch (BadJOSEException | JOSEException e) {
      throw new Unbelievable("the ID token does not hold", e);
    }
  }

  private Known known(IDTokenClaimsSet claims) throws Unbelievable {
    if (claims.getIssueTime() == null || claims.getExpirationTime() == null)
      throw new Unbelievable("the ID token has no times");
    // OpenID Connect Core, 3.1.3.7 (4, 5): a token for several is ours only when it was made for
    // us.
    AuthorizedParty party = claims.getAuthorizedParty();
    boolean ours =
        party == null
            ? claims.getAudience().size() == 1
            : party.getValue().equals(settings.clientId());
    if (!ours) throw new Unbelievable("the ID token was made for another client");
    String login = claims.getStringClaim(settings.claim());
    if (login == null || login.isBlank())
      throw new Unbelievable("the ID token lacks the claim " + settings.claim());
    if (settings.claim().equals("email")
        && !Boolean.TRUE.equals(claims.getBooleanClaim("email_verified")))
      throw new Unbelievable("the provider has not verified the address");
    return new Known(
        metadata.getIssuer().getValue() + " " + claims.getSubject().getValue(),
        login.strip(),
        proof(claims));
  }

  /** Only what the settings name counts: words for methods are each provider's own. */
  private SignIn.Proof proof(IDTokenClaimsSet claims) {
    Set<String> said = new HashSet<>();
    if (claims.getAMR() != null)
      for (AMR method : claims.getAMR()) said.add("amr:" + method.getValue());
    if (claims.getACR() != null) said.add("acr:" + claims.getACR().getValue());
    said.retainAll(settings.secondFactors());
    return said.isEmpty() ? SignIn.Proof.ONE_FACTOR : SignIn.Proof.TWO_FACTORS;
  }
}
