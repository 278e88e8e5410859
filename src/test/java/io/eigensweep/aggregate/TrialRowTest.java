package io.eigensweep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.measure.KernelMeasures;
import io.eigensweep.measure.QualityMeasures;
import io.eigensweep.result.RowFile;
import io.eigensweep.result.SampleResults;
import io.eigensweep.result.Tables;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrialRowTest {
  private static final TrialResult RESULT =
      SampleResults.succeeded(
          SampleResults.trial(SampleResults.photo("a.JPEG"), SampleResults.multigrid(200), 100, 7),
          39.5,
          0.99,
          SampleResults.resolved(0, "total", 0.1),
          SampleResults.resolved(3, "total", 0.4),
          SampleResults.unresolved(3, "mlp", 2e-13));

  @Test
  void readsTheColumnsItNames() {
    assertThat(Tables.BY_NAME.get("trials")).extracting("name").containsAll(TrialRow.columns());
    TrialRow row = TrialRow.of(RESULT);
    assertThat(row.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(row.picture())
        .isEqualTo(new Picture("imagenet", "n01440764", "a.JPEG", 64, "ab".repeat(32)));
    assertThat(row.interval(KernelMeasures.LAMBDA_MIN)).isEqualTo(Interval.point(0.4));
    assertThat(row.proved(KernelMeasures.LAMBDA_MIN)).isEqualTo(new Interval(0.4 * 0.9, 0.4 * 1.1));
    assertThat(row.interval(KernelMeasures.LAMBDA_MIN_NO_GRID)).isEqualTo(new Interval(0, 2e-13));
    assertThat(row.get(KernelMeasures.SCHUR_BOUND)).isNull();
    assertThat(row.get(KernelMeasures.WEYL_SLACK)).isNull();
    assertThat(row.get(KernelMeasures.EPOCH)).isEqualTo(3);
    assertThat(row.initialKernel()).isNull();
    assertThat(row.coverage()).isEqualTo(new TrialRow.Coverage("sample", 16, 64));
    assertThat(row.get(QualityMeasures.PSNR)).isEqualTo(39.5);
    assertThatThrownBy(() -> row.get(KernelMeasures.SAMPLE_POINTS))
        .hasMessageContaining("kernel_points");
    assertThat(row.setting()).containsEntry("resolution", 200).containsEntry("signal_size", 64);
  }

  private static String kernelPoints(Map<String, ?> values) {
    Map<String, @Nullable Object> row = new HashMap<>(values);
    for (String column : List.of("trial_id", "signal_kind", "signal_id", "seed", "encoding")) {
      row.putIfAbsent(column, column.equals("seed") ? "0" : "x");
    }
    row.put("status", "SUCCEEDED");
    row.put("kernel_epoch", 0);
    row.put("lambda_min_resolved", true);
    row.put("lambda_min", 1.0);
    return Objects.requireNonNull(TrialRow.of(row::get).initialKernel());
  }

  /**
   * Points of a lattice and uniform points are the same for all meshes, those near them are not.
   */
  @Test
  void kernelsOfTwoMeshesShareTheirPointsUnlessTheyAreDrawnNearThem() {
    assertThat(kernelPoints(Map.of("signal_id", "a.ply", "ntk_pattern", "lattice")))
        .isEqualTo(kernelPoints(Map.of("signal_id", "b.ply", "ntk_pattern", "lattice")));
    assertThat(kernelPoints(Map.of("signal_id", "a.ply", "ntk_pattern", "random")))
        .isNotEqualTo(kernelPoints(Map.of("signal_id", "b.ply", "ntk_pattern", "random")));
    assertThat(
            kernelPoints(
                Map.of("signal_id", "a", "ntk_pattern", "random", "width_px", 8, "height_px", 8)))
        .isEqualTo("0 8x8");
  }

  @Test
  void isTheSameFromAFile() {
    Map<String, @Nullable Object> values = RowFile.stored(RESULT, new Configuration());
    assertThat(TrialRow.of(values::get)).isEqualTo(TrialRow.of(RESULT));
  }

  @Test
  void acceptsAFailedTrialAndRefusesARowWithoutIdentity() {
    TrialRow failed = TrialRow.of(SampleResults.failed(RESULT.trial(), "no picture"));
    assertThat(failed.hasKernel()).isFalse();
    assertThat(failed.coverage()).isNull();
    assertThat(failed.failureMessage()).isEqualTo("no picture");
    assertThatThrownBy(() -> TrialRow.of(Map.<String, Object>of()::get))
        .hasMessageContaining("trial_id");
  }
}
