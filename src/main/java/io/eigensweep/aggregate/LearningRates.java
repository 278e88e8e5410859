package io.eigensweep.aggregate;

import io.eigensweep.trial.Status;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Trials that were asked to run above the learning rate that descent bears. */
public final class LearningRates {
  private LearningRates() {}

  /** One sentence about those among {@code rows}; empty when there are none. */
  public static Optional<String> warning(List<? extends EndedTrial> rows) {
    List<? extends EndedTrial> above =
        rows.stream().filter(row -> Boolean.TRUE.equals(row.aboveLearningRateLimit())).toList();
    if (above.isEmpty()) {
      return Optional.empty();
    }
    long diverged = above.stream().filter(row -> row.status() == Status.DIVERGED).count();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d of %,d trials ran above the learning rate that full-batch descent bears"
                + " (above_learning_rate_limit); %,d of them DIVERGED",
            above.size(),
            rows.size(),
            diverged));
  }
}
