package io.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomStreamTest {

  /** Frozen: other numbers would make every committed row irreproducible. */
  @Test
  void givesTheSameNumbersForEver() {
    RandomStream stream = RandomStream.of("init/weight.0", 0);
    double[] numbers = {
      stream.nextGaussian(), stream.nextGaussian(), stream.nextDouble(), stream.nextDouble()
    };
    assertThat(numbers)
        .containsExactly(
            0.7701774540315738, 0.25248739437064743, 0.3163482652673313, 0.08632681470986059);
  }

  @Test
  void streamsDifferByNameAndSeed() {
    double first = RandomStream.of("init/weight.0", 0).nextDouble();
    assertThat(RandomStream.of("init/weight.1", 0).nextDouble()).isNotEqualTo(first);
    assertThat(RandomStream.of("init/weight.0", 1).nextDouble()).isNotEqualTo(first);
    assertThat(RandomStream.of("init/weight.0", 0).nextDouble()).isEqualTo(first);
  }

  @Test
  void gaussiansHaveTheirMoments() {
    RandomStream stream = RandomStream.of("moments", 5);
    int n = 200_000;
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (int i = 0; i < n; i++) {
      double x = stream.nextGaussian();
      sum += x;
      squares += x * x;
      fourth += x * x * x * x;
    }
    assertThat(sum / n).isCloseTo(0, within(0.01));
    assertThat(squares / n).isCloseTo(1, within(0.015));
    assertThat(fourth / n).isCloseTo(3, within(0.1));
  }
}
