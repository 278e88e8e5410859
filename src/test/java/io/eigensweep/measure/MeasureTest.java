package io.eigensweep.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MeasureTest {
  @Test
  void readsNumbersOfAnyWidthAndNothingElse() {
    assertThat(QualityMeasures.PSNR.read(31.5f)).isEqualTo(31.5);
    assertThat(QualityMeasures.PSNR.read(Double.NaN)).isNull();
    assertThat(QualityMeasures.PSNR.read(Double.POSITIVE_INFINITY)).isNull();
    assertThat(QualityMeasures.PSNR.read(null)).isNull();
    assertThat(TrainingMeasures.PARAMETERS.read(7)).isEqualTo(7L);
    assertThat(KernelMeasures.EPOCH.read(300L)).isEqualTo(300);
    assertThatThrownBy(() -> KernelMeasures.EPOCH.read(1L << 40))
        .hasMessageContaining("kernel_epoch");
    assertThatThrownBy(() -> QualityMeasures.PSNR.read("31.5")).hasMessageContaining("psnr");
  }

  @Test
  void metricsOfPicturesAreMeasuresWithoutAnotherLine() {
    assertThat(Measures.MEASURED).extracting(Measure::name).contains("ssim", "ms_ssim", "hfen");
    assertThat(Measures.SUMMED).extracting(Measure::name).contains("hfen");
    assertThat(Measures.PAIRED).extracting(Measure::name).contains("hfen");
  }
}
