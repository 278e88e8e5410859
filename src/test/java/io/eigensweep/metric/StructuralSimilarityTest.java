package io.eigensweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StructuralSimilarityTest {

  @Test
  void separableFilterEqualsTheTwoDimensionalWindow() {
    int height = 17;
    int width = 23;
    float[] x = noise(height * width, 1);
    float[] y = noise(height * width, 2);

    double fast = Ssim.of(x, y, height, width, 1).orElseThrow();

    assertThat(fast).isCloseTo(slowSsim(x, y, height, width), within(1e-12));
  }

  @Test
  void equalPicturesAreOne() {
    float[] x = noise(40 * 50 * 3, 3);

    assertThat(Ssim.of(x, x, 40, 50, 3).orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(MsSsim.of(x, x, 40, 50, 3).orElseThrow().value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void measuresAreSymmetric() {
    float[] x = noise(64 * 48 * 3, 4);
    float[] y = noise(64 * 48 * 3, 5);

    assertThat(Ssim.of(x, y, 64, 48, 3)).isEqualTo(Ssim.of(y, x, 64, 48, 3));
    assertThat(MsSsim.of(x, y, 64, 48, 3)).isEqualTo(MsSsim.of(y, x, 64, 48, 3));
  }

  @Test
  void aPictureAgainstItsNegativeIsNegativeInSsimAndZeroInMsSsim() {
    float[] x = noise(64 * 64, 6);
    float[] negative = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      negative[i] = 1 - x[i];
    }

    assertThat(Ssim.of(x, negative, 64, 64, 1).orElseThrow()).isNegative();
    assertThat(MsSsim.of(x, negative, 64, 64, 1).orElseThrow().value()).isZero();
  }

  @Test
  void aSideUnderElevenHasNoValue() {
    float[] x = noise(10 * 200, 7);

    assertThat(Ssim.of(x, x, 10, 200, 1)).isEmpty();
    assertThat(MsSsim.of(x, x, 200, 10, 1)).isEmpty();
  }

  @Test
  void scalesFollowTheSmallerSide() {
    assertThat(scales(11)).isEqualTo(1);
    assertThat(scales(20)).isEqualTo(1);
    assertThat(scales(21)).isEqualTo(2);
    assertThat(scales(41)).isEqualTo(3);
    assertThat(scales(81)).isEqualTo(4);
    assertThat(scales(160)).isEqualTo(4);
    assertThat(scales(161)).isEqualTo(5);
    assertThat(scales(400)).isEqualTo(5);
  }

  @Test
  void channelsAreAveraged() {
    int pixels = 32 * 32;
    float[] gray = noise(pixels, 8);
    float[] other = noise(pixels, 9);
    float[] colour = new float[3 * pixels];
    float[] changed = new float[3 * pixels];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < 3; c++) {
        colour[3 * i + c] = gray[i];
        changed[3 * i + c] = c == 1 ? other[i] : gray[i];
      }
    }

    double one = Ssim.of(gray, other, 32, 32, 1).orElseThrow();

    assertThat(Ssim.of(colour, changed, 32, 32, 3).orElseThrow())
        .isCloseTo((2 + one) / 3, within(1e-12));
  }

  @Test
  void wrongLengthIsNamed() {
    assertThatThrownBy(() -> Ssim.of(new float[12], new float[13], 2, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SSIM needs two pictures of 2 × 2 × 3 values, got 12 and 13");
  }

  @Test
  void psnrClampsTheOutputAndIsInfiniteForEqualPictures() {
    float[] reference = {0, 1, 0.5f};

    assertThat(Psnr.decibels(reference, new float[] {-3, 7, 0.5f}))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Psnr.decibels(reference, new float[] {0.1f, 0.9f, 0.6f}))
        .isCloseTo(20, within(1e-5));
    assertThat(Psnr.decibels(reference, new float[] {0, Float.NaN, 0})).isNaN();
    assertThatThrownBy(() -> Psnr.decibels(new float[0], new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int scales(int side) {
    float[] flat = new float[side * (side + 3)];
    Arrays.fill(flat, 0.5f);
    return MsSsim.of(flat, flat, side, side + 3, 1).orElseThrow().scales();
  }

  private static float[] noise(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  /** Equation 13 of Wang et al. 2004 with the variances as sums of squared differences. */
  private static double slowSsim(float[] x, float[] y, int height, int width) {
    double[][] window = new double[11][11];
    double total = 0;
    for (int i = 0; i < 11; i++) {
      for (int j = 0; j < 11; j++) {
        window[i][j] = Math.exp(-((i - 5) * (i - 5) + (j - 5) * (j - 5)) / (2 * 1.5 * 1.5));
        total += window[i][j];
      }
    }
    double sum = 0;
    for (int row = 0; row + 11 <= height; row++) {
      for (int column = 0; column + 11 <= width; column++) {
        double mx = 0;
        double my = 0;
        for (int i = 0; i < 121; i++) {
          int at = (row + i / 11) * width + column + i % 11;
          mx += window[i / 11][i % 11] / total * x[at];
          my += window[i / 11][i % 11] / total * y[at];
        }
        double vx = 0;
        double vy = 0;
        double vxy = 0;
        for (int i = 0; i < 121; i++) {
          int at = (row + i / 11) * width + column + i % 11;
          double weight = window[i / 11][i % 11] / total;
          vx += weight * (x[at] - mx) * (x[at] - mx);
          vy += weight * (y[at] - my) * (y[at] - my);
          vxy += weight * (x[at] - mx) * (y[at] - my);
        }
        sum +=
            (2 * mx * my + 1e-4)
                * (2 * vxy + 9e-4)
                / ((mx * mx + my * my + 1e-4) * (vx + vy + 9e-4));
      }
    }
    return sum / ((height - 10) * (width - 10));
  }
}
