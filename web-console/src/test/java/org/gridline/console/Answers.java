package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;

/** What every refusal looks like. */
final class Answers {
  private Answers() {}

  static void assertProblem(HttpResponse<String> answer, int status, String code, String field) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = Town.json(answer);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("field").asText()).isEqualTo(field);
    assertThat(problem.path("detail").asText()).isNotBlank().doesNotContain("Exception");
  }
}
