package io.eigensweep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.Identity;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.result.SampleResults;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRatesTest {
  private static TrialRow row(double learningRate, Spectrum... spectra) {
    return TrialRow.of(
        SampleResults.succeeded(
            SampleResults.trial(SampleResults.photo("a.JPEG"), new Identity(), learningRate, 0),
            20.0,
            0.5,
            spectra));
  }

  private static final Spectrum SPECTRUM = SampleResults.resolved(3, "total", 1e-3);

  @Test
  void countsTrialsAboveTheirLimitAndNoOthers() {
    TrialRow below = row(100, SPECTRUM); // the limit of these samples is 123.5
    TrialRow above = row(124, SPECTRUM);
    TrialRow unknown = row(1000);

    assertThat(below.aboveLearningRateLimit()).isFalse();
    assertThat(above.aboveLearningRateLimit()).isTrue();
    assertThat(unknown.aboveLearningRateLimit()).isNull();
    assertThat(LearningRates.warning(List.of(below, unknown))).isEmpty();
    assertThat(LearningRates.warning(List.of(below, above, unknown)).orElseThrow())
        .startsWith("1 of 3 trials ran above the learning rate")
        .endsWith("0 of them DIVERGED");
  }
}
