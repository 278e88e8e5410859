package io.eigensweep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.result.RowFile;
import io.eigensweep.result.SampleResults;
import io.eigensweep.result.Tables;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialResult;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertThat(row.kernel())
        .isEqualTo(
            new TrialRow.Kernel(
                3, "64x64", Interval.point(0.4), new Interval(0, 2e-13), null, null));
    assertThat(row.quality().psnr()).isEqualTo(39.5);
    assertThat(row.setting()).containsEntry("resolution", 200).containsEntry("signal_size", 64);
  }

  @Test
  void isTheSameFromAFile(@TempDir java.nio.file.Path folder) throws IOException {
    Configuration conf = new Configuration();
    Path file = new Path(folder.resolve("row.parquet").toUri());
    RowFile.write(file, RESULT, conf);
    Map<String, Object> values = RowFile.read(file, conf);
    assertThat(TrialRow.of(values::get)).isEqualTo(TrialRow.of(RESULT));
  }

  @Test
  void acceptsAFailedTrialAndRefusesARowWithoutIdentity() {
    TrialRow failed = TrialRow.of(SampleResults.failed(RESULT.trial(), "no picture"));
    assertThat(failed.kernel()).isNull();
    assertThat(failed.failureMessage()).isEqualTo("no picture");
    assertThatThrownBy(() -> TrialRow.of(Map.<String, Object>of()::get))
        .hasMessageContaining("trial_id");
  }
}
