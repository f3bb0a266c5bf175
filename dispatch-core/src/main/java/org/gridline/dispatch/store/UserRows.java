package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.Separation;
import org.gridline.dispatch.people.User;

/**
 * Rows of app_user as users. A role that the pack no longer has grants nothing, and neither do
 * roles that exclude each other, should a pack have made them so behind somebody's back.
 */
final class UserRows {
  static final String COLUMNS = "u.id, u.login, u.name_zh, u.name_en, u.unit, u.areas, u.roles";

  private final Map<String, Role> roles;
  private final UnaryOperator<List<String>> follow;

  /**
   * @param follow what somebody's areas have become; here, so that no use case can forget it
   */
  UserRows(List<Role> roles, UnaryOperator<List<String>> follow) {
    this.roles =
        roles.stream().collect(Collectors.toUnmodifiableMap(Role::id, Function.identity()));
    this.follow = follow;
  }

  User user(Row r) {
    List<Role> held =
        Arrays.stream(r.getArrayOfStrings("roles"))
            .map(roles::get)
            .filter(Objects::nonNull)
            .toList();
    return new User(
        r.getLong("id"),
        r.getString("login"),
        new Names(r.getString("name_zh"), r.getString("name_en")),
        Optional.ofNullable(r.getString("unit")),
        follow.apply(Arrays.asList(r.getArrayOfStrings("areas"))),
        Separation.holds(held) ? held : List.of());
  }
}
