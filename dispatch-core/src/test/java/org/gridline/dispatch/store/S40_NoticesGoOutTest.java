package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.gridline.dispatch.city.NoticeFile;
import org.gridline.dispatch.notice.Letter;
import org.gridline.dispatch.notice.MeansKind;
import org.gridline.dispatch.notice.Notice;
import org.gridline.dispatch.notice.NoticeMeans;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.notice.Notices;
import org.gridline.dispatch.notice.Outbox;
import org.gridline.dispatch.notice.Receivers;
import org.gridline.dispatch.notice.SendNotices;
import org.gridline.dispatch.notice.TellSteps;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 邮件等其他方式: a notice goes out to whom it is for, once, again until it is taken, and no further. */
@Timeout(180)
class S40_NoticesGoOutTest {
  private static final NoticeMeans.Verdict TAKEN = new NoticeMeans.Verdict.Taken();

  private final ConcurrentLinkedQueue<Letter> letters = new ConcurrentLinkedQueue<>();
  private Desk desk;
  private TellSteps telling;
  private Function<Letter, NoticeMeans.Verdict> server = letter -> TAKEN;

  @TempDir private Path city = Path.of("");

  @BeforeEach
  void open() throws IOException {
    desk = Desk.open(TestDatabase.fresh());
    Files.writeString(
        city.resolve("notices.yaml"),
        """
        rules:
          - {id: urged, on: urged, to: [{duty: owner}], means: [email], repeatMinutes: 10}
        """);
    NoticeRules rules = NoticeFile.read(city, Desk.packForTests());
    telling = desk.database().tellSteps(rules);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void it_reaches_whoever_left_an_address_and_may_see_the_ticket_and_nobody_else() {
    Ticket ticket = urged();
    User handler = handler(ticket);
    for (String login : List.of(handler.login(), "maqun1", "checker1", "sysadmin1"))
      address(desk.person(login), Optional.of(login + "@example.cn"));
    round(now());
    assertThat(letters).extracting(Letter::to).containsExactly(handler.login() + "@example.cn");
    Letter letter = letters.element();
    assertThat(letter.number()).isEqualTo(ticket.number());
    assertThat(letter.category()).isPresent();
    round(now().plus(Duration.ofDays(1)));
    assertThat(letters).hasSize(1);
    assertThat(counts(ticket)).extracting(Outbox.Count::state).containsExactly(Outbox.State.SENT);
  }

  @Test
  void each_reminder_goes_out_until_one_acknowledges() {
    Ticket ticket = urged();
    User handler = handler(ticket);
    address(handler, Optional.of("a@example.cn"));
    round(now());
    Instant later = now().plus(Duration.ofMinutes(11));
    desk.database().notices().remind(later, later);
    round(later);
    assertThat(letters).extracting(Letter::reminders).containsExactly(0, 1);

    server = letter -> new NoticeMeans.Verdict.Later("smtp 451");
    Instant third = later.plus(Duration.ofMinutes(11));
    desk.database().notices().remind(third, third);
    round(third);
    Notice notice = open(handler, third).getFirst();
    desk.database().notices().acknowledge(reader(handler, third), notice.id(), third);
    server = letter -> TAKEN;
    letters.clear();
    round(third.plus(Duration.ofHours(2)));
    assertThat(letters).as("somebody sees to it already").isEmpty();
    assertThat(counts(ticket))
        .extracting(Outbox.Count::state)
        .containsExactlyInAnyOrder(Outbox.State.SENT, Outbox.State.DROPPED);
  }

  @Test
  void it_is_tried_again_with_longer_pauses_and_then_given_up_where_all_can_see_it() {
    Ticket ticket = urged();
    address(handler(ticket), Optional.of("a@example.cn"));
    server = letter -> new NoticeMeans.Verdict.Later("smtp 451");
    Instant at = now();
    round(at);
    round(at.plusSeconds(29));
    assertThat(letters).hasSize(1);
    round(at.plusSeconds(31));
    assertThat(letters).hasSize(2);
    round(at.plusSeconds(62));
    assertThat(letters).as("twice as long").hasSize(2);
    for (int hour = 1; hour < 30; hour++) round(at.plus(Duration.ofHours(hour)));
    assertThat(letters).hasSize(10);
    assertThat(letters.stream().map(Letter::id).distinct()).hasSize(1);
    assertThat(counts(ticket))
        .containsExactly(
            new Outbox.Count(
                counts(ticket).getFirst().notice(),
                MeansKind.EMAIL,
                Outbox.State.FAILED,
                1,
                Optional.of("smtp 451")));
    assertThat(desk.database().outbox().standing(now(), now()).failed()).isEqualTo(1);
  }

  @Test
  void what_is_refused_is_not_tried_again() {
    Ticket ticket = urged();
    address(handler(ticket), Optional.of("a@example.cn"));
    server = letter -> new NoticeMeans.Verdict.Refused("smtp 550");
    round(now());
    round(now().plus(Duration.ofDays(1)));
    assertThat(letters).hasSize(1);
    assertThat(counts(ticket)).extracting(Outbox.Count::state).containsExactly(Outbox.State.FAILED);
  }

  @Test
  void a_node_that_dies_while_sending_leaves_it_to_another_after_the_lease() {
    Ticket ticket = urged();
    address(handler(ticket), Optional.of("a@example.cn"));
    Outbox outbox = desk.database().outbox();
    Instant at = now();
    server = letter -> new NoticeMeans.Verdict.Later("once");
    round(at);
    letters.clear();
    server = letter -> TAKEN;
    Instant due = at.plusSeconds(31);
    List<Outbox.Leased> dying = outbox.lease(Set.of(MeansKind.EMAIL), SendNotices.LEASE, 10, due);
    assertThat(dying).hasSize(1);
    round(due.plusSeconds(60));
    assertThat(letters).as("it may still be under way").isEmpty();
    round(due.plus(SendNotices.LEASE).plusSeconds(1));
    assertThat(letters).hasSize(1);
    // The one that was thought dead comes back too late to say anything.
    outbox.settle(dying.getFirst(), Outbox.State.FAILED, Optional.empty(), "late", due);
    assertThat(counts(ticket)).extracting(Outbox.Count::state).containsExactly(Outbox.State.SENT);
  }

  @Test
  void any_number_of_nodes_send_each_once() throws Exception {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 40; i++) tickets.add(urged());
    address(handler(tickets.getFirst()), Optional.of("a@example.cn"));
    Instant at = now();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        SendNotices send = sending();
        work.add(
            threads.submit(
                () -> {
                  while (number("SELECT count(*) FROM notice_message WHERE state = 'SENT'") < 40)
                    send.round(() -> at);
                  return null;
                }));
      }
      for (Future<?> w : work) w.get();
    }
    assertThat(letters).hasSize(40);
    assertThat(letters.stream().map(Letter::ticket).distinct()).hasSize(40);
  }

  @Test
  void what_nobody_could_send_for_days_is_not_sent_when_a_server_comes() {
    Ticket ticket = urged();
    address(handler(ticket), Optional.of("a@example.cn"));
    round(now().plus(Duration.ofDays(2)));
    assertThat(letters).isEmpty();
  }

  @Test
  void no_row_holds_an_address_or_a_word_of_the_report() throws SQLException {
    Ticket ticket = urged();
    address(handler(ticket), Optional.of("a@example.cn"));
    round(now());
    try (Connection c = TestDatabase.connectTo(desk.url());
        Statement s = c.createStatement();
        ResultSet rows =
            s.executeQuery(
                "SELECT row_to_json(m)::text FROM notice_message m"
                    + " UNION ALL SELECT row_to_json(n)::text FROM notice n")) {
      while (rows.next())
        assertThat(rows.getString(1)).doesNotContain("example.cn", "王样例", "13800000001", "垃圾");
    }
    assertThat(letters.element().toString()).doesNotContain("example.cn");
    address(handler(ticket), Optional.empty());
    assertThat(desk.database().outbox().findAddress(handler(ticket).id(), MeansKind.EMAIL))
        .isEmpty();
  }

  private Ticket urged() {
    Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    ticket = desk.act(ticket, desk.person("chief1"), ActionKind.URGE, Map.of("words", "请抓紧"));
    TestDatabase.awaitSealed(desk.url());
    while (telling.round(now())) Thread.onSpinWait();
    return ticket;
  }

  private void round(Instant at) {
    SendNotices send = sending();
    while (send.round(() -> at)) Thread.onSpinWait();
  }

  private SendNotices sending() {
    return new SendNotices(
        desk.database().outbox(),
        receivers(),
        desk.database().accounts(),
        desk.pack().policy().units(),
        List.of(
            new NoticeMeans() {
              @Override
              public MeansKind kind() {
                return MeansKind.EMAIL;
              }

              @Override
              public Verdict tell(Letter letter) {
                letters.add(letter);
                return server.apply(letter);
              }
            }));
  }

  private Receivers receivers() {
    return new Receivers(
        desk.database().rosters(), desk.database().notices(), desk.pack().policy().units());
  }

  private List<Outbox.Count> counts(Ticket ticket) {
    List<Long> notices = new ArrayList<>();
    try (Connection c = TestDatabase.connectTo(desk.url());
        Statement s = c.createStatement();
        ResultSet rows = s.executeQuery("SELECT id FROM notice WHERE ticket_id = " + ticket.id())) {
      while (rows.next()) notices.add(rows.getLong(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return desk.database().outbox().count(notices);
  }

  private List<Notice> open(User user, Instant at) {
    return desk.database()
        .notices()
        .list(reader(user, at), Notices.Which.OPEN, Optional.empty(), 10, at)
        .notices();
  }

  private Notices.Reader reader(User user, Instant at) {
    return new Notices.Reader(
        user.id(), receivers().wordsOf(user, at), user.scope(desk.pack().policy().units()));
  }

  private void address(User user, Optional<String> address) {
    desk.database().outbox().setAddress(user.id(), MeansKind.EMAIL, address, now());
  }

  private User handler(Ticket ticket) {
    return Desk.packForTests().people().stream()
        .filter(p -> p.unit().equals(ticket.owner().orElseThrow().unit()))
        .map(p -> desk.person(p.login()))
        .findFirst()
        .orElseThrow();
  }

  private Instant now() {
    return desk.database().clock().instant();
  }

  private long number(String query) throws SQLException {
    try (Connection c = TestDatabase.connectTo(desk.url());
        Statement s = c.createStatement();
        ResultSet rows = s.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
