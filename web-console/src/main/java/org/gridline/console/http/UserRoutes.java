package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.console.Office;
import org.gridline.console.view.AccountWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.ManageUsers;
import org.gridline.dispatch.people.ManageUsers.Outcome;
import org.gridline.dispatch.people.People;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.Person;
import org.gridline.dispatch.people.PersonChange;
import org.gridline.dispatch.people.Proposals;
import org.gridline.dispatch.people.Proposals.Proposal;
import org.gridline.dispatch.people.SignInPolicy;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.UnitTree;

/** Accounts of others, for the administrators. Each route asks for its office in the use case. */
public final class UserRoutes {
  private static final int USUAL_PAGE = 50;
  private static final int MOST_PAGE = 200;
  private static final int MOST_NAME = 100;
  static final int MOST_WHY = 500;
  private static final int MOST_LIST = 100;

  private final Office office;
  private final AccountWriter writer;

  public UserRoutes(Office office) {
    this.office = office;
    this.writer = new AccountWriter(office.pack().city().timeZone());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/users", this::list),
        Endpoint.post("/api/v1/users", this::add),
        Endpoint.get("/api/v1/users/:id", this::show),
        Endpoint.post("/api/v1/users/:id/actions", this::act),
        Endpoint.get("/api/v1/roles", this::roles),
        Endpoint.get("/api/v1/user-proposals", this::proposals),
        Endpoint.post("/api/v1/user-proposals/:id/actions", this::decide),
        Endpoint.get("/api/v1/sign-in-policy", this::policy),
        Endpoint.post("/api/v1/sign-in-policy", this::changePolicy));
  }

  private Answer list(Call call) {
    needOffice(call.user());
    int limit = (int) call.number("limit").orElse(USUAL_PAGE);
    if (limit < 1 || limit > MOST_PAGE)
      throw Failure.atField(FailureCode.INVALID_REQUEST, "limit", "1–" + MOST_PAGE);
    UnitTree units = office.pack().policy().units();
    List<Person> found =
        office
            .staff()
            .people()
            .list(
                new People.Filter(
                    call.query("q").orElse(""),
                    call.query("role"),
                    call.query("unit")
                        .map(u -> units.withSubUnits(units.get(u).code()))
                        .orElse(Set.of()),
                    call.query("state").map(UserRoutes::state),
                    call.query("cursor").orElse("")),
                limit + 1,
                office.clock().instant());
    List<Person> page = found.subList(0, Math.min(limit, found.size()));
    ObjectNode node = Json.object();
    node.set("users", Json.list(page, writer::person));
    if (found.size() > limit) node.put("next", page.getLast().login());
    else node.putNull("next");
    return Answer.json(node);
  }

  private static Person.State state(String text) {
    for (Person.State state : Person.State.values())
      if (state.name().toLowerCase(Locale.ROOT).equals(text)) return state;
    throw Failure.atField(FailureCode.INVALID_REQUEST, "state", "active, disabled, deleted");
  }

  private Answer show(Call call) {
    needOffice(call.user());
    return Answer.json(
        office
            .staff()
            .people()
            .find(call.id(), office.clock().instant())
            .map(writer::person)
            .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此用户 · no such user")));
  }

  private Answer add(Call call) {
    Fields fields = Fields.of(call.bytes()).only("user", "name", "nameEn", "unit", "why");
    String login = fields.text("user").strip();
    Sessions.checkLogin(fields, login);
    Outcome.Done done =
        office
            .staff()
            .manage()
            .add(
                call.user(), new People.NewPerson(login, names(fields), unit(fields)), why(fields));
    return done(201, done);
  }

  private Answer act(Call call) {
    Fields fields = Fields.of(call.bytes());
    String action = fields.text("action");
    PersonChange change = change(action, fields);
    int version = fields.count("version");
    Outcome outcome =
        office.staff().manage().act(call.user(), call.id(), version, change, why(fields));
    return switch (outcome) {
      case Outcome.Done done -> done(200, done);
      case Outcome.Proposed(var proposal) -> {
        ObjectNode node = Json.object();
        node.set("proposal", writer.proposal(proposal, users(List.of(proposal))));
        yield Answer.json(202, node);
      }
    };
  }

  private static PersonChange change(String action, Fields fields) {
    return switch (action) {
      case "rename" -> {
        fields.only("action", "version", "why", "name", "nameEn");
        yield new PersonChange.Rename(names(fields));
      }
      case "assign" -> {
        fields.only("action", "version", "why", "unit", "areas", "roles");
        yield new PersonChange.Assign(unit(fields), few(fields, "areas"), few(fields, "roles"));
      }
      default -> {
        fields.only("action", "version", "why");
        yield PersonChange.Plain.find(action)
            .orElseThrow(
                () ->
                    fields.wrong(
                        "action",
                        "rename, assign, disable, enable, delete, resetPassword, resetSecondFactor,"
                            + " unlock"));
      }
    };
  }

  private static List<String> few(Fields fields, String name) {
    List<String> texts = fields.texts(name).stream().distinct().toList();
    if (texts.size() > MOST_LIST) throw fields.wrong(name, "最多 · at most " + MOST_LIST);
    return texts;
  }

  private static Names names(Fields fields) {
    String zh = fields.text("name").strip();
    String en = fields.findText("nameEn").orElse("").strip();
    if (zh.isEmpty() || zh.length() > MOST_NAME || en.length() > MOST_NAME)
      throw fields.refused("name", "1–" + MOST_NAME + " 字 · characters");
    return new Names(zh, en);
  }

  private static Optional<String> unit(Fields fields) {
    return fields.findText("unit").map(String::strip).filter(u -> !u.isEmpty());
  }

  private static String why(Fields fields) {
    String why = fields.findText("why").orElse("").strip();
    if (why.length() > MOST_WHY)
      throw fields.wrong("why", "最多 500 字 · at most " + MOST_WHY + " characters");
    return why;
  }

  /** The link's token is told here and nowhere else; behind the # it reaches no server's log. */
  private Answer.Full done(int status, Outcome.Done done) {
    ObjectNode node = Json.object();
    node.set("user", writer.person(done.person()));
    done.token().ifPresent(token -> node.put("passwordLink", "/password#token=" + token));
    return Answer.json(status, node);
  }

  private Answer roles(Call call) {
    needOffice(call.user());
    ObjectNode node = Json.object();
    node.set("roles", Json.list(office.staff().roles(), AccountWriter::role));
    return Answer.json(node);
  }

  private Answer proposals(Call call) {
    needOffice(call.user());
    List<Proposal> found = office.staff().proposals().list(office.clock().instant());
    Map<Long, User> users = users(found);
    ObjectNode node = Json.object();
    node.set("proposals", Json.list(found, p -> writer.proposal(p, users)));
    return Answer.json(node);
  }

  private Answer decide(Call call) {
    Fields fields = Fields.of(call.bytes()).only("action", "why");
    ManageUsers manage = office.staff().manage();
    return switch (fields.text("action")) {
      case "confirm" -> done(200, manage.confirm(call.user(), call.id(), why(fields)));
      case "refuse" -> {
        manage.refuse(call.user(), call.id(), why(fields));
        yield Answer.empty(204);
      }
      default -> throw fields.wrong("action", "confirm, refuse");
    };
  }

  private Answer policy(Call call) {
    needOffice(call.user());
    return Answer.json(AccountWriter.policy(office.accounts().policy()));
  }

  private Answer changePolicy(Call call) {
    Fields fields =
        Fields.of(call.bytes())
            .only(
                "version",
                "leastLength",
                "history",
                "rotationDays",
                "mostFailures",
                "lockMinutes",
                "sessionHours",
                "secondFactor",
                "why");
    SignInPolicy policy;
    try {
      policy =
          new SignInPolicy(
              fields.count("version") + 1,
              fields.count("leastLength"),
              fields.count("history"),
              fields.count("rotationDays"),
              fields.count("mostFailures"),
              fields.count("lockMinutes"),
              fields.count("sessionHours"),
              SignInPolicy.SecondFactor.valueOf(
                  fields.text("secondFactor").toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Problems.of(new Failure(FailureCode.VALUE_REFUSED, String.valueOf(e.getMessage())));
    }
    return Answer.json(
        AccountWriter.policy(office.staff().manage().decide(call.user(), policy, why(fields))));
  }

  private Map<Long, User> users(List<Proposal> proposals) {
    List<Long> ids =
        proposals.stream()
            .flatMap(
                p ->
                    Stream.concat(
                        Stream.of(p.subject(), p.proposedBy()),
                        p.decided().stream().map(Proposals.Decided::by)))
            .distinct()
            .toList();
    return office.accounts().listByIds(ids).stream()
        .collect(Collectors.toMap(User::id, Function.identity()));
  }

  /** Any of the three administrators reads; what each may do, the use case knows. */
  private static void needOffice(User user) {
    if (!ManageUsers.administers(user) && !user.may(Right.READ_AUDIT))
      throw new Failure(FailureCode.NOT_PERMITTED, "仅管理员可查看用户 · for administrators only");
  }
}
