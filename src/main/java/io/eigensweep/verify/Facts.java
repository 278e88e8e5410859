package io.eigensweep.verify;

import io.eigensweep.result.Hyperparameter;
import io.eigensweep.result.Hyperparameters;
import io.eigensweep.trial.Status;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a row that do not depend on the path of training: the trial itself, its signal,
 * its counts, and the learning rate with its limit.
 */
final class Facts {
  /**
   * Sums that never pass through the matrix library; a JVM may round their last places otherwise.
   */
  private static final double ARITHMETIC = 1e-12;

  /** The Lanczos iteration behind the limit ends when that is known to 1e-7, in either row. */
  private static final double LIMIT = 2e-7;

  private static final Set<String> OF_LIMIT =
      KnownNames.set("learning_rate_limit", "learning_rate_used", "flow_time");

  private static final Set<String> OF_SIGNAL =
      KnownNames.set(
          "source_mean_red",
          "source_mean_green",
          "source_mean_blue",
          "mesh_area",
          "mesh_volume",
          "mesh_centre_x",
          "mesh_centre_y",
          "mesh_centre_z",
          "mesh_scale",
          "ambiguous_share",
          "picture_detail_share",
          "jpeg_psnr",
          "jpeg_ssim",
          "jpeg_ms_ssim");

  /** Whole numbers that come out of the training. */
  private static final Set<String> TRAINED_COUNTS = KnownNames.set("extracted_triangles");

  private static final Set<String> HYPERPARAMETERS =
      Hyperparameters.ALL.stream().map(Hyperparameter::name).collect(Collectors.toSet());

  private Facts() {}

  static void compare(
      Map<String, @Nullable Object> committed,
      Map<String, @Nullable Object> here,
      Findings findings) {
    boolean asLong =
        committed.get("epochs_done") == null
            || committed.get("epochs_done").equals(here.get("epochs_done"));
    for (String column : columns(committed, here)) {
      if (OF_LIMIT.contains(column)) {
        if (asLong || !column.equals("flow_time")) {
          within(column, committed, here, LIMIT, findings);
        }
      } else if (OF_SIGNAL.contains(column)) {
        within(column, committed, here, ARITHMETIC, findings);
      } else {
        findings.equal(column, committed.get(column), here.get(column));
      }
    }
  }

  /** Whether both rows end as trials that can be compared end. */
  static boolean repeatable(Map<String, @Nullable Object> row) {
    return Status.SUCCEEDED.name().equals(row.get("status"))
        || Status.DIVERGED.name().equals(row.get("status"));
  }

  private static Set<String> columns(
      Map<String, @Nullable Object> committed, Map<String, @Nullable Object> here) {
    Set<String> columns = new TreeSet<>(committed.keySet());
    columns.addAll(here.keySet());
    columns.removeAll(ComputeEnvironment.PASSED_OVER);
    columns.removeAll(OwnCopies.COLUMNS);
    columns.remove("status");
    columns.removeIf(
        column ->
            committed.get(column) instanceof Iterable<?>
                || here.get(column) instanceof Iterable<?>
                || ofPath(column, committed.get(column))
                || ofPath(column, here.get(column)));
    return columns;
  }

  /** Whether a column says what came out of the training. */
  static boolean ofPath(String column, @Nullable Object value) {
    return TRAINED_COUNTS.contains(column)
        || (value instanceof Double
            && !OF_LIMIT.contains(column)
            && !OF_SIGNAL.contains(column)
            && !OwnCopies.COLUMNS.contains(column)
            && !ComputeEnvironment.PASSED_OVER.contains(column)
            && !HYPERPARAMETERS.contains(column));
  }

  private static void within(
      String column,
      Map<String, @Nullable Object> committed,
      Map<String, @Nullable Object> here,
      double relative,
      Findings findings) {
    double value = Rows.number(here, column);
    findings.within(
        column, Rows.number(committed, column), value, relative * Math.abs(value), "here");
  }
}
