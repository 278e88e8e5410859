package io.eigensweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RadialErrorTest {
  @Test
  void theRingsAddUpToTheMeanSquaredError() {
    Random random = new Random(3);
    int height = 13;
    int width = 18;
    float[] reference = new float[height * width * 3];
    float[] output = new float[reference.length];
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      reference[i] = random.nextFloat();
      output[i] = random.nextFloat();
      sum += Math.pow((double) output[i] - reference[i], 2);
    }

    RadialError error = RadialError.of(reference, output, height, width, 3);

    assertThat(error.frequencies()).hasSize(6);
    assertThat(Arrays.stream(error.error()).sum()).isCloseTo(sum / reference.length, within(1e-12));
  }

  @Test
  void aWaveIsInTheRingOfItsFrequency() {
    int side = 32;
    float[] wave = new float[side * side];
    for (int i = 0; i < wave.length; i++) {
      // 6 and 8 periods on the axes: 10/32 cycles per pixel.
      wave[i] = (float) Math.cos(2 * Math.PI * (6 * (i % side) + 8 * (i / side)) / side);
    }

    RadialError error = RadialError.of(new float[wave.length], wave, side, side, 1);

    int ring = 10; // of 16, each 1/32 wide
    assertThat(error.frequencies()[ring]).isCloseTo(10.5 / 32, within(1e-12));
    assertThat(error.error()[ring]).isCloseTo(0.5, within(1e-6));
    assertThat(Arrays.stream(error.error()).sum()).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void anExactPictureHasNoErrorAnywhere() {
    float[] picture = {0.1f, 0.2f, 0.3f, 0.4f};

    assertThat(RadialError.of(picture, picture.clone(), 2, 2, 1).error()).containsExactly(0);
  }
}
