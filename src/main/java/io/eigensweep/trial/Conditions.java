package io.eigensweep.trial;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a trial without changing its numbers: how long it may take, whether it should
 * stop, and where a long training saves itself. The runner asks after each epoch and between the
 * stages of a kernel.
 *
 * @param timeout the most that one attempt may take, null without a limit
 * @param stop whether the trial should give up its core, asked again and again
 * @param saves where trainings are saved, null when they are not
 * @param saveEvery time between two saves
 */
public record Conditions(
    @Nullable Duration timeout,
    BooleanSupplier stop,
    @Nullable TrialSaves saves,
    Duration saveEvery) {
  /** No limit, nothing that stops the trial, nothing saved. */
  public static final Conditions NONE = new Conditions(null, () -> false, null, Duration.ZERO);
}
