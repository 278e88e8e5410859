package io.eigensweep.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the bits of a row depend on beside the trial, as the row says it. Version and commit of the
 * program are not among them: one that makes the same trial give other numbers has to raise {@code
 * numerics}.
 */
final class ComputeEnvironment {
  private static final List<String> COLUMNS = List.of("cpu", "blas", "java_version", "numerics");

  /** Who computed a row, when, how fast, and for which job: not what was computed. */
  static final Set<String> PASSED_OVER =
      KnownNames.set(
          "job",
          "train_seconds",
          "ntk_seconds",
          "wall_seconds",
          "seconds",
          "gflops",
          "started_at",
          "finished_at",
          "host",
          "attempt",
          "code_version",
          "git_commit",
          "java_version",
          "cpu",
          "blas",
          "blas_kernels",
          "blas_problem",
          "artifacts",
          "failure_stack",
          "signal_root");

  private final Map<String, String> values = new LinkedHashMap<>();

  private ComputeEnvironment(Map<String, @Nullable Object> row) {
    COLUMNS.forEach(column -> values.put(column, String.valueOf(row.get(column))));
  }

  static ComputeEnvironment of(Map<String, @Nullable Object> row) {
    return new ComputeEnvironment(row);
  }

  /** Whether the kernels were given, so that the processor does not matter. */
  private boolean isPinned() {
    return String.valueOf(values.get("blas")).endsWith(" pinned");
  }

  /** What is another here, for example {@code blas A, here B}; empty when nothing is. */
  String changedTo(ComputeEnvironment here) {
    List<String> changed = new ArrayList<>();
    values.forEach(
        (column, value) -> {
          String now = here.values.get(column);
          boolean given = column.equals("cpu") && isPinned() && here.isPinned();
          if (!value.equals(now) && !given) {
            changed.add(column + " " + value + ", here " + now);
          }
        });
    return String.join("; ", changed);
  }
}
