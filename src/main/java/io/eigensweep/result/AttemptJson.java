package io.eigensweep.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The text of the files of {@link AttemptLog}. */
final class AttemptJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AttemptJson() {}

  static byte[] of(Map<String, ?> fields) {
    try {
      return (JSON.writeValueAsString(new TreeMap<>(fields)) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + fields, e);
    }
  }

  /**
   * Reads the start of the attempt {@code name}.
   *
   * @throws IllegalArgumentException when {@code text} is something else
   */
  static AttemptLog.Start start(String name, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return new AttemptLog.Start(
          name,
          node.path("host").asText(),
          node.path("pid").asLong(),
          node.path("executor").asText(),
          Instant.parse(node.path("started_at").asText()));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException("not the start of an attempt: " + e.getMessage(), e);
    }
  }
}
