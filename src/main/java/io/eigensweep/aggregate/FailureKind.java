package io.eigensweep.aggregate;

import io.eigensweep.trial.Status;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trials that did not succeed in the same way: the same status, stage and message, not counting
 * numbers and the picture's name in the message.
 *
 * @param status how they ended
 * @param stage where, null when it is not known
 * @param message the first one
 * @param example the picture of the first one
 * @param count how many
 */
public record FailureKind(
    Status status, @Nullable String stage, String message, Picture example, int count) {
  private static final Comparator<FailureKind> ORDER =
      Comparator.comparingInt(FailureKind::count)
          .reversed()
          .thenComparing(FailureKind::status)
          .thenComparing(FailureKind::message);

  private record Key(Status status, @Nullable String stage, String message) {}

  /** The kinds among {@code rows}, the most frequent first; the first trial is that by picture. */
  public static List<FailureKind> of(List<? extends EndedTrial> rows) {
    Map<Key, FailureKind> kinds = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.status() != Status.SUCCEEDED)
        .sorted(
            Comparator.comparing((EndedTrial row) -> row.picture().name())
                .thenComparing(EndedTrial::trialId))
        .forEach(row -> kinds.merge(key(row), single(row), (first, next) -> first.another()));
    return kinds.values().stream().sorted(ORDER).toList();
  }

  private FailureKind another() {
    return new FailureKind(status, stage, message, example, count + 1);
  }

  private static FailureKind single(EndedTrial row) {
    return new FailureKind(row.status(), row.failureStage(), message(row), row.picture(), 1);
  }

  private static Key key(EndedTrial row) {
    String general =
        message(row)
            .replace(row.picture().name(), "?")
            .replace(row.picture().id(), "?")
            .replaceAll("[0-9]+", "#");
    return new Key(row.status(), row.failureStage(), general);
  }

  private static String message(EndedTrial row) {
    String message = row.failureMessage();
    return message == null ? "" : message;
  }
}
