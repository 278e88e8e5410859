package io.eigensweep.aggregate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One grid resolution of one setting.
 *
 * @param setting the setting's name without its resolution
 * @param resolution cells per axis of the finest level
 * @param statistics over all pictures and seeds
 */
public record ResolutionRow(String setting, int resolution, ComparisonRow statistics) {

  /** The cells by column, in the order of {@link io.eigensweep.result.Tables#RESOLUTION}. */
  public Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("setting", setting);
    values.put("resolution", resolution);
    statistics.values().forEach(values::putIfAbsent);
    return values;
  }
}
