package org.gridline.hotline.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelephonyKeysTest {
  private static final String OLD = "01".repeat(32);
  private static final String NEW = "02".repeat(32);

  @TempDir Path secrets = Path.of("");

  @Test
  void the_first_start_makes_a_key_that_only_its_owner_reads() throws IOException {
    byte[] key = TelephonyKeys.open(secrets).keys().getFirst();
    assertThat(key).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(TelephonyKeys.open(secrets).keys().getFirst()).isEqualTo(key);
  }

  @Test
  void keys_are_changed_while_the_server_runs() throws IOException {
    write(OLD, 1);
    TelephonyKeys keys = TelephonyKeys.open(secrets);
    write("# since today\n" + NEW + "\n\n" + OLD + "\n", 2);
    assertThat(keys.keys()).extracting(HexFormat.of()::formatHex).containsExactly(NEW, OLD);
    write(NEW, 3);
    assertThat(keys.keys()).extracting(HexFormat.of()::formatHex).containsExactly(NEW);
  }

  @Test
  void a_file_half_written_leaves_the_keys_as_they_were() throws IOException {
    write(OLD, 1);
    TelephonyKeys keys = TelephonyKeys.open(secrets);
    write("0102", 2);
    assertThat(keys.keys()).extracting(HexFormat.of()::formatHex).containsExactly(OLD);
    write(NEW, 3);
    assertThat(keys.keys()).extracting(HexFormat.of()::formatHex).containsExactly(NEW);
  }

  @Test
  void a_start_with_a_damaged_file_fails_without_telling_it() throws IOException {
    for (String damaged : new String[] {"", "secret words", OLD.substring(2), "# only a remark"}) {
      write(damaged, 1);
      assertThatThrownBy(() -> TelephonyKeys.open(secrets))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("telephony.key")
          .hasMessageNotContaining("secret words");
    }
  }

  private Path file() {
    return secrets.resolve("telephony.key");
  }

  /** With a time of its own, since two writes may fall into one tick of the file system. */
  private void write(String text, int second) throws IOException {
    Files.writeString(file(), text);
    Files.setLastModifiedTime(file(), FileTime.fromMillis(1_000_000L + second * 1_000L));
  }
}
