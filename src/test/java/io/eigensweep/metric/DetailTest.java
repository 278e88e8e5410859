package io.eigensweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetailTest {
  private static final int H = 23;
  private static final int W = 40;

  /** The transform itself, term by term. */
  @Test
  void agreesWithTheSumOverAllCoefficients() {
    float[] picture = noise(1, 3);
    float[] output = noise(2, 3);
    float[] error = new float[picture.length];
    for (int i = 0; i < error.length; i++) {
      error[i] = output[i] - picture[i];
    }
    Detail detail = Detail.of(picture, output, H, W, 3);
    double[] ofPicture = energies(picture, 3);
    double[] ofError = energies(error, 3);
    assertThat(detail.pictureShare()).isCloseTo(ofPicture[1] / ofPicture[0], within(1e-9));
    assertThat(detail.errorShare()).isCloseTo(ofError[1] / ofError[0], within(1e-6));
    assertThat(detail.kept()).isCloseTo(energies(output, 3)[1] / ofPicture[1], within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"3, 4, 0", "8, 12, 0", "22, 0, 1", "0, 39, 1", "9, 17, 1"})
  void aSingleCosineIsDetailByItsRadius(int k, int l, double share) {
    float[] wave = cosine(k, l);
    Detail detail = Detail.of(wave, new float[wave.length], H, W, 1);
    assertThat(detail.pictureShare()).isCloseTo(share, within(1e-6));
    assertThat(detail.errorShare()).isCloseTo(share, within(1e-6));
  }

  @Test
  void aBlurKeepsNoDetailAndItsErrorIsAllDetail() {
    float[] coarse = cosine(2, 3);
    float[] fine = cosine(15, 20);
    float[] picture = new float[coarse.length];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = coarse[i] + 0.25f * fine[i];
    }
    Detail blurred = Detail.of(picture, coarse, H, W, 1);
    assertThat(blurred.kept()).isCloseTo(0, within(1e-6));
    assertThat(blurred.errorShare()).isCloseTo(1, within(1e-6));
    assertThat(blurred.pictureShare()).isCloseTo(0.0625 / 1.0625, within(1e-6));
    assertThat(Objects.requireNonNull(Detail.of(picture, picture, H, W, 1).kept())).isEqualTo(1);
  }

  @Test
  void whatIsConstantHasNoShare() {
    float[] gray = new float[H * W];
    java.util.Arrays.fill(gray, 0.5f);
    Detail detail = Detail.of(gray, gray, H, W, 1);
    assertThat(detail.pictureShare()).isNull();
    assertThat(detail.errorShare()).isNull();
    assertThat(detail.kept()).isNull();
  }

  @Test
  void aLongSideIsJudgedByItsMiddle() {
    float[] strip = new float[8 * (Detail.MAX_SIDE + 200)];
    float[] middle = new float[8 * Detail.MAX_SIDE];
    Random random = new Random(5);
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < Detail.MAX_SIDE + 200; column++) {
        float value = random.nextFloat();
        strip[row * (Detail.MAX_SIDE + 200) + column] = value;
        if (column >= 100 && column < Detail.MAX_SIDE + 100) {
          middle[row * Detail.MAX_SIDE + column - 100] = value;
        }
      }
    }
    assertThat(Detail.of(strip, strip, 8, Detail.MAX_SIDE + 200, 1))
        .isEqualTo(Detail.of(middle, middle, 8, Detail.MAX_SIDE, 1));
  }

  private static float[] noise(long seed, int channels) {
    Random random = new Random(seed);
    float[] values = new float[H * W * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static float[] cosine(int k, int l) {
    float[] values = new float[H * W];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (wave(k, i / W, H) * wave(l, i % W, W));
    }
    return values;
  }

  private static double wave(int k, int at, int n) {
    return Math.sqrt((k == 0 ? 1.0 : 2.0) / n) * Math.cos(Math.PI * (2 * at + 1) * k / (2.0 * n));
  }

  /** Energy without the mean, and that at or above the radius, by definition. */
  private static double[] energies(float[] picture, int channels) {
    double all = 0;
    double detail = 0;
    for (int c = 0; c < channels; c++) {
      for (int k = 0; k < H; k++) {
        for (int l = k == 0 ? 1 : 0; l < W; l++) {
          double coefficient = 0;
          for (int i = 0; i < H * W; i++) {
            coefficient += picture[i * channels + c] * wave(k, i / W, H) * wave(l, i % W, W);
          }
          all += coefficient * coefficient;
          boolean fine = Math.hypot(k / (2.0 * H), l / (2.0 * W)) >= Detail.RADIUS;
          detail += fine ? coefficient * coefficient : 0;
        }
      }
    }
    return new double[] {all, detail};
  }
}
