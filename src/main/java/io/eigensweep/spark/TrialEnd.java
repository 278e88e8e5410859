package io.eigensweep.spark;

import io.eigensweep.trial.Status;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a task says of its trial: all that comes back to the driver.
 *
 * @param kind what became of it
 * @param status how the trial ended, when this task has run it to its end
 * @param seconds how long the trial took here
 */
record TrialEnd(Kind kind, @Nullable Status status, double seconds) implements Serializable {

  /** What can become of a task. */
  enum Kind {
    /** It ran, and has its row. */
    RAN,
    /** It had its row already. */
    COMMITTED_ELSEWHERE,
    /** It would not have ended in time, or was stopped when the time was over. */
    POSTPONED
  }
}
