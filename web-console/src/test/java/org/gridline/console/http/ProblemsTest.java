package org.gridline.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.gridline.console.Town;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemsTest {
  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyCodeIsAProblem(FailureCode code) {
    Answer.Full answer = Problems.of(Failure.atField(code, "words", "what to do"));
    JsonNode body = Town.json(new String(answer.body(), StandardCharsets.UTF_8));
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.status()).isBetween(400, 503);
    assertThat(body.path("status").asInt()).isEqualTo(answer.status());
    assertThat(body.path("code").asText()).isEqualTo(code.id());
    assertThat(body.path("type").asText()).isEqualTo("urn:gridline:problem:" + code.id());
    assertThat(body.path("title").asText()).isEqualTo(code.title());
    assertThat(body.path("detail").asText()).isEqualTo("what to do");
    assertThat(body.path("field").asText()).isEqualTo("words");
    assertThat(answer.headers().containsKey("Retry-After"))
        .isEqualTo(answer.status() == 429 || answer.status() == 503);
  }

  @Test
  void whatNobodyExpectedTellsNothingButAReference() {
    Answer.Full answer =
        Problems.of(new IllegalStateException("phone 13812345678"), "GET /x", "0123456789abcdef");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("\"code\":\"internal\"")
        .doesNotContain("13812345678");
    assertThat(Traces.withoutMessages(new IllegalStateException("13812345678")))
        .contains("IllegalStateException")
        .doesNotContain("13812345678");
  }
}
