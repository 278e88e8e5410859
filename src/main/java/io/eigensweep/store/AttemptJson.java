package io.eigensweep.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eigensweep.trial.TrialId;
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

  /** The start of an attempt at {@code id}. */
  static byte[] of(TrialId id, AttemptLog.Start start) {
    ProcessMark process = start.process();
    return of(
        Map.of(
            "trial",
            id.text(),
            "host",
            start.host(),
            "pid",
            process.pid(),
            "boot",
            process.boot(),
            "pid_namespace",
            process.namespace(),
            "process_born",
            process.born(),
            "executor",
            start.executor(),
            "started_at",
            start.startedAt().toString()));
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
          new ProcessMark(
              node.path("pid").asLong(),
              node.path("boot").asText(),
              node.path("pid_namespace").asText(),
              node.path("process_born").asText()),
          node.path("executor").asText(),
          Instant.parse(node.path("started_at").asText()));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException("not the start of an attempt: " + e.getMessage(), e);
    }
  }
}
