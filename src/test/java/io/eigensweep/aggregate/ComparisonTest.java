package io.eigensweep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.measure.KernelMeasures;
import io.eigensweep.measure.QualityMeasures;
import io.eigensweep.measure.RunMeasures;
import io.eigensweep.measure.TrainingMeasures;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.result.SampleResults;
import io.eigensweep.result.Tables;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Encoding IDENTITY = SampleResults.IDENTITY;
  private static final Encoding FOURIER_4 = SampleResults.fourier(4);
  private static final Encoding FOURIER_8 = SampleResults.fourier(8);
  private static final Encoding GRID = SampleResults.multigrid(200);

  @Test
  void ordersSettingsByEncodingThenByItsSize() {
    List<TrialRow> rows =
        new ArrayList<>(
            List.of(
                row(SampleResults.multigrid(200), "a", 0, 39.0),
                row(SampleResults.multigrid(50), "a", 0, 29.0),
                row(FOURIER_8, "a", 0, 23.0),
                row(SampleResults.multigrid(100), "a", 0, 33.0),
                row(IDENTITY, "a", 0, 15.0),
                row(FOURIER_4, "a", 0, 20.0)));
    List<ComparisonRow> expected = compare(rows);
    assertThat(expected)
        .extracting(ComparisonRow::setting)
        .containsExactly(
            "identity",
            "fourier L=4",
            "fourier L=8",
            "multigrid L=2 k=2 R=50",
            "multigrid L=2 k=2 R=100",
            "multigrid L=2 k=2 R=200");
    Collections.shuffle(rows, new Random(3));
    assertThat(compare(rows))
        .extracting(ComparisonRow::values)
        .isEqualTo(expected.stream().map(ComparisonRow::values).toList());
  }

  @Test
  void namesWhatVariesAndOnlyThat() {
    assertThat(
            compare(
                List.of(
                    row(GRID, "a", 0, 30.0),
                    TrialRow.of(SampleResults.succeeded(trial(GRID, "a", 0.5, 0), 20.0, 0.5)))))
        .extracting(ComparisonRow::setting)
        .containsExactly("multigrid L=2 k=2 R=200 lr=0.5", "multigrid L=2 k=2 R=200 lr=100");
  }

  @Test
  void takesMeansAndDeviationsOverPicturesAndSeeds() {
    ComparisonRow row =
        only(
            compare(
                List.of(
                    row(GRID, "a", 0, 30.0), row(GRID, "a", 1, 32.0), row(GRID, "b", 0, 37.0))));
    assertThat(row.n()).isEqualTo(3);
    assertThat(row.moments(QualityMeasures.PSNR))
        .isEqualTo(new Moments(3, 33.0, Math.sqrt(13), 32.0));
    assertThat(row.moments(QualityMeasures.MS_SSIM).mean()).isCloseTo(0.9, within(1e-12));
    assertThat(row.moments(QualityMeasures.SSIM).mean()).isCloseTo(0.8, within(1e-12));
    assertThat(row.values().get("parameters_encoding")).isEqualTo(GRID.parameterCount(2));
    assertThat(row.moments(RunMeasures.TRAIN_SECONDS).mean()).isEqualTo(1.5);
  }

  @Test
  void countsFailuresAndLeavesThemOutOfEveryStatistic() {
    ComparisonRow row =
        only(
            compare(
                List.of(
                    row(GRID, "a", 0, 30.0),
                    fate(GRID, "b", Status.FAILED),
                    fate(GRID, "c", Status.FAILED),
                    fate(GRID, "d", Status.DIVERGED),
                    fate(GRID, "e", Status.TIMED_OUT),
                    fate(GRID, "f", Status.OUT_OF_MEMORY))));
    assertThat(row.values())
        .containsEntry("trials", 6)
        .containsEntry("n", 1)
        .containsEntry("failures", 5)
        .containsEntry("failed", 2)
        .containsEntry("diverged", 1)
        .containsEntry("timed_out", 1)
        .containsEntry("out_of_memory", 1)
        .containsEntry("psnr_mean", 30.0)
        .containsEntry("psnr_sd", null);
  }

  /** 37 dB on the easy picture alone is no better than 30 on both. */
  @Test
  void divergenceOnADifficultPictureMakesNoSettingTheBest() {
    Comparison comparison =
        Comparison.of(
            List.of(
                row(FOURIER_4, "easy", 0, 33.0),
                row(FOURIER_4, "hard", 0, 27.0),
                row(FOURIER_8, "easy", 0, 37.0),
                fate(FOURIER_8, "hard", Status.DIVERGED),
                row(GRID, "easy", 0, 40.0),
                row(GRID, "hard", 0, 30.0)));

    assertThat(comparison.best(row -> row.encoding().equals("fourier"), QualityMeasures.PSNR))
        .get()
        .extracting(ComparisonRow::setting)
        .isEqualTo("fourier L=4");
    assertThat(comparison.rows()).extracting(ComparisonRow::lost).containsExactly(0.0, 0.5, 0.0);
    assertThat(comparison.rows().get(2).fourier().setting()).isEqualTo("fourier L=4");
    assertThat(comparison.best(row -> row.encoding().equals("none"), QualityMeasures.PSNR))
        .isEmpty();
  }

  /** Nobody can do anything with a file that is no picture. */
  @Test
  void whatNoSettingCouldDoIsHeldAgainstNone() {
    Comparison comparison =
        Comparison.of(
            List.of(
                row(FOURIER_4, "a", 0, 30.0),
                row(FOURIER_8, "a", 0, 31.0),
                fate(FOURIER_8, "broken", Status.FAILED)));
    assertThat(comparison.best(row -> true, QualityMeasures.PSNR))
        .get()
        .extracting(ComparisonRow::setting)
        .isEqualTo("fourier L=8");
  }

  /** A sweep that is under way has other pictures of each setting. */
  @Test
  void settingsAreRankedByThePicturesThatTheyShare() {
    Comparison comparison =
        Comparison.of(
            List.of(
                row(FOURIER_4, "a", 0, 30.0),
                row(FOURIER_4, "easy", 0, 50.0),
                row(FOURIER_8, "a", 0, 31.0),
                row(FOURIER_8, "hard", 0, 10.0)));
    assertThat(comparison.best(row -> true, QualityMeasures.PSNR))
        .get()
        .extracting(ComparisonRow::setting)
        .isEqualTo("fourier L=8");
  }

  @Test
  void aSettingWithoutSuccessHasNoStatistics() {
    ComparisonRow row = only(compare(List.of(fate(GRID, "a", Status.FAILED))));
    assertThat(row.n()).isZero();
    assertThat(row.moments(QualityMeasures.PSNR)).isEqualTo(Moments.NONE);
    assertThat(row.statistics().median(KernelMeasures.LAMBDA_MIN)).isEqualTo(Censored.NONE);
    assertThat(row.statistics().largest(TrainingMeasures.PARAMETERS)).isNull();
  }

  @Test
  void pairsDifferencesByPictureAndSeed() {
    List<ComparisonRow> rows =
        compare(
            List.of(
                row(IDENTITY, "a", 0, 10.0),
                row(IDENTITY, "b", 0, 20.0),
                row(IDENTITY, "b", 1, 99.0),
                row(GRID, "a", 0, 25.0), // + 15
                row(GRID, "b", 0, 37.0), // + 17
                row(GRID, "c", 0, 90.0)));
    PairedComparison identity = rows.get(1).identity();
    assertThat(identity.setting()).isEqualTo("identity");
    assertThat(identity.of(QualityMeasures.PSNR).moments())
        .isEqualTo(new Moments(2, 16.0, Math.sqrt(2), 16.0));
    assertThat(rows.get(0).identity()).isEqualTo(PairedComparison.NONE);
    assertThat(rows.get(1).fourier()).isEqualTo(PairedComparison.NONE);
  }

  @Test
  void doesNotPairOtherContentUnderTheSameName() {
    TrialRow own = row(GRID, "a", 0, 30.0);
    Picture changed = new Picture("imagenet", "n01440764", "a.JPEG", 64, "cd".repeat(32));
    TrialRow other = withPicture(row(IDENTITY, "a", 0, 10.0), changed);
    assertThat(compare(List.of(own, other)).get(1).identity().of(QualityMeasures.PSNR).n())
        .isZero();
  }

  @Test
  void comparesWithTheFourierSettingOfTheHighestMean() {
    List<ComparisonRow> rows =
        compare(
            List.of(
                row(FOURIER_4, "a", 0, 24.0),
                row(FOURIER_4, "b", 0, 18.0),
                row(FOURIER_8, "a", 0, 21.0),
                row(FOURIER_8, "b", 0, 22.0),
                row(GRID, "a", 0, 30.0)));
    assertThat(rows.get(2).fourier().setting()).isEqualTo("fourier L=8");
    assertThat(rows.get(2).fourier().of(QualityMeasures.PSNR).moments())
        .isEqualTo(new Moments(1, 9.0, null, 9.0));
    assertThat(rows.get(0).fourier().of(QualityMeasures.PSNR).moments())
        .isEqualTo(new Moments(2, -0.5, Math.sqrt(24.5), -0.5));
    assertThat(rows.get(1).fourier()).isEqualTo(PairedComparison.NONE);
  }

  @Test
  void prefersAReferenceOfTheSameTraining() {
    TrialRow slow = TrialRow.of(SampleResults.succeeded(trial(GRID, "a", 10, 0), 28.0, 0.9));
    TrialRow slowFourier =
        TrialRow.of(SampleResults.succeeded(trial(FOURIER_8, "a", 10, 0), 18.0, 0.9));
    List<ComparisonRow> rows =
        compare(List.of(row(FOURIER_8, "a", 0, 23.0), slowFourier, slow, row(GRID, "a", 0, 39.0)));
    assertThat(rows)
        .extracting(row -> row.fourier().setting())
        .containsExactly(null, null, "fourier L=8 lr=10", "fourier L=8 lr=100");

    List<ComparisonRow> without =
        compare(List.of(row(FOURIER_8, "a", 0, 23.0), slow, row(GRID, "a", 0, 39.0)));
    assertThat(without.get(1).fourier().setting()).isEqualTo("fourier L=8 lr=100");
    assertThat(without.get(1).fourier().of(QualityMeasures.PSNR).mean()).isEqualTo(5.0);
  }

  @Test
  void eigenvaluesThatAreNotResolvedAreBounds() {
    List<ComparisonRow> rows =
        compare(
            List.of(
                row(IDENTITY, "a", 0, 10.0, SampleResults.unresolved(3, "total", 2e-15)),
                row(IDENTITY, "b", 0, 10.0, SampleResults.unresolved(3, "total", 4e-15)),
                row(IDENTITY, "c", 0, 10.0, SampleResults.unresolved(3, "total", 1e-15)),
                row(GRID, "a", 0, 30.0, grid(0.2)),
                row(GRID, "b", 0, 30.0, grid(0.4)),
                row(GRID, "c", 0, 30.0, grid(0.1))));
    assertThat(rows.get(0).statistics().median(KernelMeasures.LAMBDA_MIN))
        .isEqualTo(new Censored(3, 3, null, 0.0, 2e-15));
    assertThat(rows.get(1).statistics().median(KernelMeasures.LAMBDA_MIN))
        .isEqualTo(new Censored(3, 0, 0.2, 0.2, 0.2));
    Censored orders = rows.get(1).identity().orders();
    assertThat(orders.n()).isEqualTo(3);
    assertThat(orders.value()).isNull();
    // 0.2/2e-15, 0.4/4e-15, 0.1/1e-15, of lower bounds that are a tenth less
    assertThat(orders.lower()).isCloseTo(14 + Math.log10(0.9), within(1e-9));
    assertThat(orders.upper()).isNull();
    assertThat(rows.get(0).values().get("lambda_min_median")).isNull();
  }

  @Test
  void ordersOfMagnitudeAreTheMedianOfPairedRatios() {
    List<ComparisonRow> rows =
        compare(
            List.of(
                row(FOURIER_8, "a", 0, 20.0, SampleResults.resolved(3, "total", 1e-3)),
                row(FOURIER_8, "b", 0, 20.0, SampleResults.resolved(3, "total", 1e-4)),
                row(GRID, "a", 0, 30.0, grid(1e-1)),
                row(GRID, "b", 0, 30.0, grid(1e-1))));
    Censored orders = rows.get(1).fourier().orders();
    assertThat(orders.value()).isCloseTo(2.5, within(1e-12));
    assertThat(orders.lower()).isCloseTo(2.5 + Math.log10(0.9 / 1.1), within(1e-12));
    assertThat(orders.upper()).isCloseTo(2.5 + Math.log10(1.1 / 0.9), within(1e-12));
  }

  @Test
  void kernelsAtInitialisationCountOncePerSeed() {
    ComparisonRow row =
        only(
            compare(
                List.of(
                    row(GRID, "a", 0, 30.0, SampleResults.resolved(0, "total", 0.1)),
                    row(GRID, "b", 0, 30.0, SampleResults.resolved(0, "total", 0.1)),
                    row(GRID, "c", 0, 30.0, SampleResults.resolved(0, "total", 0.1)),
                    row(GRID, "a", 1, 30.0, SampleResults.resolved(0, "total", 0.3)))));
    assertThat(row.statistics().median(KernelMeasures.LAMBDA_MIN).n()).isEqualTo(2);
    assertThat(row.statistics().median(KernelMeasures.LAMBDA_MIN).value())
        .isCloseTo(0.2, within(1e-12));
    assertThat(row.n()).isEqualTo(4);
  }

  @Test
  void anExactReconstructionHasNoPsnrButCounts() {
    ComparisonRow row = only(compare(List.of(row(GRID, "a", 0, null), row(GRID, "b", 0, 40.0))));
    assertThat(row.n()).isEqualTo(2);
    assertThat(row.moments(QualityMeasures.PSNR)).isEqualTo(new Moments(1, 40.0, null, 40.0));
  }

  @Test
  void givesEveryColumnOfItsTable() {
    List<TrialRow> trials =
        List.of(
            row(GRID, "a", 0, 30.0, grid(0.2)),
            row(SampleResults.multigrid(50), "a", 0, 20.0),
            row(IDENTITY, "a", 0, 10.0));
    for (ComparisonRow row : compare(trials)) {
      assertThat(row.values().keySet())
          .containsExactlyElementsOf(
              Tables.COMPARISON.stream().map(field -> field.name()).toList());
      Tables.COMPARISON.stream()
          .filter(field -> !field.nullable())
          .forEach(
              field -> assertThat(row.values().get(field.name())).as(field.name()).isNotNull());
    }
    for (ResolutionRow row : resolutions(trials)) {
      assertThat(row.values().keySet())
          .containsExactlyElementsOf(
              Tables.RESOLUTION.stream().map(field -> field.name()).toList());
    }
  }

  @Test
  void resolutionsAreSeriesOfTheOtherFields() {
    TrialRow slow =
        TrialRow.of(
            SampleResults.succeeded(trial(SampleResults.multigrid(50), "a", 10, 0), 28.0, 0.9));
    List<ResolutionRow> rows =
        resolutions(
            List.of(
                row(SampleResults.multigrid(200), "a", 0, 39.0),
                row(SampleResults.multigrid(50), "a", 0, 29.0),
                slow,
                row(IDENTITY, "a", 0, 9.0)));
    assertThat(rows)
        .extracting(row -> row.setting() + " @ " + row.resolution())
        .containsExactly(
            "multigrid L=2 k=2 lr=10 @ 50",
            "multigrid L=2 k=2 lr=100 @ 50",
            "multigrid L=2 k=2 lr=100 @ 200");
    assertThat(rows.get(2).statistics().identity().of(QualityMeasures.PSNR).mean()).isEqualTo(30.0);
    assertThat(resolutions(List.of(row(IDENTITY, "a", 0, 9.0)))).isEmpty();
  }

  @Test
  void ofNothingIsEmpty() {
    assertThat(compare(List.of())).isEmpty();
  }

  @Test
  void whatIsNotThereIsAnErrorAndNeverNull() {
    ComparisonRow row = only(compare(List.of(row(GRID, "a", 0, 30.0))));
    assertThatThrownBy(() -> row.moments(KernelMeasures.LAMBDA_MIN.lower()))
        .hasMessageContaining("lambda_min_lower");
    assertThatThrownBy(() -> row.statistics().count("signature_typo"))
        .hasMessageContaining("signature_typo");
    assertThatThrownBy(() -> row.identity().of(RunMeasures.TRAIN_SECONDS))
        .hasMessageContaining("train_seconds");
    assertThatThrownBy(() -> row.hyperparameter("resolutoin")).hasMessageContaining("resolutoin");
  }

  private static List<ComparisonRow> compare(List<TrialRow> trials) {
    return Comparison.of(trials).rows();
  }

  private static List<ResolutionRow> resolutions(List<TrialRow> trials) {
    return Comparison.of(trials).resolutions();
  }

  private static ComparisonRow only(List<ComparisonRow> rows) {
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static Spectrum[] grid(double lambdaMin) {
    return new Spectrum[] {
      SampleResults.resolved(3, "total", lambdaMin), SampleResults.unresolved(3, "mlp", 1e-13)
    };
  }

  private static TrialRow row(
      Encoding encoding, String picture, long seed, @Nullable Double psnr, Spectrum... spectra) {
    return TrialRow.of(
        SampleResults.succeeded(trial(encoding, picture, 100, seed), psnr, 0.9, spectra));
  }

  private static TrialRow fate(Encoding encoding, String picture, Status status) {
    return TrialRow.of(SampleResults.failed(trial(encoding, picture, 100, 0), status, "x"));
  }

  private static Trial trial(Encoding encoding, String picture, double learningRate, long seed) {
    return SampleResults.trial(
        SampleResults.photo(picture + ".JPEG"), encoding, learningRate, seed);
  }

  private static TrialRow withPicture(TrialRow row, Picture picture) {
    return new TrialRow(
        row.trialId(),
        row.status(),
        picture,
        row.seed(),
        row.encoding(),
        row.setting(),
        row.measured());
  }
}
