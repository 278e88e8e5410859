package io.eigensweep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two rows of the same trial.
 *
 * <p>On the same processor type and matrix library every column that is computed must have the same
 * bits. Elsewhere sums round in another order, so only well-conditioned columns are compared, with
 * the relative tolerance {@value #TOLERANCE} (eigenvalues: of the largest).
 */
final class RowDifference {
  static final double TOLERANCE = 1e-3;

  /** Who computed the row, when, how fast, and for which job: not what was computed. */
  private static final Set<String> CIRCUMSTANCES =
      Set.of(
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

  private static final Set<String> WELL_CONDITIONED =
      Set.of(
          "trial_id",
          "status",
          "epochs_done",
          "parameters",
          "loss",
          "psnr",
          "ssim",
          "ms_ssim",
          "lambda_max",
          "curve",
          "spectra",
          "epoch",
          "term",
          "eigenvalues");

  private RowDifference() {}

  /**
   * Whether both rows come from the same processor type and matrix library, or from one whose
   * kernels were given.
   */
  static boolean sameBitsExpected(
      Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
    return Objects.equals(one.get("blas"), other.get("blas"))
        && (Objects.equals(one.get("cpu"), other.get("cpu"))
            || String.valueOf(one.get("blas")).endsWith(" pinned"));
  }

  /** One entry for each column that differs. */
  static List<String> of(
      Map<String, @Nullable Object> committed, Map<String, @Nullable Object> fresh) {
    List<String> differences = new ArrayList<>();
    compare("", committed, fresh, !sameBitsExpected(committed, fresh), differences);
    return differences;
  }

  private static void compare(
      String path,
      @Nullable Object one,
      @Nullable Object other,
      boolean tolerant,
      List<String> differences) {
    if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> fresh) {
      Set<String> keys = new TreeSet<>();
      map.keySet().forEach(key -> keys.add(String.valueOf(key)));
      fresh.keySet().forEach(key -> keys.add(String.valueOf(key)));
      keys.removeAll(CIRCUMSTANCES);
      if (tolerant) {
        keys.retainAll(WELL_CONDITIONED);
      }
      for (String key : keys) {
        compare(
            path.isEmpty() ? key : path + "." + key,
            map.get(key),
            fresh.get(key),
            tolerant,
            differences);
      }
    } else if (one instanceof List<?> list
        && other instanceof List<?> fresh
        && list.size() == fresh.size()) {
      double scale = tolerant ? largest(list) : 0;
      for (int i = 0; i < list.size(); i++) {
        if (scale > 0 && near(list.get(i), fresh.get(i), scale)) {
          continue;
        }
        compare(path + "[" + i + "]", list.get(i), fresh.get(i), tolerant, differences);
      }
    } else if (!Objects.equals(one, other) && !(tolerant && near(one, other, 0))) {
      differences.add(path + ": " + Cells.text(one) + " committed, " + Cells.text(other) + " now");
    }
  }

  private static boolean near(@Nullable Object one, @Nullable Object other, double scale) {
    if (one instanceof Double a && other instanceof Double b) {
      return Math.abs(a - b) <= TOLERANCE * Math.max(scale, Math.max(Math.abs(a), Math.abs(b)));
    }
    return false;
  }

  private static double largest(List<?> list) {
    return list.stream()
        .mapToDouble(value -> value instanceof Double number ? Math.abs(number) : 0)
        .max()
        .orElse(0);
  }
}
