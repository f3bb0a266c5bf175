package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import org.gridline.dispatch.people.Accounts.Session;
import org.gridline.dispatch.people.Chore;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;

/** Sessions and users as JSON. */
public final class PersonWriter {
  private PersonWriter() {}

  /** A session without its token. */
  public static ObjectNode session(Session session, ZoneId zone) {
    ObjectNode node = Json.object();
    node.put("csrf", session.csrf());
    node.put("expiresAt", Json.time(session.expiresAt(), zone));
    node.set("user", user(session.user()));
    node.set("chores", Json.texts(session.chores().stream().map(Chore::id).sorted().toList()));
    return node;
  }

  private static ObjectNode user(User user) {
    ObjectNode node = Json.object();
    node.put("user", user.login());
    node.put("name", user.name().zh());
    node.put("nameEn", user.name().en());
    node.set(
        "roles",
        Json.list(
            user.roles(), r -> Json.object().put("id", r.id()).set("name", Json.names(r.name()))));
    node.set(
        "permissions",
        Json.texts(user.permissions().stream().map(Permission::id).sorted().toList()));
    Json.put(node, "unit", user.unit());
    node.set("areas", Json.texts(user.areas()));
    Json.set(
        node,
        "actingFor",
        user.behalf()
            .map(
                b ->
                    Json.object()
                        .put("user", b.login())
                        .put("name", b.name().zh())
                        .put("nameEn", b.name().en())));
    return node;
  }
}
