package io.eigensweep.aggregate;

import io.eigensweep.result.RowLabel;
import io.eigensweep.trial.Status;
import org.jspecify.annotations.Nullable;

/** A trial that has ended, and how, as counts and messages need it. */
public interface EndedTrial {
  /** The trial. */
  String trialId();

  /** How it ended. */
  Status status();

  /** The stage that did not succeed. */
  @Nullable String failureStage();

  /** Why. */
  @Nullable String failureMessage();

  /** What it regressed. */
  Picture picture();

  /** Whether its learning rate was above what descent bears, null where that is not known. */
  @Nullable Boolean aboveLearningRateLimit();

  /** The trial of a row's {@code label}; its picture has no size and no content. */
  static EndedTrial of(RowLabel label) {
    return new Labelled(
        label.id().text(),
        label.status(),
        label.failureStage(),
        label.failureMessage(),
        new Picture(label.signalKind(), label.signalClass(), label.signalId(), null, null),
        label.aboveLearningRateLimit());
  }

  /** A trial that is known from its row's label. */
  record Labelled(
      String trialId,
      Status status,
      @Nullable String failureStage,
      @Nullable String failureMessage,
      Picture picture,
      @Nullable Boolean aboveLearningRateLimit)
      implements EndedTrial {}
}
