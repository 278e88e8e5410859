package io.eigensweep.result;

import io.eigensweep.trial.TrialResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a trial's row are read from.
 *
 * @param result the trial's result
 * @param job the name of the job that ran it, null outside a sweep
 * @param hyperparameters every resolved field of the trial by column, see {@link Hyperparameters}
 */
public record Row(
    TrialResult result, @Nullable String job, Map<String, @Nullable Object> hyperparameters) {

  /** The row of {@code result} in the sweep of {@code job}. */
  public static Row of(TrialResult result, @Nullable String job) {
    return new Row(result, job, Hyperparameters.values(result.trial()));
  }
}
