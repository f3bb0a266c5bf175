package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gridline.console.Office;
import org.gridline.console.qr.QrCode;
import org.gridline.console.view.AccountWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.Accounts.Account;
import org.gridline.dispatch.people.OwnAccount;
import org.gridline.dispatch.people.SignInPolicy;
import org.gridline.dispatch.people.Totp;
import org.gridline.dispatch.people.User;

/** One's own account: password, second factor, sessions; and the links that set a password. */
public final class AccountRoutes {
  private final Office office;
  private final SessionCache sessions;
  private final Hashing hashing;
  private final AccountWriter writer;

  public AccountRoutes(Office office, SessionCache sessions, Hashing hashing) {
    this.office = office;
    this.sessions = sessions;
    this.hashing = hashing;
    this.writer = new AccountWriter(office.pack().city().timeZone());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        own(Endpoint.get("/api/v1/account", this::show)),
        own(Endpoint.post("/api/v1/account/password", this::changePassword)),
        own(Endpoint.post("/api/v1/account/second-factor", this::beginSecondFactor)),
        own(Endpoint.post("/api/v1/account/second-factor/confirmation", this::confirm)),
        own(Endpoint.post("/api/v1/account/second-factor/removal", this::dismiss)),
        own(Endpoint.get("/api/v1/account/sessions", this::list)),
        own(Endpoint.delete("/api/v1/account/sessions", this::revokeOthers)),
        own(Endpoint.delete("/api/v1/account/sessions/:id", this::revoke)),
        Endpoint.post("/api/v1/password-links", this::readLink).open(),
        Endpoint.post("/api/v1/password", this::useLink).open());
  }

  private static Endpoint own(Endpoint endpoint) {
    return endpoint.with(Endpoint.Access.OWN_ACCOUNT);
  }

  private Answer show(Call call) {
    User user = call.user();
    SignInPolicy policy = office.accounts().policy();
    Account account =
        office
            .accounts()
            .findByLogin(user.login())
            .orElseThrow(() -> new Failure(FailureCode.SESSION_EXPIRED, "请重新登录 · sign in again"));
    ObjectNode node = Json.object();
    writer.time(node, "passwordAt", Optional.of(account.passwordAt()));
    writer.time(node, "passwordEnds", policy.passwordEnds(account.passwordAt()));
    node.put("leastLength", policy.leastLength());
    ObjectNode factor = node.putObject("secondFactor");
    factor.put("enrolled", account.secondFactor());
    factor.put("required", policy.needsSecondFactor(user));
    factor.put(
        "recoveryCodes",
        account.secondFactor() ? office.staff().credentials().countRecoveryCodes(user.id()) : 0);
    return Answer.json(node);
  }

  private Answer changePassword(Call call) {
    Fields fields = Fields.of(call.bytes()).only("current", "password");
    String current = fields.text("current");
    String password = fields.text("password");
    byte[] token = call.tokenHash();
    inTurn(
        () -> {
          own().changePassword(call.user(), token, current, password);
          return true;
        });
    sessions.refresh(token);
    return Answer.empty(204);
  }

  private Answer beginSecondFactor(Call call) {
    Fields fields = Fields.of(call.bytes()).only("password", "code");
    String password = fields.text("password");
    Optional<String> code = fields.findText("code");
    byte[] secret = inTurn(() -> own().beginSecondFactor(call.user(), password, code));
    String issuer = "Gridline " + office.pack().city().name().en();
    String uri = Totp.uri(issuer, call.user().login(), secret);
    return Answer.json(
        201,
        Json.object()
            .put("secret", Totp.spelled(secret))
            .put("uri", uri)
            .put("qr", QrCode.of(uri).svg("width=\"220\" height=\"220\" role=\"img\"")));
  }

  private Answer confirm(Call call) {
    String code = Fields.of(call.bytes()).only("code").text("code");
    List<String> codes = own().confirmSecondFactor(call.user(), code);
    sessions.refresh(call.tokenHash());
    ObjectNode node = Json.object();
    node.set("recoveryCodes", Json.texts(codes));
    return Answer.json(node);
  }

  private Answer dismiss(Call call) {
    Fields fields = Fields.of(call.bytes()).only("password", "code");
    String password = fields.text("password");
    Optional<String> code = fields.findText("code");
    inTurn(
        () -> {
          own().dismissSecondFactor(call.user(), password, code);
          return true;
        });
    sessions.refresh(call.tokenHash());
    return Answer.empty(204);
  }

  private Answer list(Call call) {
    Instant now = office.clock().instant();
    return Answer.json(
        writer.sessions(accounts().listSessions(call.user().id(), now), call.session().id()));
  }

  private Answer revokeOthers(Call call) {
    int ended =
        accounts().revokeOthers(call.user().id(), call.tokenHash(), office.clock().instant());
    return Answer.json(Json.object().put("ended", ended));
  }

  private Answer revoke(Call call) {
    boolean ended = accounts().revokeOwn(call.user().id(), call.id(), office.clock().instant());
    if (!ended) throw new Failure(FailureCode.NOT_FOUND, "没有此登录 · no such session of yours");
    sessions.refresh(call.tokenHash());
    return Answer.empty(204);
  }

  /** Says whose link it is, so that nobody sets a password for somebody they don't mean. */
  private Answer readLink(Call call) {
    Sessions.needJson(call);
    String token = Fields.of(call.bytes()).only("token").text("token");
    User user =
        own()
            .findLink(token)
            .orElseThrow(
                () ->
                    new Failure(
                        FailureCode.NOT_PERMITTED,
                        "链接已使用或过期,请联系管理员 · used or expired; ask the administrator"));
    return Answer.json(
        Json.object()
            .put("user", user.login())
            .put("name", user.name().zh())
            .put("nameEn", user.name().en())
            .put("leastLength", accounts().policy().leastLength()));
  }

  private Answer useLink(Call call) {
    Sessions.needJson(call);
    Fields fields = Fields.of(call.bytes()).only("token", "password");
    String token = fields.text("token");
    String password = fields.text("password");
    inTurn(
        () -> {
          own().usePasswordLink(token, password);
          return true;
        });
    return Answer.empty(204);
  }

  private <T> T inTurn(Callable<T> work) {
    return hashing.soon(work).await();
  }

  private OwnAccount own() {
    return office.staff().own();
  }

  private Accounts accounts() {
    return office.accounts();
  }
}
