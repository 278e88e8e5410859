package io.eigensweep.trial;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A trial's fate.
 *
 * @param status how it ended
 * @param stage where it failed, null when it did not
 * @param message why it failed, null when it did not
 * @param stackHead the first lines of the stack trace, null when there is none
 */
public record Outcome(
    Status status, @Nullable Stage stage, @Nullable String message, @Nullable String stackHead)
    implements Serializable {
  public static final Outcome SUCCEEDED = new Outcome(Status.SUCCEEDED, null, null, null);

  /** A trial whose loss exploded in epoch {@code epoch}. */
  public static Outcome diverged(int epoch) {
    return new Outcome(Status.DIVERGED, Stage.TRAIN, "the loss exploded in epoch " + epoch, null);
  }

  /** A trial that ended with {@code status}, without an error of its own. */
  public static Outcome ended(Status status, @Nullable Stage stage, String message) {
    return new Outcome(status, stage, message, null);
  }

  /** A trial that did not return within {@code limit} and was ended from outside. */
  public static Outcome hung(Duration limit) {
    return ended(Status.TIMED_OUT, null, TrialTimedOutException.message(limit));
  }

  /** A trial that ended with {@code error} in {@code stage}. */
  public static Outcome failed(Stage stage, Throwable error) {
    Status status = error instanceof OutOfMemoryError ? Status.OUT_OF_MEMORY : Status.FAILED;
    String message = error.getMessage();
    StringBuilder head = new StringBuilder(error.toString());
    StackTraceElement[] frames = error.getStackTrace();
    for (int i = 0; i < Math.min(8, frames.length); i++) {
      head.append("\n  at ").append(frames[i]);
    }
    return new Outcome(
        status,
        stage,
        message == null || message.isBlank() ? error.getClass().getName() : message,
        head.toString());
  }
}
