package org.gridline.hotline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * mail.properties and the environment: a mistake stops the start, instead of leaving people untold.
 */
class MailSettingsTest {
  private static final Map<String, String> NOTHING = Map.of();

  @TempDir private Path secrets = Path.of("");

  @Test
  void without_file_and_environment_there_is_no_mail() {
    assertThat(MailSettings.read(secrets, NOTHING)).isEmpty();
  }

  @Test
  void the_environment_counts_more_than_the_file_and_no_password_is_printed() throws IOException {
    write(
        """
        host=mail.example.gov.cn
        from=gridline@example.gov.cn
        publicUrl=https://gridline.example.gov.cn/
        user=gridline
        password=from-the-file
        domains=example.gov.cn, qx.example.gov.cn
        """);
    MailSettings settings =
        MailSettings.read(secrets, Map.of("GRIDLINE_MAIL_PASSWORD", "from-outside")).orElseThrow();
    assertThat(settings.password()).isEqualTo("from-outside");
    assertThat(settings.port()).isEqualTo(587);
    assertThat(settings.tls()).isEqualTo(MailSettings.Tls.STARTTLS);
    assertThat(settings.publicUrl()).hasToString("https://gridline.example.gov.cn");
    assertThat(settings.toString()).doesNotContain("outside", "file");
    assertThat(settings.reaches("a@QX.example.gov.cn")).isTrue();
    assertThat(settings.reaches("a@example.com")).isFalse();
    assertThat(
            MailSettings.read(
                    secrets, Map.of("GRIDLINE_MAIL_PUBLIC_URL", "https://other.example.cn"))
                .orElseThrow()
                .publicUrl())
        .hasToString("https://other.example.cn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from=a@b.cn\\npublicUrl=https://x                            | host is missing",
        "host=h\\npublicUrl=https://x                                 | from is missing",
        "host=h\\nfrom=a b@c\\npublicUrl=https://x                    | from must be an address",
        "host=h\\nfrom=a@b.cn                                         | publicUrl is missing",
        "host=h\\nfrom=a@b.cn\\npublicUrl=javascript:x                | publicUrl must begin",
        "host=h\\nfrom=a@b.cn\\npublicUrl=https://x\\nport=0          | port must be",
        "host=h\\nfrom=a@b.cn\\npublicUrl=https://x\\nport=x          | port must be a number",
        "host=h\\nfrom=a@b.cn\\npublicUrl=https://x\\ntls=maybe       | tls must be",
        "host=h\\nfrom=a@b.cn\\npublicUrl=https://x\\ntls=none        | tls must be",
        "host=h\\nfrom=a@b.cn\\npublicUrl=https://x\\nauthority=none.pem | authority must be a file",
        "hots=h                                                       | hots is not known",
      })
  void mistakes_are_named(String text, String reason) throws IOException {
    write(text.replace("\\n", "\n"));
    assertThatThrownBy(() -> MailSettings.read(secrets, NOTHING))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a@",
        "@b",
        "a@b@c",
        "a b@c",
        "a@b c",
        "a@b\r\nRCPT TO:<x@y>",
        "<a@b>",
        "a@b,c@d",
        "\"a\"@b",
        "a..b@c",
        ".a@b",
        "a@-b",
        "王@b.cn",
        "a@b>"
      })
  void hostile_addresses_are_none(String address) {
    assertThat(MailAddress.valid(address)).isFalse();
  }

  @Test
  void plain_addresses_are() {
    assertThat(MailAddress.valid("zhang.san-1+x@mail.qx.gov.cn")).isTrue();
    assertThat(MailAddress.valid("a".repeat(250) + "@b.cn")).isFalse();
  }

  private void write(String text) throws IOException {
    Files.writeString(secrets.resolve("mail.properties"), text);
  }
}
