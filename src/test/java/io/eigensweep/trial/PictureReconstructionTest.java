package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.linalg.RandomStream;
import io.eigensweep.metric.MsSsim;
import io.eigensweep.metric.PictureMetric;
import io.eigensweep.metric.Psnr;
import io.eigensweep.metric.Ssim;
import io.eigensweep.picture.Image;
import io.eigensweep.trial.TrialResult.Quality;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PictureReconstructionTest {
  private static final int SIDE = 40;

  /** PSNR, SSIM and MS-SSIM are those of the picture that is shown, not of numbers beyond white. */
  @Test
  void allMeasuresOfAPictureJudgeTheSameClampedOne() {
    RandomStream random = RandomStream.of("test", 3);
    float[] picture = new float[3 * SIDE * SIDE];
    float[] outputs = new float[picture.length];
    float[] shown = new float[picture.length];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = random.nextDouble() < 0.5 ? 0 : 1;
      outputs[i] = picture[i] + (float) (0.5 * random.nextGaussian());
      shown[i] = Math.min(1, Math.max(0, outputs[i]));
    }
    Image image = new Image(SIDE, SIDE, 3, picture);

    Quality quality = new PictureReconstruction(image, outputs, 1000, false).quality();

    assertThat(quality.psnr()).isEqualTo(Psnr.decibels(picture, shown));
    Map<PictureMetric, Double> metrics = Objects.requireNonNull(quality.picture()).metrics();
    assertThat(metrics.get(PictureMetric.SSIM))
        .isEqualTo(Ssim.of(picture, shown, SIDE, SIDE, 3).orElseThrow())
        .isGreaterThan(Ssim.of(picture, outputs, SIDE, SIDE, 3).orElseThrow());
    assertThat(metrics.get(PictureMetric.MS_SSIM))
        .isEqualTo(MsSsim.of(picture, shown, SIDE, SIDE, 3).orElseThrow().value())
        .isGreaterThan(MsSsim.of(picture, outputs, SIDE, SIDE, 3).orElseThrow().value());
  }
}
