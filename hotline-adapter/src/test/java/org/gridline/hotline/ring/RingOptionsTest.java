package org.gridline.hotline.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.gridline.hotline.call.CallEvent.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingOptionsTest {
  private static final Map<String, String> RUNNING =
      Map.of("GRIDLINE_URL", "http://127.0.0.1:8080");

  @Test
  void it_rings_unless_told_otherwise() {
    assertThat(read("--caller 139 --agent operator1").events()).containsExactly(Kind.RINGING);
    assertThat(read("--caller 139 --agent operator1 --event held").events())
        .containsExactly(Kind.HELD);
    assertThat(read("--caller=139 --agent=operator1 --talk=3").events())
        .containsExactly(Kind.RINGING, Kind.ANSWERED, Kind.ENDED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--caller 139",
        "--agent a",
        "--caller 139 --agent",
        "--caller 139 --agent a --event sings",
        "--caller 139 --agent a --talk soon",
        "--caller 139 --agent a --talk -1",
        "--caller 139 --agent a --talk 1 --event held",
        "--caller 139 --agent a --loud yes",
        "--caller 139 --agent a --url ftp://x",
        "--caller 139 --agent a --url ://",
      })
  void what_can_not_be_followed_is_said(String line) {
    assertThatThrownBy(() -> read(line)).isInstanceOf(RingOptions.Wrong.class);
    assertThat(run(line, RUNNING)).isEqualTo(2);
  }

  @Test
  void without_a_server_or_a_key_it_says_so(@TempDir Path empty) {
    assertThat(run("--caller 139 --agent a", Map.of())).isEqualTo(2);
    assertThat(
            run(
                "--caller 139 --agent a --url http://127.0.0.1:9",
                Map.of("GRIDLINE_DATA", empty.toString())))
        .isEqualTo(1);
  }

  private static RingOptions read(String line) {
    return RingOptions.read(line.split(" "), RUNNING);
  }

  private static int run(String line, Map<String, String> environment) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Ring.run(line.split(" "), environment, nowhere, nowhere);
  }
}
