package io.eigensweep.trial;

import java.time.Duration;
import java.util.Locale;

/** A trial has run for longer than it may. */
final class TrialTimedOutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrialTimedOutException(Duration limit) {
    super(message(limit));
  }

  /** What the row of a trial says that ran for longer than {@code limit}. */
  static String message(Duration limit) {
    return String.format(
        Locale.ROOT, "not finished after the timeout of %.1f s", limit.toMillis() / 1e3);
  }
}
