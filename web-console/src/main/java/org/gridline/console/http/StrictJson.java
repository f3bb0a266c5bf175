package org.gridline.console.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * Reads a body as one JSON object and takes nothing that two readers could understand differently:
 * broken UTF-8, members that come twice, a second value behind the first, deep nesting.
 */
final class StrictJson {
  private static final int MOST_DEPTH = 16;
  private static final int MOST_DIGITS = 64;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MOST_DEPTH)
                          .maxNumberLength(MOST_DIGITS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * @throws Failure {@code invalid_encoding} or {@code invalid_request}; the detail never quotes
   *     the body
   */
  static ObjectNode object(byte[] body) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text(body));
    } catch (StreamConstraintsException e) {
      throw invalid("嵌套过深或数字过长 · nested too deep, or a number is too long");
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      String at = where == null ? "" : " (" + where.getLineNr() + ":" + where.getColumnNr() + ")";
      throw invalid(
          String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")
              ? "成员重复 · a member comes twice" + at
              : "不是合法的 JSON · not valid JSON" + at);
    }
    if (node instanceof ObjectNode object) return object;
    throw invalid("需要一个 JSON 对象 · one JSON object is needed");
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(body))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Failure(FailureCode.INVALID_ENCODING, "请用 UTF-8 发送 · send UTF-8");
    }
  }

  private static Failure invalid(String detail) {
    return new Failure(FailureCode.INVALID_REQUEST, detail);
  }
}
