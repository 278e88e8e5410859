package io.eigensweep.sweep;

import io.eigensweep.cluster.Place;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.Status;
import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a task says of its trial: all that comes back to the driver.
 *
 * @param kind what became of it
 * @param place where
 * @param seconds how long the task took
 * @param status how the trial ended, when this task has run it to its end
 * @param message what went wrong, null when nothing did
 */
record TrialEnd(
    Kind kind, Place place, double seconds, @Nullable Status status, @Nullable String message)
    implements Serializable {

  /** What can become of a task. */
  enum Kind {
    /** It ran, and has its row. */
    RAN,
    /** It had its row already. */
    COMMITTED_ELSEWHERE,
    /** It was not tried, as this executor gets no work. */
    REFUSED,
    /** It has no row, by no fault of its own: storage is away, or this machine lacks something. */
    TROUBLED,
    /** Its signal's file is not there, though others of its folder are. */
    SIGNAL_MISSING
  }

  /** A trial that has its row. */
  static TrialEnd ran(Place place, double seconds, Outcome outcome) {
    return new TrialEnd(Kind.RAN, place, seconds, outcome.status(), words(outcome));
  }

  /** A trial that has no row. */
  static TrialEnd without(Kind kind, Place place, double seconds, @Nullable String message) {
    return new TrialEnd(kind, place, seconds, null, message);
  }

  private static @Nullable String words(Outcome outcome) {
    return outcome.message() == null || outcome.stage() == null
        ? outcome.message()
        : outcome.stage().name().toLowerCase(Locale.ROOT) + ": " + outcome.message();
  }
}
