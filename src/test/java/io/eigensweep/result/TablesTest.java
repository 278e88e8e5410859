package io.eigensweep.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {

  @Test
  void holdTheColumnsOfTheDesign() {
    assertThat(Tables.TRIALS.stream().map(Column::name))
        .contains(
            """
            trial_id job seed status failure_stage failure_message signal_kind signal_id
            signal_class signal_sha256 width_px height_px encoding levels resolution features
            interpolation hidden_layers width activation parameterization bias optimizer
            learning_rate batch_size epochs epochs_done parameters parameters_encoding loss psnr
            ssim ms_ssim ms_ssim_scales outputs kernel_points lambda_min lambda_min_lower
            lambda_min_upper lambda_min_resolved lambda_min_method lambda_max kernel_rank
            lambda_min_no_grid lambda_min_no_grid_lower lambda_min_no_grid_upper
            lambda_min_no_grid_resolved weyl_slack learning_rate_limit kernel_drift train_seconds
            ntk_seconds wall_seconds gflops started_at finished_at host attempt code_version
            git_commit java_version cpu blas source_width_px source_height_px source_mean_red
            source_mean_green source_mean_blue failure_stack blas_choice numerics
            """
                .strip()
                .split("\\s+"));
  }

  @Test
  void everyColumnIsNamedOnceInSnakeCaseAndExplained() {
    Tables.BY_NAME.forEach(
        (table, fields) -> {
          assertThat(fields.stream().map(Field::name)).as(table).doesNotHaveDuplicates();
          for (Field field : fields) {
            assertThat(field.name()).as(table).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
            assertThat(field.meaning()).as(field.name()).isNotBlank().doesNotEndWith(".");
          }
        });
  }

  @Test
  void flatTablesHaveNoNestedColumnsButThoseOfSpectra() {
    Tables.BY_NAME.forEach(
        (table, fields) ->
            assertThat(fields.stream().filter(field -> !(field.type() instanceof Scalar)))
                .as(table)
                .extracting(Field::name)
                .isEqualTo(
                    table.equals("spectra")
                        ? List.of("overlap_lambda_min", "eigenvalues")
                        : List.of()));
  }

  @Test
  void typesAreSpelledAsSparkSpellsThem() {
    Column curve =
        Tables.ROW.stream()
            .filter(column -> column.name().equals("curve"))
            .findFirst()
            .orElseThrow();
    assertThat(curve.field().type().sql())
        .isEqualTo("array<struct<epoch:int,loss:double,psnr:double,seconds:double>>");
  }
}
