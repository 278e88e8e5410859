package io.eigensweep.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.ntk.KernelFacts;
import io.eigensweep.ntk.KernelSummary;
import io.eigensweep.ntk.Scope;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowFileTest {
  private static final Configuration CONF = new Configuration();
  private static final Trial MULTIGRID =
      SampleResults.trial(SampleResults.photo("a.JPEG"), SampleResults.multigrid(200), 100, 7);

  @Test
  void readsBackWhatWasWritten() throws IOException {
    TrialResult result =
        SampleResults.succeeded(
            MULTIGRID,
            39.5,
            0.99,
            SampleResults.resolved(0, "total", 3e-3),
            SampleResults.resolved(3, "total", 0.4),
            SampleResults.unresolved(3, "mlp", 2e-13),
            SampleResults.resolved(3, "grid", 0.1));
    Map<String, Object> row = written(result);

    assertThat(row.keySet())
        .containsExactlyElementsOf(Tables.ROW.stream().map(Column::name).toList());
    assertThat(row)
        .containsEntry("trial_id", MULTIGRID.id().text())
        .containsEntry("status", "SUCCEEDED")
        .containsEntry("encoding", "multigrid")
        .containsEntry("resolution", 200)
        .containsEntry("bias", true)
        .containsEntry("seed", 7L)
        .containsEntry("learning_rate", 100.0)
        .containsEntry("parameters", 100 + MULTIGRID.encoding().parameterCount(2))
        .containsEntry("psnr", 39.5)
        .containsEntry("ms_ssim_scales", 3)
        .containsEntry("source_mean_green", 99.25)
        .containsEntry("started_at", Instant.parse("2026-01-02T03:04:05.123456Z"))
        .containsEntry("kernel_epoch", 3)
        .containsEntry("lambda_min", 0.4)
        .containsEntry("lambda_min_resolved", true)
        .containsEntry("lambda_min_no_grid", null)
        .containsEntry("lambda_min_no_grid_upper", 2e-13)
        .containsEntry("lambda_min_no_grid_resolved", false)
        .containsEntry("learning_rate_limit", 123.5)
        .containsEntry("weyl_slack", null)
        .containsEntry("job", null);
    assertThat(row.get("curve"))
        .isEqualTo(
            List.of(
                point(0, 0.25, 6.0, 0.0),
                point(1, 0.1, null, 0.5),
                point(2, null, null, 1.0),
                point(3, 0.001, 39.5, 1.5)));
    assertThat(spectra(row)).hasSize(4);
    assertThat(spectra(row).get(2))
        .hasToString(
            "{epoch=3, term=mlp, scope=sample, points=16, place=null, method=gram, floor=1.0E-14, negatives=1, rank=2, lambda_min=null,"
                + " lambda_min_lower=0.0, lambda_min_upper=2.0E-13, upper_from=floor,"
                + " resolved=false, lambda_max=57.5, effective_rank=null, predicted_rank=null,"
                + " alignment=null, drift=null, weyl_slack=null, schur_bound=null,"
                + " overlap_lambda_min=null, eigenvalues=[-2.0E-16, 2.0, 57.5]}");
  }

  @Test
  void keepsWhatAFailedTrialHasAndNullForTheRest() throws IOException {
    String message = "<img onerror=\"alert(1)\">.JPEG|\nis no picture: ümläut 漢字 😀";
    Map<String, Object> row = written(SampleResults.failed(MULTIGRID, message));

    assertThat(row)
        .containsEntry("status", "FAILED")
        .containsEntry("failure_stage", "load")
        .containsEntry("failure_message", message)
        .containsEntry("wall_seconds", 0.125);
    assertThat((String) row.get("failure_stack")).contains("  at X");
    assertThat(
            Stream.of("psnr", "loss", "parameters", "width_px", "lambda_min", "curve", "spectra"))
        .allSatisfy(name -> assertThat(row.get(name)).as(name).isNull());
  }

  @Test
  void storesNullForWhatIsNotFinite() throws IOException {
    Spectrum broken =
        new Spectrum(
            3,
            "total",
            Scope.SAMPLE,
            16,
            null,
            "gram",
            Double.NaN,
            0,
            0,
            Double.NaN,
            0,
            Double.POSITIVE_INFINITY,
            "floor",
            true,
            Double.NaN,
            KernelFacts.NONE,
            new double[] {Double.NaN, 1.0, Double.POSITIVE_INFINITY});
    TrialResult good = SampleResults.succeeded(MULTIGRID, Double.POSITIVE_INFINITY, Double.NaN);
    TrialResult result =
        new TrialResult(
            good.trial(),
            good.outcome(),
            good.signal(),
            good.training(),
            good.quality(),
            new KernelSummary(
                16,
                64,
                Scope.SAMPLE,
                Double.NEGATIVE_INFINITY,
                new KernelSummary.Bounds(0, 1),
                List.of(),
                List.of(broken)),
            new TrialResult.Cost(Double.NaN, 0, 0, Double.POSITIVE_INFINITY),
            good.provenance());
    Map<String, Object> row = written(result);

    assertThat(
            Stream.of(
                "psnr",
                "ms_ssim",
                "lambda_min",
                "lambda_min_upper",
                "lambda_max",
                "learning_rate_limit",
                "train_seconds",
                "gflops"))
        .allSatisfy(name -> assertThat(row.get(name)).as(name).isNull());
    assertThat(spectra(row).get(0).get("eigenvalues")).isEqualTo(Arrays.asList(null, 1.0, null));
  }

  @Test
  void neverStoresAnUnresolvedEigenvalueAsAValue() throws IOException {
    Spectrum claimed =
        new Spectrum(
            3,
            "total",
            Scope.SAMPLE,
            16,
            null,
            "gram",
            1e-14,
            0,
            2,
            1e-16,
            0,
            1e-14,
            "floor",
            false,
            5,
            KernelFacts.NONE,
            new double[] {1e-16, 5});
    Map<String, Object> row = written(SampleResults.succeeded(MULTIGRID, 30.0, 0.9, claimed));
    assertThat(row.get("lambda_min")).isNull();
    assertThat(spectra(row).get(0).get("lambda_min")).isNull();
  }

  @Test
  void leavesTheKernelWithoutGridNullWhereThereIsNoGrid() throws IOException {
    Trial trial =
        SampleResults.trial(SampleResults.photo("a.JPEG"), SampleResults.fourier(8), 100, 7);
    Map<String, Object> row =
        written(
            SampleResults.succeeded(
                trial,
                30.0,
                0.9,
                SampleResults.resolved(3, "total", 0.4),
                SampleResults.resolved(3, "mlp", 0.4)));
    assertThat(row)
        .containsEntry("lambda_min", 0.4)
        .containsEntry("lambda_min_no_grid", null)
        .containsEntry("lambda_min_no_grid_resolved", null);
  }

  @Test
  void readsOnlyTheColumnsAskedFor() throws IOException {
    byte[] row = RowFile.bytes(Row.of(SampleResults.failed(MULTIGRID, "x"), null), CONF);
    assertThat(RowFile.read(new Path("row.parquet"), row, Set.of("status", "seed")::contains))
        .isEqualTo(Map.of("status", "FAILED", "seed", 7L));
  }

  @Test
  void refusesAFileThatIsNoRow() throws IOException {
    byte[] text = "this is no Parquet file at all".getBytes(StandardCharsets.UTF_8);
    for (Set<String> wanted : List.of(Set.<String>of(), Set.of("status"))) {
      assertThatThrownBy(() -> RowFile.read(new Path("row.parquet"), text, wanted::contains))
          .isInstanceOf(UnreadableRowException.class)
          .hasMessageContaining("row.parquet");
    }
  }

  /** The footer, with the columns' names and types, has no checksum of Parquet's own. */
  @Test
  void readsNoOtherNumberAfterABitHasFlipped() throws IOException {
    TrialResult result =
        SampleResults.succeeded(MULTIGRID, 39.5, 0.99, SampleResults.resolved(3, "total", 0.4));
    byte[] whole = RowFile.bytes(Row.of(result, "job"), CONF);
    SplittableRandom random = new SplittableRandom(17);
    Path file = new Path("row.parquet");

    RowFile.check(file, MULTIGRID.id(), whole);
    for (int round = 0; round < 2000; round++) {
      int bit = random.nextInt(8 * whole.length);
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      String read = read(file, flipped);
      if (!read.isEmpty()) {
        assertThat(read).as("bit %d", bit).isEqualTo(read(file, whole));
      }
      assertThat(RowLabel.proves(flipped, MULTIGRID.id(), RowFile.COLUMNS)).isFalse();
    }
  }

  /** Wherever it stands, and whatever a message beside it looks like. */
  @Test
  void findsALabelAmongWhatLooksLikeOne() throws IOException {
    String alike = "eigensweep-row 000002 {} eigensweep-eigensweep-row eigensweep-row 00000";
    byte[] whole = RowFile.bytes(Row.of(SampleResults.failed(MULTIGRID, alike), "job"), CONF);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    int label = text.lastIndexOf("eigensweep-row 000", text.lastIndexOf("\"columns\""));

    for (int start = 0; start <= whole.length; start++) {
      Optional<RowLabel> read = RowLabel.read(Arrays.copyOfRange(whole, start, whole.length));
      assertThat(read.map(RowLabel::failureMessage))
          .as("from byte %d, the label's being %d", start, label)
          .isEqualTo(start <= label ? Optional.of(alike) : Optional.empty());
    }
  }

  @Test
  void readsNoOtherNumberAfterABlockWasLost() throws IOException {
    byte[] whole = RowFile.bytes(Row.of(SampleResults.failed(MULTIGRID, "x"), "job"), CONF);
    Path file = new Path("row.parquet");
    for (int start = 0; start < whole.length; start += 512) {
      byte[] zeroed = whole.clone();
      Arrays.fill(zeroed, start, Math.min(whole.length, start + 512), (byte) 0);
      assertThat(read(file, zeroed)).as("from %d", start).isIn("", read(file, whole));
      assertThat(read(file, Arrays.copyOf(whole, start))).as("length %d", start).isEmpty();
    }
  }

  /** The row in words; empty when it is told to be none. */
  private static String read(Path file, byte[] content) {
    try {
      return RowFile.read(file, content, name -> true).toString();
    } catch (UnreadableRowException e) {
      assertThat(e).hasMessageContaining("row.parquet");
      return "";
    }
  }

  private static Map<String, @Nullable Object> written(TrialResult result) {
    return RowFile.stored(result, CONF);
  }

  private static List<Map<?, ?>> spectra(Map<String, Object> row) {
    List<Map<?, ?>> spectra = new ArrayList<>();
    if (row.get("spectra") instanceof List<?> list) {
      list.forEach(spectrum -> spectra.add((Map<?, ?>) spectrum));
    }
    return spectra;
  }

  private static Map<String, Object> point(
      int epoch, @Nullable Double loss, @Nullable Double psnr, double seconds) {
    Map<String, Object> point = new java.util.LinkedHashMap<>();
    point.put("epoch", epoch);
    point.put("loss", loss);
    point.put("psnr", psnr);
    point.put("seconds", seconds);
    return point;
  }
}
