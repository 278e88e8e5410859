package io.eigensweep.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What rows and reports take from {@code job.json}.
 *
 * @param name the job's name
 * @param trials how many trials it has
 */
public record FrozenJob(String name, long trials) {

  /**
   * Reads the text of {@code job.json}.
   *
   * @throws IllegalArgumentException when it is no frozen job
   */
  public static FrozenJob parse(String json) {
    try {
      JsonNode root = new ObjectMapper().readTree(json);
      JsonNode name = root.path("job").path("name");
      JsonNode trials = root.path("trials");
      if (!name.isTextual() || !trials.canConvertToLong()) {
        throw new IllegalArgumentException("job.json must have a job.name and trials");
      }
      return new FrozenJob(name.textValue(), trials.longValue());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("job.json is no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
