package io.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {
  /** Central differences err by step²/6 times the third derivative, 27000 for sine. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void derivativeEqualsFiniteDifferences(Activation activation) {
    double step = 1e-6;
    for (double z : DoubleStream.iterate(-6.05, z -> z < 6, z -> z + 0.1).toArray()) {
      double difference = activation.value(z + step) - activation.value(z - step);
      assertThat(activation.derivative(z))
          .as("z = %s", z)
          .isCloseTo(difference / (2 * step), within(2e-8));
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void curvatureEqualsFiniteDifferences(Activation activation) {
    double step = 1e-6;
    for (double z : DoubleStream.iterate(-6.05, z -> z < 6, z -> z + 0.1).toArray()) {
      double difference = activation.derivative(z + step) - activation.derivative(z - step);
      assertThat(activation.curvature(z, activation.value(z), activation.derivative(z)))
          .as("z = %s", z)
          .isCloseTo(difference / (2 * step), within(1e-6));
    }
  }

  /** 1 − tanh² has four digits left at 15 and none from 19 on. */
  @Test
  void theSlopeOfTanhKeepsItsDigitsInSaturation() {
    for (double z : new double[] {0, 1e-9, 0.1, 1, 5, 15, 20, -20, 100, -300}) {
      double expected = Math.pow(Math.cosh(z), -2);
      assertThat(Activation.TANH.derivative(z)).isCloseTo(expected, within(1e-14 * expected));
    }
    assertThat(Activation.TANH.derivative(1e4)).isZero();
    assertThat(Activation.TANH.derivative(Double.NaN)).isNaN();
  }

  /** Values from Φ(1) = 0.8413447460685429 and ln 2. */
  @Test
  void geluAndSoftplusHaveTheirKnownValues() {
    assertThat(Activation.GELU.value(1)).isCloseTo(0.8413447460685429, within(1e-15));
    assertThat(Activation.GELU.value(-1)).isCloseTo(-0.15865525393145705, within(1e-15));
    assertThat(Activation.GELU.derivative(0)).isEqualTo(0.5);
    assertThat(Activation.SOFTPLUS.value(0)).isCloseTo(Math.log(2), within(1e-16));
    assertThat(Activation.SOFTPLUS.derivative(0)).isEqualTo(0.5);
  }

  @Test
  void tailsNeitherOverflowNorLoseTheirDigits() {
    assertThat(Activation.SOFTPLUS.value(1e4)).isEqualTo(1e4);
    assertThat(Activation.SOFTPLUS.value(-50)).isCloseTo(Math.exp(-50), within(1e-36));
    assertThat(Activation.SOFTPLUS.derivative(-1e4)).isZero();
    assertThat(Activation.SOFTPLUS.derivative(1e4)).isEqualTo(1);
    assertThat(Activation.GELU.value(1e4)).isEqualTo(1e4);
    assertThat(Activation.GELU.value(-10)).isCloseTo(-7.61985302416053e-23, within(1e-36));
    assertThat(Activation.GELU.value(-1e4)).isZero();
    assertThat(Activation.GELU.derivative(-1e4)).isZero();
  }

  /** In training NaN has to stay NaN, or divergence would not be seen. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void floatValuesAndSlopesAreThoseOfFloat64Rounded(Activation activation) {
    float[] z = {-3.5f, -0.25f, 0.5f, 2};
    float[] values = z.clone();
    float[] slopes = {1, 1, 1, 1};
    float[] bad = {Float.NaN};
    if (activation == Activation.RELU) {
      FloatActivation.relu(values, 4);
      FloatActivation.reluMask(slopes, values, 4);
      FloatActivation.relu(bad, 1);
    } else {
      FloatActivation.smooth(activation, values, slopes, 4);
      FloatActivation.smooth(activation, bad, new float[1], 1);
    }
    assertThat(bad[0]).isNaN();
    for (int i = 0; i < z.length; i++) {
      assertThat(values[i]).isEqualTo((float) activation.value(z[i]));
      assertThat(slopes[i]).isEqualTo((float) activation.derivative(z[i]));
    }
  }
}
