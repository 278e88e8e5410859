package io.eigensweep.report;

import io.eigensweep.aggregate.FailureKind;
import io.eigensweep.aggregate.LearningRates;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.store.FrozenJob;
import io.eigensweep.trial.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of a sweep's trials, as Markdown. */
final class Summary {
  private static final int MAX_KINDS = 50;
  private static final int MAX_MESSAGE = 200;

  private Summary() {}

  static String render(Optional<FrozenJob> job, List<TrialRow> rows) {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(Markdown.text(job.map(FrozenJob::name).orElse("Sweep")));
    out.append("\n\n");
    out.append(progress(job, rows.size())).append("\n\n");
    out.append(Markdown.render(fates(rows)));
    LearningRates.warning(rows)
        .ifPresent(warning -> out.append('\n').append(Markdown.text(warning)).append(".\n"));
    List<FailureKind> kinds = FailureKind.of(rows);
    if (!kinds.isEmpty()) {
      out.append("\n## Trials that did not succeed\n\n");
      out.append(Markdown.render(failures(kinds)));
      if (kinds.size() > MAX_KINDS) {
        out.append("\nand ").append(kinds.size() - MAX_KINDS).append(" more kinds\n");
      }
    }
    return out.toString();
  }

  /** The kinds of failures, at most some dozens; without rows when every trial has succeeded. */
  static Table failureTable(List<TrialRow> rows) {
    return failures(FailureKind.of(rows));
  }

  private static String progress(Optional<FrozenJob> job, int committed) {
    return job.map(
            frozen ->
                String.format(
                    Locale.ROOT, "%,d of %,d trials have a row.", committed, frozen.trials()))
        .orElse(String.format(Locale.ROOT, "%,d trials have a row.", committed));
  }

  private static Table fates(List<TrialRow> rows) {
    List<List<@Nullable String>> cells =
        Arrays.stream(Status.values())
            .map(
                status ->
                    Arrays.<@Nullable String>asList(
                        status.name(),
                        Format.count(rows.stream().filter(row -> row.status() == status).count())))
            .collect(Collectors.toList());
    return new Table(List.of("Fate", "trials"), cells);
  }

  private static Table failures(List<FailureKind> kinds) {
    List<List<@Nullable String>> cells = new ArrayList<>();
    for (FailureKind kind : kinds.subList(0, Math.min(MAX_KINDS, kinds.size()))) {
      cells.add(
          Arrays.asList(
              Integer.toString(kind.count()),
              kind.status().name(),
              kind.stage(),
              shortened(kind.message()),
              kind.example().name()));
    }
    return new Table(List.of("trials", "Fate", "Stage", "First message", "Example picture"), cells);
  }

  private static String shortened(String message) {
    return message.codePointCount(0, message.length()) <= MAX_MESSAGE
        ? message
        : message.substring(0, message.offsetByCodePoints(0, MAX_MESSAGE)) + "…";
  }
}
