package io.eigensweep.result;

import io.eigensweep.measure.Field;
import java.util.List;

/**
 * One resolved field of a {@link io.eigensweep.trial.Trial} as a column.
 *
 * @param field the column
 * @param group the component of the trial that it belongs to ({@code encoding}, {@code network}, …)
 * @param identity whether it can change a number, see {@link io.eigensweep.settings.Key#identity}
 * @param picture whether it names the picture, not how it is presented
 * @param words the only values that it can have, empty where others than words are
 */
public record Hyperparameter(
    Field field, String group, boolean identity, boolean picture, List<String> words) {
  public Hyperparameter {
    words = List.copyOf(words);
  }

  /** The column's name. */
  public String name() {
    return field.name();
  }
}
