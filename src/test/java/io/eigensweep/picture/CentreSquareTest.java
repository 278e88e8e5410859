package io.eigensweep.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CentreSquareTest {

  @Test
  void theSameSizeIsTheSamePicture() {
    Stored picture = Stored.noise(9, 9, 1);

    float[] values = CentreSquare.resample(picture, 9).values();

    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo((float) picture.values[i]);
    }
  }

  @Test
  void halvingAveragesFourPixels() {
    Stored picture = Stored.noise(8, 8, 2);

    Image image = CentreSquare.resample(picture, 4);

    for (int channel = 0; channel < 3; channel++) {
      double mean =
          (picture.at(2, 4, channel)
                  + picture.at(3, 4, channel)
                  + picture.at(2, 5, channel)
                  + picture.at(3, 5, channel))
              / 4;
      assertThat((double) image.values()[3 * (2 * 4 + 1) + channel]).isCloseTo(mean, within(1e-7));
    }
  }

  @Test
  void fractionsOfPixelsWeighByTheirArea() {
    // Three columns 0, 0.5, 1 on two: (1·0 + ½·0.5)/1.5 and (½·0.5 + 1·1)/1.5.
    Stored picture = new Stored(3, 3);
    for (int i = 0; i < 9; i++) {
      Arrays.fill(picture.values, 3 * i, 3 * i + 3, (i % 3) / 2.0);
    }

    float[] values = CentreSquare.resample(picture, 2).values();

    assertThat((double) values[0]).isCloseTo(1 / 6.0, within(1e-7));
    assertThat((double) values[3]).isCloseTo(5 / 6.0, within(1e-7));
  }

  @Test
  void theMeanIsKeptAtAnyRatio() {
    for (int side : new int[] {2, 7, 31, 64, 100}) {
      Stored picture = Stored.noise(side, side, side);
      for (int size : new int[] {2, 3, 16, 31, 97}) {
        float[] values = CentreSquare.resample(picture, size).values();
        double mean = 0;
        for (float value : values) {
          mean += value / values.length;
        }
        assertThat(mean)
            .isCloseTo(Arrays.stream(picture.values).average().orElseThrow(), within(1e-6));
      }
    }
  }

  @Test
  void enlargingByAWholeFactorRepeatsPixels() {
    Stored picture = Stored.noise(3, 3, 5);

    Image image = CentreSquare.resample(picture, 12);

    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 12; x++) {
        assertThat((double) image.values()[3 * (12 * y + x)])
            .isCloseTo(picture.at(x / 4, y / 4, 0), within(1e-7));
      }
    }
  }

  @Test
  void theSquareIsCutFromTheCentre() {
    Stored wide = Stored.noise(11, 4, 6);
    Stored tall = Stored.noise(4, 10, 7);

    assertThat(CentreSquare.resample(wide, 4).values()[0]).isEqualTo((float) wide.at(3, 0, 0));
    assertThat(CentreSquare.resample(tall, 4).values()[0]).isEqualTo((float) tall.at(0, 3, 0));
  }

  /** A picture of given values. */
  private static final class Stored implements StoredPicture {
    private final int width;
    private final int height;
    private final double[] values;

    Stored(int width, int height) {
      this.width = width;
      this.height = height;
      this.values = new double[3 * width * height];
    }

    static Stored noise(int width, int height, long seed) {
      Stored picture = new Stored(width, height);
      Random random = new Random(seed);
      Arrays.setAll(picture.values, i -> random.nextDouble());
      return picture;
    }

    double at(int x, int y, int channel) {
      return values[3 * (y * width + x) + channel];
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public int height() {
      return height;
    }

    @Override
    public void row(int y, double[] rgb) {
      System.arraycopy(values, 3 * width * y, rgb, 0, 3 * width);
    }
  }
}
