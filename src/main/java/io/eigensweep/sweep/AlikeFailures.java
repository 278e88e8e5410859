package io.eigensweep.sweep;

import io.eigensweep.trial.Status;
import org.jspecify.annotations.Nullable;

/**
 * Counts trials that fail one after the other in one stage with one message: then it is not they
 * that are wrong, and the night is better spent otherwise. Signals whose content can't be used, and
 * trials that diverge, take too long or too much memory, say nothing of the kind.
 */
final class AlikeFailures {
  /** So many in a row are no fate. */
  static final int LIMIT = 50;

  private @Nullable String message;
  private int count;

  /**
   * A trial has ended.
   *
   * @throws SweepAbortedException when too many have ended alike
   */
  void ended(Status status, @Nullable String words) {
    if (status != Status.FAILED || words == null || words.startsWith("load: ")) {
      count = 0;
      message = null;
      return;
    }
    count = words.equals(message) ? count + 1 : 1;
    message = words;
    if (count >= LIMIT) {
      throw new SweepAbortedException(
          "the last "
              + count
              + " trials have all FAILED in "
              + words.strip().lines().findFirst().orElse(""));
    }
  }
}
