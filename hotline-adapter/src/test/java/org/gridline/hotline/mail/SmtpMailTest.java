package org.gridline.hotline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Vertx;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.notice.Letter;
import org.gridline.dispatch.notice.NoticeMeans.Verdict;
import org.gridline.dispatch.notice.Occasion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mail goes to a real SMTP server; what the server says decides what becomes of the letter. */
@Timeout(120)
class SmtpMailTest {
  private final Vertx vertx = Vertx.vertx();
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    vertx.close().await();
  }

  @Test
  void a_letter_says_number_category_deadline_and_link_in_chinese_first() throws Exception {
    try (SmtpMail mail = mail(server.getSmtp().getPort(), "")) {
      assertThat(mail.tell(letter("77", "handler@example.gov.cn"))).isEqualTo(new Verdict.Taken());
    }
    assertThat(server.getReceivedMessages()).hasSize(1);
    MimeMessage got = server.getReceivedMessages()[0];
    assertThat(got.getSubject()).isEqualTo("【督办】QX2026112200100 （第 2 次提醒）");
    assertThat(got.getHeader("Message-ID")).containsExactly("<notice-77@example.gov.cn>");
    assertThat(got.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(got.getAllRecipients()).hasSize(1);
    assertThat(String.valueOf(got.getContent()).replace("\r\n", "\n"))
        .contains(
            "事项 Category: 暴露垃圾 · Exposed rubbish\n",
            "时限 Due: 2026-11-23 18:00 (Asia/Shanghai)\n",
            "https://gridline.example.gov.cn/tickets/4711\n",
            "合成数据 · synthetic");
  }

  @Test
  void the_same_letter_again_has_the_same_id() throws Exception {
    try (SmtpMail mail = mail(server.getSmtp().getPort(), "")) {
      mail.tell(letter("78", "handler@example.gov.cn"));
      mail.tell(letter("78", "handler@example.gov.cn"));
    }
    assertThat(server.getReceivedMessages()).hasSize(2);
    assertThat(server.getReceivedMessages()[0].getMessageID())
        .isEqualTo(server.getReceivedMessages()[1].getMessageID());
  }

  @Test
  void a_password_is_asked_and_a_wrong_one_never_gets_through() {
    server.setUser("gridline", "gridline", "right");
    try (SmtpMail mail = mail(server.getSmtp().getPort(), "right")) {
      assertThat(mail.tell(letter("1", "handler@example.gov.cn"))).isEqualTo(new Verdict.Taken());
    }
    try (SmtpMail mail = mail(server.getSmtp().getPort(), "wrong")) {
      assertThat(mail.tell(letter("2", "handler@example.gov.cn")))
          .isNotEqualTo(new Verdict.Taken());
    }
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void nothing_goes_to_other_domains_or_hostile_addresses() {
    try (SmtpMail mail = mail(server.getSmtp().getPort(), "")) {
      for (String to : Set.of("a@example.com", "a@example.gov.cn\r\nRCPT TO:<b@example.com>", ""))
        assertThat(mail.tell(letter("3", to))).isInstanceOf(Verdict.Refused.class);
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_server_that_is_not_there_is_asked_later() throws IOException {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = closed.getLocalPort();
    }
    try (SmtpMail mail = mail(nobody, "")) {
      assertThat(mail.tell(letter("4", "handler@example.gov.cn")))
          .isEqualTo(new Verdict.Later("not reached"));
    }
  }

  @Test
  void what_the_server_says_counts_and_its_words_are_not_repeated() throws IOException {
    try (Script busy = new Script("451 4.3.0 handler@example.gov.cn try later", "");
        SmtpMail mail = mail(busy.port(), "")) {
      assertThat(mail.tell(letter("5", "handler@example.gov.cn")))
          .isEqualTo(new Verdict.Later("smtp 451"));
    }
    try (Script no = new Script("550 5.1.1 no handler@example.gov.cn here", "");
        SmtpMail mail = mail(no.port(), "")) {
      assertThat(mail.tell(letter("6", "handler@example.gov.cn")))
          .isEqualTo(new Verdict.Refused("smtp 550"));
    }
  }

  @Test
  void a_server_that_dies_over_its_answer_leaves_it_unknown() throws IOException {
    try (Script dying = new Script("250 ok", "die");
        SmtpMail mail = mail(dying.port(), "")) {
      assertThat(mail.tell(letter("7", "handler@example.gov.cn")))
          .isInstanceOf(Verdict.Unknown.class);
    }
  }

  private SmtpMail mail(int port, String password) {
    return new SmtpMail(
        vertx,
        new MailSettings(
            "127.0.0.1",
            port,
            MailSettings.Tls.NONE,
            password.isEmpty() ? "" : "gridline",
            password,
            "gridline@example.gov.cn",
            URI.create("https://gridline.example.gov.cn"),
            Set.of("example.gov.cn"),
            Optional.empty()),
        ZoneId.of("Asia/Shanghai"),
        new Names("栖霞区", "Qixia"),
        Optional.of(new Names("合成数据", "synthetic")));
  }

  private static Letter letter(String id, String to) {
    return new Letter(
        id,
        to,
        Occasion.SUPERVISED,
        4711,
        "QX2026112200100",
        Optional.of(new Names("暴露垃圾", "Exposed rubbish")),
        Optional.of(Clock.HANDLE),
        Optional.of(Instant.parse("2026-11-23T10:00:00Z")),
        0,
        2);
  }

  /**
   * A server that answers to the receiver as told, and may hang up instead of taking the letter.
   */
  private static final class Script implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    Script(String toReceiver, String toLetter) throws IOException {
      Thread.ofVirtual().start(() -> serve(toReceiver, toLetter));
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve(String toReceiver, String toLetter) {
      while (!socket.isClosed()) {
        try (Socket one = socket.accept();
            BufferedReader in =
                new BufferedReader(
                    new InputStreamReader(one.getInputStream(), StandardCharsets.US_ASCII));
            Writer out =
                new java.io.OutputStreamWriter(one.getOutputStream(), StandardCharsets.US_ASCII)) {
          say(out, "220 here");
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            String word = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
            switch (word) {
              case "RCPT" -> say(out, toReceiver);
              case "DATA" -> {
                say(out, "354 go on");
                String text = in.readLine();
                while (text != null && !text.equals(".")) text = in.readLine();
                if (toLetter.equals("die")) return;
                say(out, "250 taken");
              }
              case "QUIT" -> say(out, "221 bye");
              default -> say(out, "250 ok");
            }
          }
        } catch (IOException gone) {
          // The other side hung up, or the test is over.
        }
      }
    }

    private static void say(Writer out, String line) throws IOException {
      out.write(line + "\r\n");
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
