package io.eigensweep.job;

import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.settings.Names;
import io.eigensweep.settings.Schema;
import io.eigensweep.trial.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code exclude:}, a partial description of trials: it drops every trial that fits
 * all its conditions.
 *
 * @param where its position in the job, for messages
 * @param conditions at least one
 */
public record Exclusion(String where, List<Condition> conditions) {
  public Exclusion {
    conditions = List.copyOf(conditions);
  }

  /**
   * One key of a trial and the values that it may have.
   *
   * @param section the part of the trial, as the job file spells it; {@code seeds} has no key
   * @param key the key within the section, or {@code type}
   * @param values any of these; null stands for an absent value
   */
  public record Condition(String section, String key, List<@Nullable Object> values) {

    /** True when {@code trial} has one of the values. */
    boolean matches(Trial trial) {
      if (section.equals("seeds")) {
        return values.contains(trial.seed());
      }
      Record part = (Record) Objects.requireNonNull(value(trial, section));
      if (key.equals("type")) {
        return values.contains(Names.typeName(part.getClass()));
      }
      return has(part);
    }

    private boolean has(Record part) {
      for (Schema.Component component : Schema.of(part.getClass())) {
        Object value = component.value(part);
        if (component.key().flat() && value instanceof Record block) {
          if (component.name().equals(key)) {
            return values.contains(Names.typeName(block.getClass()));
          } else if (has(block)) {
            return true;
          }
        } else if (component.name().equals(key)) {
          return values.contains(value);
        }
      }
      return false;
    }

    private static @Nullable Object value(Record record, String key) {
      for (Schema.Component component : Schema.of(record.getClass())) {
        if (component.name().equals(key)) {
          return component.value(record);
        }
      }
      throw new IllegalStateException("a trial has no " + key);
    }
  }

  /** True when {@code trial} fits every condition. */
  public boolean matches(Trial trial) {
    for (Condition condition : conditions) {
      if (!condition.matches(trial)) {
        return false;
      }
    }
    return true;
  }

  /** The canonical JSON: sections and keys in the trial's order, every value in a list. */
  String json() {
    Map<String, String> sections = new LinkedHashMap<>();
    Map<String, Map<String, String>> keys = new LinkedHashMap<>();
    for (Condition condition : conditions) {
      String values = json(condition.values());
      if (condition.key().isEmpty()) {
        sections.put(condition.section(), values);
      } else {
        Map<String, String> section =
            keys.computeIfAbsent(condition.section(), name -> new LinkedHashMap<>());
        section.put(condition.key(), values);
        sections.put(condition.section(), CanonicalJson.object(section));
      }
    }
    return CanonicalJson.object(sections);
  }

  private static String json(List<@Nullable Object> values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(value == null ? "null" : CanonicalJson.full(value));
    }
    return "[" + String.join(",", texts) + "]";
  }
}
