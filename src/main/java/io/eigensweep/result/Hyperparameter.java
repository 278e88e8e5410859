package io.eigensweep.result;

import io.eigensweep.measure.Field;
import java.util.Set;

/**
 * One resolved field of a {@link io.eigensweep.trial.Trial} as a column.
 *
 * @param field the column
 * @param group the component of the trial that it belongs to ({@code encoding}, {@code network}, …)
 * @param identity whether it can change a number, see {@link io.eigensweep.settings.Key#identity}
 */
public record Hyperparameter(Field field, String group, boolean identity) {
  private static final Set<String> NAMES =
      Set.of(
          "signal_kind",
          "signal_root",
          "signal_class",
          "signal_id",
          "generated_kind",
          "generated_index");

  /** The column's name. */
  public String name() {
    return field.name();
  }

  /** Whether the column names the picture, not how it is presented. */
  boolean namesPicture() {
    return NAMES.contains(field.name());
  }
}
